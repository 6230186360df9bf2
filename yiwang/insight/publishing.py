"""Publish figures: freeze them with the versions of their formulas, sign them, and prove them again later.

A month is published out of the history itself (`history.rebuilt`), a day and a week out of the roll-ups, which are the
same numbers a moment earlier. What is published is never changed; later truth stands in later bulletins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yiwang.insight import actions
from yiwang.insight.history import Rebuilt, rebuilt
from yiwang.insight.models import Bulletin
from yiwang.insight.queries.sums import Span, Sums, durations, rows, total
from yiwang.insight.rules.bulletins import PUBLISHED, Figure, Kind, Said, last_of, newest, signed_lines
from yiwang.insight.rules.indicators import INDICATORS, value_of
from yiwang.insight.rules.marks import VERSION, Facet, Measure
from yiwang.insight.weighing import hour_of
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.signing import is_ours, is_signed, sign
from yiwang.plumbing.walls.certainty import certain_at
from yiwang.proof.models import Digest

_OF_POSTS = (Measure.GIVEN.value, Measure.SIGNED_IN_TIME.value, Measure.HANDED_BACK.value)


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure beside what the history says now of that moment. `again` None: its formula is another now."""

    published: Figure
    again: Figure | None

    @property
    def agrees(self) -> bool:
        return self.published == self.again


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a place's month. `published_at` None: nothing was published, and `lines` compare the
    roll-ups as they stand. `lent`: cases of the county of which something was not in their steps."""

    place: str
    published_at: datetime | None
    lines: list[Compared]
    is_signed: bool
    lent: int

    @property
    def agrees(self) -> bool:
        return self.is_signed and all(line.agrees for line in self.lines)


def publish_due(*, now: datetime) -> list[str]:
    """Publish what is complete and not there yet, from the set hour on: yesterday, last week, last month.

    Days and weeks not while cases wait to be counted.

    Stands everywhere; safe to run at any time, and twice. Gives what was published, as "990101 month 2026-10-01".
    """
    here = timezone.localtime(now)
    # Of a month the history is read, and that waits for no counting.
    kinds = [Kind.MONTH] if actions.is_behind() else list(Kind)
    due = [(county, kind) for kind in kinds for county in _counties() if here.hour >= hour_of(county, kind)]
    return [one for county, kind in due for one in publish(county, kind, newest(kind, here.date()), now=now)]


@transaction.atomic
def publish(
    county: str, kind: Kind, first: date, *, now: datetime, as_of: datetime | None = None
) -> list[str]:  # fmt: skip
    """Freeze the figures of a county and of each of its towns for the days that begin with `first`.

    `as_of`: up to when the history is read; without it, up to where nothing more can be recorded. Nothing is
    published twice. Refuses days that are not over, and days and weeks while cases wait to be counted.
    """
    span = Span(first, last_of(kind, first))
    if timezone.localdate(now) <= span.last:
        raise Refused("days_not_over", last=span.last.isoformat())
    there = set(Bulletin.objects.filter(county=county, kind=kind, first=first).values_list("place", flat=True))
    waiting = [place for place in places_of(county) if place not in there]
    if not waiting:
        return []
    # Of a month the history is read, and nobody waits for it who counts.
    as_of = as_of or (certain_at() if kind is Kind.MONTH else _counted_up_to(now))
    found = rebuilt(county, span, as_of=as_of) if kind is Kind.MONTH else None
    for place in waiting:
        figures = _rebuilt_figures(found, place) if found else rolled_up(place, span)
        _freeze(Said(place, kind, span.first, span.last, as_of, VERSION, _newest_digest(), figures))
    return [f"{place} {kind} {first.isoformat()}" for place in waiting]


def places_of(county: str) -> list[str]:
    """Whose figures are published: the county and its towns (codes)."""
    return [county, *(spot.code for spot in tree().children(county) if len(spot.code) == 9)]


def proven(
    county: str, first: date, *, now: datetime, place: str = "", as_of: datetime | None = None
) -> Iterator[Proof]:  # fmt: skip
    """Rebuild a month from the history and lay it beside what was published, place by place.

    Of what was not published the roll-ups are laid beside it as they stand (`as_of` as where it is published). Stands
    everywhere.
    """
    places = [place] if place else places_of(county)
    kept = {one.place: one for one in Bulletin.objects.filter(county=county, kind=Kind.MONTH, first=first)}
    span = Span(first, last_of(Kind.MONTH, first))
    again: dict[datetime, Rebuilt] = {}
    unpublished = _counted_up_to(now) if any(one not in kept for one in places) else now
    for one in places:
        upto = kept[one].as_of if one in kept else as_of or unpublished
        if upto not in again:
            again[upto] = rebuilt(county, span, as_of=upto)
        figures = {figure.name: figure for figure in _rebuilt_figures(again[upto], one)}
        yield _proof(one, kept.get(one), span, figures, again[upto].lent)


def said_by(kept: Bulletin) -> Said:
    """A kept bulletin as the rules know it."""
    digest = (kept.history_day, bytes(kept.history_digest)) if kept.history_day and kept.history_digest else None
    figures = tuple(Figure(*packed) for packed in kept.figures)
    return Said(
        kept.place, Kind(kept.kind), kept.first, kept.last, kept.as_of, kept.rules, digest, figures
    )  # fmt: skip


def signed_by_us(kept: Bulletin) -> bool:
    """Whether the signature belongs to it and to us, and the digest that it names is the one that is kept."""
    said, key = said_by(kept), bytes(kept.public_key)
    known = not said.history or Digest.objects.filter(day=said.history[0], digest=said.history[1]).exists()
    return known and is_ours(key) and is_signed(signed_lines(said), bytes(kept.signature), key)


def rolled_up(place: str, span: Span) -> list[Figure]:
    """The figures of a place (code) as the roll-ups have them now."""
    of_posts = total(rows(Facet.UNIT, [place], span))
    sums = total(rows(Facet.BOARD, [place], span)) | {name: of_posts[name] for name in _OF_POSTS}
    return _figures(sums, durations([place], span))


def _proof(place: str, kept: Bulletin | None, span: Span, figures: Mapping[str, Figure], lent: int) -> Proof:
    published = said_by(kept).figures if kept else rolled_up(place, span)
    lines = [Compared(one, figures.get(one.name) if one.is_of_todays_formula else None) for one in published]
    return Proof(place, kept.made_at if kept else None, lines, kept is None or signed_by_us(kept), lent)


def _rebuilt_figures(found: Rebuilt, place: str) -> list[Figure]:
    return _figures(found.sums[place], found.durations[place])


def _figures(sums: Sums, spread: Mapping[int, int]) -> list[Figure]:
    return [Figure.saying(value_of(INDICATORS[name], sums, spread)) for name in PUBLISHED]


def _freeze(said: Said) -> None:
    signature, public_key = sign(signed_lines(said))
    day, digest = said.history or (None, None)
    Bulletin.objects.create(
        county=said.place[:6], place=said.place, kind=said.kind.value, first=said.first, last=said.last,
        as_of=said.as_of, rules=said.rules, figures=[one.packed() for one in said.figures], history_day=day,
        history_digest=digest, signature=signature, public_key=public_key,
    )  # fmt: skip


def _counted_up_to(now: datetime) -> datetime:
    """Count whatever has moved; gives the moment before which every step is counted, and nothing more can come.

    Refuses while more waits than is counted at once: whoever holds what it has changed may not wait for the others.
    """
    if actions.follow(now=now).more:
        raise Refused("still_being_counted")
    return certain_at()


def _newest_digest() -> tuple[date, bytes] | None:
    last = Digest.objects.order_by("-day").first()
    return (last.day, bytes(last.digest)) if last else None


def _counties() -> list[str]:
    return [code for code in tree().outermost if len(code) == 6]

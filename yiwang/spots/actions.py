"""Look for hot spots anew: read what was told and where, search it in a process of its own, keep what was found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import State
from yiwang.catalogue.models import Board, Item
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Secrecy
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.places.queries import tree
from yiwang.places.rules import metres_between
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.spots import models
from yiwang.spots.apart import Gathering, Told, gatherings_apart
from yiwang.spots.models import Gathered, Spot
from yiwang.spots.policy import TOPIC, lookouts_in
from yiwang.spots.rules import LEAST_PAST_DAYS, YEAR_DAYS, Kind, Lookout, kind_of, lookout_fault, lookout_for
from yiwang.topics.rules import continued

MOST_CASES, MOST_OF_A_KIND = 240_000, 40_000
"""Of a county, and of a kind, the newest so many are looked at; the past then is so much shorter."""
_COUNTY, _COMMUNITY = 6, 12
# Neither what was told for nothing, nor what is another case's.
_LEFT_OUT = [State.DECLINED, State.WITHDRAWN, State.MERGED]
_DAY = timedelta(days=1)
# So long a spot that is gone is remembered, and goes on where the same cases gather again.
_REMEMBERED = 92 * _DAY
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Looked:
    """How many cases were looked at, and how many spots are hot now."""

    cases: int
    spots: int


@dataclass(frozen=True, slots=True)
class _Case:
    number: int
    item: int
    place: str
    lon: float
    lat: float
    teller: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Looked:
    """The cases of a kind, the newest first, and from when on its past is known."""

    kind: Kind
    lookout: Lookout
    cases: list[_Case]
    since: datetime

    def recent(self, case: _Case, now: datetime) -> bool:
        return case.at > now - self.lookout.days * _DAY

    def last_year(self, now: datetime) -> list[bool]:
        """Whether each was told in the same days of last year; nothing where not all of them are known."""
        end = now - YEAR_DAYS * _DAY
        begin = end - self.lookout.days * _DAY
        return [begin < case.at <= end for case in self.cases] if self.since <= begin else []


def look(*, now: datetime) -> list[Looked]:
    """Look through every county, a transaction for each. Stands everywhere; twice is as good as once."""
    return [look_in(code, now=now) for code in tree().outermost if len(code) == _COUNTY]


def look_in(county: str, *, now: datetime) -> Looked:
    """Find a county's hot spots anew among what is open to all and has a position and an item.

    Declined and withdrawn cases are left out, and those merged into another or split off one.
    """
    kinds = list(_kinds(county, now))
    found = gatherings_apart([_told(one, now) for one in kinds], seed=int(county))
    with transaction.atomic():
        _keep(county, kinds, found, now)
    return Looked(sum(len(one.cases) for one in kinds), len(found))


def _kinds(county: str, now: datetime) -> Iterator[_Looked]:
    lookouts = lookouts_in(county)
    of_kind: defaultdict[Kind, list[_Case]] = defaultdict(list)
    cases = list(_cases(county, lookouts, now))
    known = _known_since(county, cases, now)
    for case in cases:
        if line := catalogue().get(case.item):
            of_kind[kind_of(line.path, line.content.board, lookouts)].append(case)
    for kind, told in sorted(of_kind.items(), key=lambda one: (one[0].board, one[0].item)):
        lookout = lookout_for(kind, lookouts)
        begun = max(known, now - (lookout.days + lookout.past_days) * _DAY)
        kept = [case for case in told if case.at > begun][:MOST_OF_A_KIND]
        since = begun if len(kept) < MOST_OF_A_KIND else kept[-1].at
        if lookout.fewest and now - since >= (lookout.days + LEAST_PAST_DAYS) * _DAY:
            yield _Looked(kind, lookout, kept, since)


def _known_since(county: str, cases: Sequence[_Case], now: datetime) -> datetime:
    """Since when all that was told is among the cases: since the oldest, unless nothing was left out before it."""
    if not cases:
        return now
    oldest = cases[-1].at
    goes_on = Case.objects.filter(county=county, opened_at__lt=oldest).exists()
    return datetime.min.replace(tzinfo=UTC) if goes_on and len(cases) < MOST_CASES else oldest


def _cases(county: str, lookouts: Mapping[Kind, Lookout], now: datetime) -> Iterator[_Case]:
    days = max(one.days + one.past_days for one in (Lookout(), *lookouts.values()))
    told = Case.objects.filter(
        county=county, secrecy=Secrecy.OPEN, part_of=None, opened_at__gt=now - days * _DAY, opened_at__lte=now,
        lon__isnull=False, item__isnull=False,
    ).exclude(state__in=_LEFT_OUT)  # fmt: skip
    columns = ("number", "item_id", "place", "lon", "lat", "teller", "phone_mark", "opened_at")
    for number, item, place, lon, lat, teller, mark, at in told.order_by("-opened_at").values_list(*columns)[
        :MOST_CASES
    ]:
        yield _Case(number, item, place, lon, lat, _teller(number, teller, mark), at)


def _teller(number: int, teller: str, mark: bytes | None) -> str:
    """Who told it, as far as that can be known; else each case is another's."""
    return bytes(mark).hex() if mark else teller if ":" in teller else f"case:{number}"


def _told(one: _Looked, now: datetime) -> Told:
    bunches: dict[tuple[str, date, bool], int] = {}
    return Told(
        one.lookout.metres, one.lookout.fewest, [case.lon for case in one.cases], [case.lat for case in one.cases],
        [one.recent(case, now) for case in one.cases],
        [bunches.setdefault((*_bunch(case), one.recent(case, now)), len(bunches)) for case in one.cases],
        one.last_year(now),
    )  # fmt: skip


def _bunch(case: _Case) -> tuple[str, date]:
    return case.teller, timezone.localdate(case.at)


def _keep(county: str, kinds: Sequence[_Looked], found: Sequence[Gathering], now: datetime) -> None:
    """Write what was found; a spot goes on by its cases, and one that nothing gathers at any more is gone."""
    spots = {spot.pk: spot for spot in Spot.objects.filter(county=county, at__gt=now - _REMEMBERED)}
    known: defaultdict[int, set[int]] = defaultdict(set)
    for at, number in Gathered.objects.filter(county=county, spot__in=spots).values_list("spot", "number"):
        known[at].add(number)
    groups = [frozenset(kinds[one.kind].cases[at].number for at in one.now) for one in found]
    Spot.objects.filter(county=county, gone_at=None).update(gone_at=now)
    lines: list[Gathered] = []
    for one, known_as in zip(found, continued(groups, known), strict=True):
        spot = _spot(county, kinds[one.kind], one, now, spots.get(known_as or 0))
        spot.save()
        cases = (kinds[one.kind].cases[at] for at in one.now)
        lines += (Gathered(county=county, number=case.number, spot=spot.pk, place=case.place) for case in cases)
        Gathered.objects.filter(county=county, spot=spot.pk).delete()
    Gathered.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["county", "number"], update_fields=["spot", "place"],
        batch_size=2000,
    )  # fmt: skip


def _spot(county: str, looked: _Looked, one: Gathering, now: datetime, before: Spot | None) -> Spot:
    cases = [looked.cases[at] for at in one.now]
    then = looked.last_year(now)
    lookout, span = looked.lookout, timedelta(days=looked.lookout.days)
    lon, lat = (sum(getattr(case, name) for case in cases) / len(cases) for name in ("lon", "lat"))
    reach = max(metres_between(lon, lat, case.lon, case.lat) for case in cases)
    past_days = (now - span - looked.since) / _DAY
    return Spot(
        pk=before.pk if before else None, county=county, place=_most(case.place[:_COMMUNITY] for case in cases),
        board=looked.kind.board, item=_most(case.item for case in cases), lon=lon, lat=lat,
        metres=max(lookout.metres, round(reach)), days=lookout.days, cases=len(cases), expected=one.expected,
        usual=len(one.before) * lookout.days / past_days, chance=one.chance,
        last_year=sum(then[at] for at in one.before) if then else None,
        found_at=before.found_at if before else now, at=now,
    )  # fmt: skip


def _most(of: Iterable[_T]) -> _T:
    return Counter(of).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Of:
    """For what a lookout is: a county or every one, and in it an item, a board, or every board."""

    county: Place | None = None
    board: Board | None = None
    item: Item | None = None


@transaction.atomic
def set_lookout(
    lookout: Lookout, *, of: Of, by: Person, today: date, change: models.Lookout | None = None
) -> models.Lookout:
    """Say from when on cases gather. Refuses figures that make no sense, and the same lookout twice."""
    access.demand(by, Duty.ADMINISTER, of.county.code if of.county else WHOLE, on=today)
    if fault := lookout_fault(lookout):
        raise Refused(fault)
    if of.board and of.item:
        raise Refused("lookout_of_one")
    if any(one.county_id not in {None, of.county and of.county.pk} for one in (of.board, of.item) if one):
        raise Refused("lookout_unfit")
    kept = change or models.Lookout(county=of.county, board=of.board, item=of.item)
    same = models.Lookout.objects.filter(county=of.county, board=of.board, item=of.item)
    if same.exclude(pk=kept.pk).exists():
        raise Refused("lookout_twice")
    kept.metres, kept.fewest, kept.days, kept.past_days = (
        lookout.metres, lookout.fewest, lookout.days, lookout.past_days,
    )  # fmt: skip
    kept.save()
    note("set_lookout", f"lookout:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", **asdict(lookout))
    touched(TOPIC)
    return kept

"""Carry a change of the calendar to all open cases: notice it, gather whom it may concern, time them anew in batches.

Each batch is one transaction: killed anywhere, it leaves no trace, and whoever goes on finds what is left. Any number
of workers take different cases; a case that somebody is busy with is passed over and comes later.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from yiwang.cases.access import CLOCK
from yiwang.cases.actions.moving import put, said_by_the_platform, take
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import Part as PartKind
from yiwang.cases.rules import county_of, stamp
from yiwang.catalogue.rules import Stage
from yiwang.people.roster import roster
from yiwang.plumbing.facts import announce
from yiwang.plumbing.worktime.queries import as_it_stands, calendars_of
from yiwang.plumbing.worktime.rules import Spans
from yiwang.retiming import words
from yiwang.retiming.facts import LimitsTimedAnew
from yiwang.retiming.matters import Found, gone, take_in
from yiwang.retiming.models import Retiming, Waiting
from yiwang.retiming.rules import Anew, Calendars, Moved, changed_days, limits_of, timed_anew

BATCH = 200
# Until then every process has heard of the change, and several changes made in a row are carried as one.
SETTLED_AFTER = timedelta(seconds=5)
MOST_DAYS_NAMED = 5
_BEGINNING, _HORIZON = date(2000, 1, 1), timedelta(days=3 * 366)

_GATHER = """
INSERT INTO retiming_waiting (number, county, retiming)
SELECT k.number, k.county, %s FROM cases_case AS k
WHERE k.next_due_at IS NOT NULL AND k.county ^@ ANY (%s) AND k.opened_at < %s AND (
    GREATEST(k.due_at, k.next_due_at) >= %s
    OR EXISTS (SELECT FROM cases_assignment AS a WHERE a.case_id = k.number AND a.county = k.county
        AND GREATEST(a.sign_due, a.handle_due) >= %s)
) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Done:
    """How many cases of a batch were seen to, how many of them moved, and whether more wait."""

    cases: int
    moved: int
    more: bool


@transaction.atomic
def notice(*, now: datetime) -> Retiming:
    """The retiming that goes on or was the last; a new one begins where the calendar says something else by now.

    Once the change has settled, whom it may concern is gathered. Safe to run at any time, by any number of workers.
    """
    with connection.cursor() as cursor:
        # There may be no row yet that could be locked.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('yiwang.retiming'))")
    stands = as_it_stands()
    last = Retiming.objects.order_by("-pk").first()
    if last is None:
        # What stood when this began: all limits were reckoned by it.
        return Retiming.objects.create(before=stands, after=stands, found_at=now, gathered_at=now, ended_at=now)
    if last.ended_at is not None:
        return last if last.after == stands else Retiming.objects.create(before=last.after, after=stands, found_at=now)
    if last.gathered_at is None and last.after != stands:
        last.after, last.found_at = stands, now
        last.save(update_fields=["after", "found_at"])
    elif last.gathered_at is None and now - last.found_at >= SETTLED_AFTER:
        last.gathered, last.gathered_at = _gather(last, today=timezone.localdate(now)), now
        last.save(update_fields=["gathered", "gathered_at"])
    return last


@transaction.atomic
def time_anew(*, now: datetime, most: int = BATCH) -> Done:
    """See to the next cases that wait, each with a step that says what moved; the retiming ends with the last one."""
    going_on = Retiming.objects.filter(gathered_at__isnull=False, ended_at=None).first()
    if going_on is None:
        return Done(0, 0, more=False)
    waiting = Waiting.objects.filter(retiming=going_on.pk).order_by("county", "number")
    numbers = [one.number for one in waiting.select_for_update(skip_locked=True)[:most]]
    if not numbers:
        _end(going_on, now)
        return Done(0, 0, more=False)
    turn = _Turn(going_on, now)
    seen = [turn.see_to(found) for found in take_in(numbers)]
    past = gone([number for number in numbers if number not in seen])
    counties = {county_of(number) for number in numbers}
    Waiting.objects.filter(county__in=counties, number__in=[*seen, *past]).delete()
    Retiming.objects.filter(pk=going_on.pk).update(
        moved=F("moved") + turn.moved, unexplained=F("unexplained") + turn.unexplained
    )
    return Done(len(seen) + len(past), turn.moved, more=bool(seen or past))


def _end(going_on: Retiming, now: datetime) -> None:
    """Whose rows are held by another worker still wait; it ends when there are none."""
    if Waiting.objects.filter(retiming=going_on.pk).exists():
        return
    if Retiming.objects.filter(pk=going_on.pk, ended_at=None).update(ended_at=now):
        announce(LimitsTimedAnew(going_on.pk))


@lru_cache(maxsize=1)
def _calendars(retiming: int) -> tuple[Calendars, Calendars]:
    """The calendars before and after: once cases are gathered they stay as they are."""
    kept = Retiming.objects.get(pk=retiming)
    return calendars_of(kept.before), calendars_of(kept.after)


class _Turn:
    """What one batch does."""

    def __init__(self, retiming: Retiming, now: datetime) -> None:
        self.retiming, self.now = retiming, now
        self.before, self.after = _calendars(retiming.pk)
        self.moved = self.unexplained = 0

    def see_to(self, found: Found) -> int:
        """Move the limits of one case that lie elsewhere by now; its number."""
        anew = timed_anew(found.kept, limits_of(found.matter, self.before), limits_of(found.matter, self.after))
        self.unexplained += anew.unexplained
        case = found.case
        if anew.moved:
            self.moved += 1
            self._move(found, anew)
        elif anew.provisional != case.provisional:
            Case.objects.filter(number=case.number, county=case.county).update(provisional=anew.provisional)
        return case.number

    def _move(self, found: Found, anew: Anew) -> None:
        case = found.case
        hand = take(case.number, "retime", by=CLOCK, now=self.now)
        for part in found.parts:
            for moved in anew.moved:
                if moved.part == part.pk:
                    setattr(part, moved.what, moved.now)
        if any(moved.part for moved in anew.moved):
            Assignment.objects.bulk_update(found.parts, ["sign_due", "handle_due"])
        days = list(self._days(case, anew.moved))
        own = {moved.what: moved.now for moved in anew.moved if moved.part is None}
        reason = said_by_the_platform(
            words.SAID, days=_Lazily(lambda: _days_in_words(days)),
            limits=_Lazily(lambda: _limits_in_words(case, found.parts, anew.moved)),
        )  # fmt: skip
        put(
            hand, reason=reason, given=_given(found, anew, days, self.retiming.pk), provisional=anew.provisional, **own
        )

    def _days(self, case: Case, moved: Collection[Moved]) -> Iterable[tuple[date, Spans, Spans]]:
        """The changed days across which this case's limits lie."""
        last = max(max(one.was, one.now) for one in moved)
        before, after = self.before(case.place), self.after(case.place)
        first = timezone.localdate(case.opened_at, after.zone)
        return changed_days(before, after, first, timezone.localdate(last, after.zone))


class _Lazily:
    """Words that are put together in the language in which the platform writes."""

    def __init__(self, said: Callable[[], str]) -> None:
        self._said = said

    def __str__(self) -> str:
        return self._said()


def _given(found: Found, anew: Anew, days: Iterable[tuple[date, Spans, Spans]], retiming: int) -> dict[str, Any]:
    """What the step keeps: the new limits, the old ones, the changed days, and helping posts by the post."""
    lead = next((part.pk for part in found.parts if part.part == PartKind.LEAD), None)
    posts = {part.pk: part.post_id for part in found.parts}
    given: dict[str, Any] = {"retiming": retiming, "days": [day.isoformat() for day, _, _ in days], "before": {}}
    for moved in anew.moved:
        if moved.part is None or moved.part == lead:
            given[moved.what] = stamp(moved.now)
            given["before"][moved.what] = stamp(moved.was)
        else:
            helper = given.setdefault("helpers", {}).setdefault(str(posts[moved.part]), {})
            helper[moved.what] = [stamp(moved.was), stamp(moved.now)]
    return given


def _days_in_words(days: list[tuple[date, Spans, Spans]]) -> str:
    said = [
        str(words.DAY_WORKED if spans else words.DAY_OFF) % {"day": day.isoformat(), "hours": _hours(spans)}
        for day, _, spans in days[:MOST_DAYS_NAMED]
    ]
    if len(days) > MOST_DAYS_NAMED:
        said.append(str(words.AND_MORE) % {"n": len(days) - MOST_DAYS_NAMED})
    return "; ".join(said)


def _hours(spans: Spans) -> str:
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def _limits_in_words(case: Case, parts: Collection[Assignment], moved: Collection[Moved]) -> str:
    said, posts = list[str](), {part.pk: part for part in parts}
    for one in moved:
        what = _what(case, posts.get(one.part or 0), one)
        if what:
            said.append(str(words.LIMIT) % {"what": what, "was": _moment(one.was), "now": _moment(one.now)})
    return " ".join(said)


def _what(case: Case, part: Assignment | None, moved: Moved) -> str:
    """The name of a limit. A part's own is named where the case does not name it, or it is a helping post's."""
    if part is None:
        return str(words.PROMISE if moved.what == "due_at" else words.STAGES[Stage(case.next_stage)])
    leads = part.part == PartKind.LEAD
    signing = moved.what == "sign_due"
    if leads and (case.next_due_at == moved.was or (signing and part.signed_at is not None)):
        return ""
    line = roster().get(part.post_id)
    return str(words.SIGNING if signing else words.PART) % {"post": line.title if line else part.post_id}


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def _gather(retiming: Retiming, *, today: date) -> int:
    """Write down the open cases whose limits may lie across what changed; how many."""
    span = _span(retiming.before, retiming.after, today)
    if span is None:
        return 0
    grounds, first, last = span
    zone = timezone.get_default_timezone()
    # A day more at both ends: a ground may have a time zone of its own.
    begins = datetime.combine(first - timedelta(days=1), datetime.min.time(), zone)
    ends = datetime.combine(last + timedelta(days=2), datetime.min.time(), zone)
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, [retiming.pk, grounds, ends, begins, begins])
        return int(cursor.rowcount)


def _span(before: dict[str, Any], after: dict[str, Any], today: date) -> tuple[list[str], date, date] | None:
    """The counties ("" for all) in which something changed, and the first and last day that it may touch."""
    grounds, days = set[str](), list[date]()
    for day, ground, *_ in _differing(before["days"], after["days"]):
        grounds.add(ground[:6])
        days.append(date.fromisoformat(day))
    for ground, since, *_ in _differing(before["hours"], after["hours"]):
        grounds.add(ground[:6])
        # The zone of a ground's newest hours holds for its whole calendar.
        zones = {tuple(row[4] for row in kept["hours"] if row[0] == ground) for kept in (before, after)}
        days += [_BEGINNING if len(zones) > 1 else date.fromisoformat(since), today + _HORIZON]
    for (year,) in _differing([[year] for year in before["years"]], [[year] for year in after["years"]]):
        grounds.add("")
        days += [date(year, 1, 1), date(year, 12, 31)]
    return (sorted(grounds), min(days), max(days)) if days else None


def _differing(before: Iterable[list[Any]], after: Iterable[list[Any]]) -> list[list[Any]]:
    then, now = list(before), list(after)
    return [row for row in then if row not in now] + [row for row in now if row not in then]

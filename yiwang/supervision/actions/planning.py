"""What is written of a case's clock: its watch as it follows from the case, the ladder and what was done already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.cases.rules import county_of
from yiwang.plumbing.pouring import pour
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.supervision.matters import Matter
from yiwang.supervision.models import Reminder, Watch
from yiwang.supervision.policy import policy
from yiwang.supervision.rules.ladder import Plan, plan

_COLUMNS = [field.attname for field in Watch._meta.local_concrete_fields]  # noqa: SLF001
_ANEW = f"(number, county) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}"
# Who walks finds what was there before supervision, or a rung, was: only what became due within a day is still told.
LOOK_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A case with what is due for it now, and its watch as it will be written."""

    matter: Matter
    watch: Watch
    plan: Plan | None
    new_round: bool


def planned(
    matters: Iterable[Matter], kept: Mapping[int, Watch], *, now: datetime, walking: bool = False
) -> list[Planned]:
    """What follows for these cases; nothing is written. `walking`: what lay more than a day ago is let lie."""
    return [_planned(matter, kept.get(matter.number), now=now, walking=walking) for matter in matters]


def _planned(matter: Matter, before: Watch | None, *, now: datetime, walking: bool) -> Planned:
    begun, running = matter.begun, matter.running
    stage = matter.stage.value if matter.stage else ""
    same = before is not None and (before.round, before.stage) == (begun, stage)
    watch = before if before is not None and same else _begun(matter, before, stage, now)
    watch.place, watch.steps = matter.place, matter.steps
    watch.soon_at = watch.pressing_at = watch.due_at = watch.next_at = None
    if walking:
        watch.since = max(watch.since, now - LOOK_BACK)
    if running is None or matter.stage is None:
        return Planned(matter, watch, None, new_round=not same)
    found = plan(
        running, matter.stage, policy().ladder(matter.county, matter.board, matter.urgency),
        policy().shares_for(matter.county, matter.board), calendar_for(matter.place),
        climbed=watch.climbed, since=watch.since, now=now,
    )  # fmt: skip
    colours = found.warnings
    watch.soon_at, watch.pressing_at, watch.due_at = colours.soon, colours.pressing, colours.late
    watch.next_at = found.due[0].at if found.due else found.next_at
    return Planned(matter, watch, found, new_round=not same)


def keep(watches: Sequence[Watch]) -> None:
    """Write these watches in one round trip, whatever stood there before."""
    pour(watches, twice=_ANEW)


def waiting_for_answers(numbers: Collection[int]) -> dict[int, list[Reminder]]:
    """The reminders of these cases that somebody still has to acknowledge in time, by case."""
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    counties = {county_of(number) for number in numbers}
    asked = Reminder.objects.filter(
        county__in=counties, case__in=numbers, acknowledged_at=None, lapsed_at=None, passed_on_at=None
    )
    for reminder in asked.exclude(answer_by=None).order_by("answer_by", "pk"):
        found[reminder.case].append(reminder)
    return found


def sooner(at: datetime | None, answers: Sequence[Reminder]) -> datetime | None:
    """The next moment for a case, as soon as the first answer is overdue too."""
    moments = [one for one in (at, *(answer.answer_by for answer in answers)) if one is not None]
    return min(moments, default=None)


def _begun(matter: Matter, before: Watch | None, stage: str, now: datetime) -> Watch:
    """The watch of a round that begins: nothing is done in it yet."""
    return Watch(
        number=matter.number, county=matter.county, place=matter.place, steps=matter.steps, stage=stage,
        round=matter.begun, since=matter.begun or now, overruns=before.overruns if before else 0, climbed=[],
    )  # fmt: skip

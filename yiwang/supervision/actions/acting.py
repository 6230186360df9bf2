"""Act on time: take what is due, a batch at a time and the oldest first, do it once, and say how late it was.

A watch that is taken is locked, and passed over by everybody else; its case is read anew before anything is done, so
that nobody is told of a limit that somebody has just met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from yiwang.cases import actions as cases
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.cases.rules import county_of
from yiwang.people.roster import roster
from yiwang.plumbing.facts import announce
from yiwang.plumbing.pouring import pour
from yiwang.supervision.access import responsible, told
from yiwang.supervision.actions.following import lapse
from yiwang.supervision.actions.planning import Planned, keep, planned, sooner, waiting_for_answers
from yiwang.supervision.facts import PostReminded, PostsReminded
from yiwang.supervision.matters import Matter, read
from yiwang.supervision.models import Overrun, Reminder, Watch
from yiwang.supervision.rules.ladder import Level, Moment, Rung, level_above
from yiwang.supervision.words import LEVELS, PASSED_ON, REMINDED, REMINDED_AT_ONCE

BATCH = 1000


@dataclass(slots=True)
class Acted:
    """What was done for how many cases: by how much each act was late, and whether more is due already."""

    cases: int = 0
    late: list[timedelta] = field(default_factory=list)
    more: bool = False


@transaction.atomic
def act(county: str, *, now: datetime, most: int = BATCH) -> Acted:
    """Do in a county what is due by now: note overruns, climb rungs, tell the next level who did not answer.

    Stands everywhere. Safe to run at any time, by as many workers as there are.
    """
    due = Watch.objects.filter(county=county, next_at__lte=now).order_by("next_at")
    kept = {watch.number: watch for watch in due.select_for_update(skip_locked=True)[:most]}
    if not kept:
        return Acted()
    numbers = sorted(kept)
    found = planned(read(numbers), kept, now=now)
    gone = kept.keys() - {one.matter.number for one in found}
    lapse([*gone, *(one.matter.number for one in found if one.new_round)], now=now)
    Watch.objects.filter(county=county, number__in=gone).delete()
    turn = _Turn(now, timezone.localdate(now))
    turn.act(found, waiting_for_answers(numbers))
    turn.write()
    # What is due for who was asked just now comes with what is written of them.
    keep([one.watch for one in found])
    return Acted(len(kept), turn.late, more=len(kept) == most)


@dataclass(slots=True)
class _Turn:
    """What one batch writes."""

    now: datetime
    today: Any
    reminders: list[Reminder] = field(default_factory=list)
    overruns: list[Overrun] = field(default_factory=list)
    passed_on: list[int] = field(default_factory=list)
    late: list[timedelta] = field(default_factory=list)
    due: dict[int, datetime] = field(default_factory=dict)
    known: dict[tuple[Level, str, int | None], int | None] = field(default_factory=dict)

    def act(self, found: Sequence[Planned], asked: dict[int, list[Reminder]]) -> None:
        alarmed = _alarmed_before(found)
        for one in found:
            if one.plan is not None:
                self._act_on(one, asked.get(one.matter.number, []), alarmed)

    def _act_on(self, one: Planned, answers: Sequence[Reminder], alarmed: set[tuple[int, int, int]]) -> None:
        assert one.plan is not None, "a limit runs"
        before = len(self.reminders)
        if one.watch.due_at is not None:
            self.due[one.watch.number] = one.watch.due_at
        holder = self._holder(one.matter) if one.plan.due or answers else None
        for moment in one.plan.due:
            self._do(one, moment, holder, alarmed)
        for answer in answers:
            self._pass_on(one, answer, holder)
        waiting = [a for a in (*answers, *self.reminders[before:]) if a.answer_by and a.answer_by > self.now]
        one.watch.next_at = sooner(one.plan.next_at, waiting)

    def write(self) -> None:
        pour(self.overruns, twice="DO NOTHING")
        pour(self.reminders, twice="DO NOTHING")
        if self.passed_on:
            Reminder.objects.filter(pk__in=self.passed_on).update(passed_on_at=self.now)
        cases.remind(((r.case, r.place, r.post_id, _words(r)) for r in self.reminders), now=self.now)
        if self.reminders:
            announce(PostsReminded(self.reminders[0].county, tuple(map(self._told_of, self.reminders))))

    def _told_of(self, r: Reminder) -> PostReminded:
        key = f"{r.case}:{r.stage}:{r.round.timestamp():.0f}:{r.rung}:{r.silent}"
        due = self.due.get(r.case)
        return PostReminded(r.case, r.post_id, r.percent, r.level, r.silent, key, due.isoformat() if due else "")

    def _told(self, level: Level, place: str, holder: int | None) -> int | None:
        """As `access.told`, looked up once for all cases of a place."""
        asked = (level, place, holder)
        if asked not in self.known:
            self.known[asked] = told(level, place, holder, on=self.today)
        return self.known[asked]

    def _holder(self, matter: Matter) -> int | None:
        assert matter.stage is not None, "a limit runs"
        return responsible(matter.stage, matter.place, matter.holder, on=self.today)

    def _do(self, one: Planned, moment: Moment, holder: int | None, alarmed: set[tuple[int, int, int]]) -> None:
        matter, watch = one.matter, one.watch
        assert watch.round is not None and watch.due_at is not None, "a limit runs"  # noqa: PT018
        watch.climbed = [*watch.climbed, moment.id]
        self.late.append(self.now - moment.at)
        if moment.rung is None:
            watch.overruns += 1
            self.overruns.append(
                Overrun(county=matter.county, case=matter.number, place=matter.place, stage=watch.stage,
                        round=watch.round, due_at=watch.due_at, noted_at=self.now, post=holder)
            )  # fmt: skip
            return
        post = self._told(moment.rung.level, matter.place, holder)
        # Alarmed once is enough: the county need not hear again that the same emergency changed hands.
        if post is not None and (matter.number, moment.rung.id, post) not in alarmed:
            self._remind(one, moment.rung, moment.rung.level, post, meant_at=moment.at)

    def _pass_on(self, one: Planned, answer: Reminder, holder: int | None) -> None:
        """Tell the level above that this one was silent; once, and not whoever was silent themselves."""
        if answer.answer_by is None or answer.answer_by > self.now:
            return
        self.passed_on.append(answer.pk)
        self.late.append(self.now - answer.answer_by)
        level = level_above(Level(answer.level))
        post = self._told(level, one.matter.place, holder) if level else None
        if level and post is not None and post != answer.post_id:
            rung = Rung(answer.rung, level, answer.percent)
            self._remind(one, rung, level, post, meant_at=answer.answer_by, silent=answer.level)

    def _remind(
        self, one: Planned, rung: Rung, level: Level, post: int, *, meant_at: datetime, silent: str = ""
    ) -> None:
        watch = one.watch
        assert watch.round is not None, "a limit runs"
        # Whoever sits at two levels is told once.
        last = self.reminders[-1:]
        if last and (last[0].case, last[0].post_id) == (watch.number, post):
            return
        wait = timedelta(minutes=rung.answer_minutes) if rung.answer_minutes else None
        self.reminders.append(
            Reminder(county=watch.county, case=watch.number, place=watch.place, stage=watch.stage, round=watch.round,
                     rung=rung.id, percent=rung.percent, level=level.value, silent=silent, post_id=post,
                     meant_at=meant_at, at=self.now, answer_by=self.now + wait if wait else None)
        )  # fmt: skip


def _alarmed_before(found: Iterable[Planned]) -> set[tuple[int, int, int]]:
    """Who was alarmed at once of which case: (case, rung, post)."""
    due = [one for one in found if one.plan and any(m.rung and m.rung.percent == 0 for m in one.plan.due)]
    numbers = [one.matter.number for one in due]
    if not numbers:
        return set()
    alarmed = Reminder.objects.filter(
        county__in={county_of(n) for n in numbers}, case__in=numbers, percent=0, silent=""
    )
    return set(alarmed.values_list("case", "rung", "post_id"))


def _words(reminder: Reminder) -> str:
    """What the history of the case says of it."""
    line = roster().get(reminder.post_id)
    words: Promise = PASSED_ON if reminder.silent else REMINDED if reminder.percent else REMINDED_AT_ONCE
    silent = LEVELS[Level(reminder.silent)] if reminder.silent else ""
    return said_by_the_platform(words, post=line.title if line else "", percent=reminder.percent, silent=silent)

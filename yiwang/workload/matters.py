"""What was asked of grid workers, read out of the loop: only here are the tables of cases read for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from yiwang.cases.rules import NoteKind, Told
from yiwang.people.models import Holding
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import lies_in
from yiwang.workload.rules import Asking, Kind

GRID_LENGTH = 15
# Who is asked about a report, told it not much longer ago.
_REPORTED_WITHIN = timedelta(days=90)
_PERSON = "person:"

_REPORTS = """SELECT teller, count(*) FROM cases_case
    WHERE county = %(county)s AND told = %(worker)s AND opened_at >= %(begin)s AND opened_at < %(end)s
    AND teller = ANY (%(tellers)s) AND secrecy <> 'sealed' GROUP BY teller"""
_CHECKS = """SELECT s.actor, k.lead_id, count(*) FROM cases_step AS s
    JOIN cases_case AS k ON k.number = s.number AND k.county = s.county
    WHERE s.county = %(county)s AND s.recorded_at >= %(begin)s AND s.at >= %(begin)s AND s.at < %(end)s
    AND s.move IN ('confirm', 'send_back') AND s.actor = ANY (%(tellers)s) AND k.secrecy <> 'sealed'
    GROUP BY s.actor, k.lead_id"""
_TASKS = """SELECT a.post_id, s.post_id, a.case_id FROM cases_assignment AS a
    LEFT JOIN cases_step AS s ON s.number = a.case_id AND s.county = a.county AND s.at = a.given_at
        AND s.move IN ('dispatch', 'assign_firmly', 'call_in', 'grant_help')
    JOIN cases_case AS k ON k.number = a.case_id AND k.county = a.county
    WHERE a.county = %(county)s AND a.post_id = ANY (%(posts)s) AND a.given_at >= %(begin)s AND a.given_at < %(end)s
    AND k.secrecy <> 'sealed'"""
_SUMMONS = """SELECT post_id, whistler_post_id, case_id FROM cases_summons
    WHERE county = %(county)s AND post_id = ANY (%(posts)s) AND called_at >= %(begin)s AND called_at < %(end)s"""
_ANSWERS = """SELECT k.teller, n.post_id, k.number FROM cases_case AS k
    JOIN cases_note AS n ON n.case_id = k.number AND n.county = k.county
    WHERE k.county = %(county)s AND k.told = %(worker)s AND k.teller = ANY (%(tellers)s)
    AND k.opened_at >= %(recent)s AND n.kind = %(question)s AND n.at >= %(begin)s AND n.at < %(end)s
    AND k.secrecy <> 'sealed'"""


@dataclass(frozen=True, slots=True)
class Worker:
    """A person in a post on a grid."""

    person: int
    post: int
    ground: str


def workers_in(county: str, *, on: date) -> list[Worker]:
    """The grid workers of a county on that day, each in the first post on a grid that they hold.

    Heads of courtyards are neighbours who help, and no grid workers: what is asked of them is no load of the grid.
    """
    held = Holding.objects.filter(lies_in("post__ground", [county]), since__lte=on).exclude(until__lte=on)
    found: dict[int, Worker] = {}
    for person, post in held.order_by("pk").values_list("person_id", "post_id"):
        line = roster().get(post)
        if line is None or not line.serves(line.ground, on) or not _works(line):
            continue
        found.setdefault(person, Worker(person, post, line.ground))
    return list(found.values())


def _works(line: PostLine) -> bool:
    return len(line.ground) == GRID_LENGTH and Duty.REPORT in line.duties


def askings(county: str, week: date, workers: list[Worker]) -> Iterator[Asking]:
    """Everything that the loop asked of these workers in the week that begins on this Monday."""
    people = {f"{_PERSON}{worker.person}": worker.person for worker in workers}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for worker in workers:
        holders[worker.post].append(worker.person)
    asked = _asked(county, week, people, holders)
    for teller, times in _rows(_REPORTS, asked):
        yield Asking(people[teller], Kind.REPORT, times=times)
    for actor, lead, times in _rows(_CHECKS, asked):
        yield Asking(people[actor], Kind.CHECK, _unit(lead), times)
    for statement in (_TASKS, _SUMMONS):
        for post, by, case in _rows(statement, asked):
            yield from (Asking(person, Kind.TASK, _unit(by), case=case) for person in holders[post])
    for teller, by, case in _rows(_ANSWERS, asked):
        yield Asking(people[teller], Kind.ANSWER, _unit(by), case=case)


def _asked(county: str, week: date, people: Mapping[str, int], holders: Mapping[int, list[int]]) -> dict[str, Any]:
    begin, end = (_midnight(day) for day in (week, week + timedelta(days=7)))
    return {
        "county": county, "begin": begin, "end": end, "recent": begin - _REPORTED_WITHIN, "tellers": list(people),
        "posts": list(holders), "worker": Told.WORKER.value, "question": NoteKind.QUESTION.value,
    }  # fmt: skip


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _unit(post: int | None) -> int:
    line = roster().get(post)
    return line.unit if line else 0


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())

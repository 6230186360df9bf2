"""When a case comes before the committee, and what may happen on its agenda: without a database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.tests.make import MONDAY, at
from yiwang.meetings.rules import last_items, meeting
from yiwang.meetings.rules.agenda import Reason, Record, Rule, Why, proposed, rule_fault, why
from yiwang.meetings.rules.last_items import deadline_fault, is_decided
from yiwang.meetings.rules.meeting import day_fault, has_met

R = Reason
TODAY = MONDAY.date()


def record(case: int = 1, *, days: int = 0, before: dict[Reason, int] | None = None, **times: int) -> Record:
    counted = {Reason(name): n for name, n in times.items()}
    return Record(case, counted, MONDAY - timedelta(days=days), before or {})


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (record(overdue=1, reopened=1, handed_back=1, days=59), []),
        (record(overdue=2), [Why(R.OVERDUE, 2)]),
        (record(reopened=3), [Why(R.REOPENED, 3)]),
        (record(handed_back=2, days=60), [Why(R.HANDED_BACK, 2), Why(R.OLD, 60)]),
    ],
)
def test_a_case_is_asked_for_by_what_happened_to_it(found: Record, expected: list[Why]) -> None:
    assert list(why(found, Rule(), MONDAY)) == expected


def test_what_the_committee_has_dealt_with_does_not_bring_a_case_back() -> None:
    seen = record(overdue=2, days=90, before={R.OVERDUE: 2})
    seen = replace(seen, counted_from=at(days=-1))
    assert why(seen, Rule(), MONDAY) == ()
    again = replace(seen, times={R.OVERDUE: 3})
    assert why(again, Rule(), MONDAY) == (Why(R.OVERDUE, 3),)
    assert why(seen, Rule(), at(days=59)) == (Why(R.OLD, 149),), "old is counted anew from when it left the agenda"


def test_what_is_not_asked_proposes_nothing() -> None:
    nothing = Rule(overdue=0, reopened=0, handed_back=0, days=0)
    assert why(record(overdue=9, reopened=9, handed_back=9, days=900), nothing, MONDAY) == ()


def test_the_worst_come_first_and_the_agenda_has_an_end() -> None:
    found = [record(1, overdue=2), record(2, overdue=2, reopened=2), record(3, overdue=4), record(4)]
    assert [case for case, _ in proposed(found, Rule(), MONDAY)] == [2, 3, 1]
    assert [case for case, _ in proposed(found, Rule(most=3), MONDAY, waiting=1)] == [2, 3]
    assert proposed(found, Rule(most=3), MONDAY, waiting=5) == []


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 4000), st.integers(0, 60))
def test_whatever_is_proposed_has_a_reason(overdue: int, reopened: int, days: int, most: int) -> None:
    found = [record(n, overdue=n % (overdue + 1), reopened=n % (reopened + 1), days=days) for n in range(10)]
    chosen = proposed(found, Rule(most=most), MONDAY)
    assert len(chosen) <= most
    assert all(reasons for _case, reasons in chosen)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule(), ""),
        (Rule(overdue=21), "agenda_rule_unfit"),
        (Rule(days=-1), "agenda_rule_unfit"),
        (Rule(most=0), "agenda_rule_asks_nothing"),
        (Rule(most=51), "agenda_rule_asks_nothing"),
        (Rule(overdue=0, reopened=0, handed_back=0, days=0), "agenda_rule_asks_nothing"),
    ],
)
def test_rules_that_make_no_sense_are_named(rule: Rule, fault: str) -> None:
    assert rule_fault(rule) == fault


def test_lives_end_and_nowhere_else() -> None:
    assert last_items.LIFE.ends(list(last_items.State)) == {last_items.State.ENDED}
    assert meeting.LIFE.ends(list(meeting.State)) == {meeting.State.HELD, meeting.State.CALLED_OFF}


def test_what_is_decided_leaves_only_by_the_chairs_consent() -> None:
    leaving = [one for one in last_items.LIFE.moves.values() if one.into is last_items.State.ENDED]
    out_of_decided = {one.name for one in leaving if any(is_decided(state) for state in one.out_of)}
    assert out_of_decided == {"strike_off"}
    assert last_items.LIFE.moves["strike_off"].by == {meeting.Capacity.CHAIR}


def test_days_lie_ahead() -> None:
    assert (day_fault(TODAY, TODAY), day_fault(TODAY - timedelta(1), TODAY)) == ("", "meeting_day_unfit")
    assert (has_met(TODAY, TODAY), has_met(TODAY + timedelta(1), TODAY)) == (True, False)
    assert [deadline_fault(due, MONDAY) for due in (at(days=1), MONDAY, at(days=400))] == [
        "", "last_item_due_unfit", "last_item_due_unfit",
    ]  # fmt: skip

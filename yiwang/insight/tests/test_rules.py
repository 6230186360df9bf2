import random
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from statistics import median

import hypothesis.strategies as st
import pytest
from hypothesis import given

from yiwang.cases.rules import State, Told
from yiwang.insight.rules.abacus import Abacus
from yiwang.insight.rules.durations import bucket_of, median_minutes
from yiwang.insight.rules.indicators import INDICATORS, Unit, rounded, value_of
from yiwang.insight.rules.marks import SUMS, Added, Mark, Matter, Measure, Move, Offices, Part, Where, add, marks_of
from yiwang.insight.rules.usual import by_this_time, is_worse, shrunken, threshold, usual

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOBODY = Offices({}, frozenset())
WATER = Offices({7: 70}, frozenset())


def matter(**said: object) -> Matter:
    """A resident's case that was closed in time, unless something else is said."""
    usually = {
        "state": State.CLOSED, "told": Told.RESIDENT, "teller": 0, "handler": 0, "lead": 7, "is_part": False,
        "is_brought_in": False, "opened_at": NOON, "due_at": NOON + timedelta(days=3),
        "finished_at": NOON + timedelta(days=2), "closed_at": NOON + timedelta(days=4), "extensions": 0,
        "reached": None, "solved": None, "satisfied": None,
    }  # fmt: skip
    return Matter(**usually | said)  # type: ignore[arg-type]


def sums(told: Matter, *, post: int = 0, person: int = 0) -> dict[str, int]:
    """What the case adds over all days: to the matters, to a post or to a person."""
    found: dict[str, int] = {}
    for mark in marks_of(told, WATER, UTC):
        if (mark.post, mark.person) == (post, person):
            for name, n in mark.counts.items():
                found[name] = found.get(name, 0) + n
    return found


def test_the_rates_of_a_real_bulletin() -> None:
    bulletin = {"due": 972, "due_closed": 911, "due_in_time": 737}
    assert value_of(INDICATORS["closure_rate"], bulletin).value == 93.72
    assert value_of(INDICATORS["in_time_rate"], bulletin).value == 75.82


def test_figures_are_rounded_half_up_as_by_hand() -> None:
    # 1 of 16 is 6.25 % exactly, 1 of 32 is 3.125 %, 3 of 32 is 9.375 %: halves go up, not to the even digit.
    assert [rounded(Fraction(n * 100, 32)) for n in (1, 2, 3)] == [3.13, 6.25, 9.38]
    assert rounded(Fraction(200, 3)) == 66.67


def test_a_median_is_right_to_two_and_a_half_per_cent() -> None:
    draw = random.Random(3)  # noqa: S311 - nothing secret is drawn
    for size in (1, 2, 7, 400):
        took = [draw.randrange(1, 60 * 24 * 40) for _ in range(size)]
        exact = median(took)
        found = median_minutes(Counter(map(bucket_of, took)))
        assert found == pytest.approx(exact, rel=0.026)
    assert median_minutes({}) is None
    assert [bucket_of(minutes) for minutes in (0, 1, 2)] == sorted({bucket_of(n) for n in (0, 1, 2)})


def test_the_median_of_what_was_closed_is_kept_by_how_long_it_took() -> None:
    added: Added = {}
    for hours in (2, 3, 100):
        one = matter(closed_at=NOON + timedelta(hours=hours), finished_at=NOON)
        add(added, marks_of(one, WATER, UTC), Where("990101001001001", 1, 1))
    spread = {key[3]: SUMS.counts(n)["closed"] for key, n in added.items() if key[:2] == ("duration", "990101001")}
    value = value_of(INDICATORS["median_hours"], {"closed": 3}, spread).value
    assert value == pytest.approx(3, rel=0.026)


def test_a_case_that_lies_on_a_whole_town_is_counted_there_once() -> None:
    added: Added = {}
    add(added, marks_of(matter(), WATER, UTC), Where("990101001", 1, 1))
    told = [key for key, n in added.items() if key[:2] == ("board", "990101001") and SUMS.counts(n).get("reported")]
    assert told == [("board", "990101001", NOON.date(), 1)]
    assert ("post", "990101001", (NOON + timedelta(days=4)).date(), 7) in added


def test_an_accepted_case_for_which_no_post_answers_is_unowned() -> None:
    waits = {"closed_at": None, "finished_at": None}
    assert sums(matter(state=State.ACCEPTED, lead=0, **waits))["unowned"] == 1
    assert "unowned" not in sums(matter(state=State.ACCEPTED, lead=7, **waits))
    assert "unowned" not in sums(matter(state=State.REPORTED, lead=0, **waits))


def test_every_indicator_names_its_fields_and_its_formula() -> None:
    assert all(one.fields and one.formula for one in INDICATORS.values())
    assert INDICATORS["in_time_rate"].formula == "due_in_time / due × 100"


def test_nothing_divided_by_nothing_is_no_rate() -> None:
    assert value_of(INDICATORS["closure_rate"], {"due": 0}).value is None


def test_average_hours_are_said_in_hours() -> None:
    assert value_of(INDICATORS["average_hours"], {"minutes": 300, "closed": 2}).value == 2.5


def test_every_indicator_is_named_once_and_divides_like_by_like() -> None:
    assert all(name == one.name for name, one in INDICATORS.items())
    assert all((one.of is None) == (one.unit is Unit.CASES or one.by_median) for one in INDICATORS.values())


def test_a_case_finished_in_time_is_in_time_though_the_proof_took_longer() -> None:
    found = sums(matter())
    assert (found["due"], found["due_closed"], found["due_in_time"], found["closed"]) == (1, 1, 1, 1)
    assert found["minutes"] == 4 * 24 * 60


def test_a_case_finished_late_is_closed_and_not_in_time() -> None:
    found = sums(matter(finished_at=NOON + timedelta(days=3, seconds=1)))
    assert (found["due"], found["due_closed"], found.get("due_in_time", 0)) == (1, 1, 0)


@pytest.mark.parametrize("state", [State.DECLINED, State.MERGED, State.WITHDRAWN, State.SPLIT])
def test_what_nobody_has_to_deal_with_was_reported_and_is_not_due(state: State) -> None:
    assert sums(matter(state=state)) == {"reported": 1}


def test_a_report_that_nobody_takes_up_is_due_all_the_same() -> None:
    found = sums(matter(state=State.REPORTED, finished_at=None, closed_at=None))
    assert found == {"reported": 1, "due": 1}


def test_the_parts_count_and_not_the_whole_and_nothing_is_told_twice() -> None:
    assert sums(matter(lead=0)) == {"reported": 1}
    part = sums(matter(is_part=True, told=Told.PLATFORM))
    assert (part.get("reported", 0), part["closed"]) == (0, 1)


def test_the_reporters_own_judgement_is_counted_apart_from_calls() -> None:
    said = {"reached": True, "solved": True, "satisfied": True}
    called = sums(matter(**said, moves=(Move(NOON, "call_back", 0, 0),)))
    assert (called["asked"], called["satisfied"], called.get("rated", 0)) == (1, 1, 0)
    rated = sums(matter(**said, moves=(Move(NOON, "call_back", 0, 0, by_page=True),)))
    assert (rated.get("asked", 0), rated["rated"], rated["rated_satisfied"]) == (0, 1, 1)


def test_whoever_could_not_be_reached_is_asked_and_neither_solved_nor_satisfied() -> None:
    found = sums(matter(reached=False))
    assert (found["asked"], found.get("reached", 0), found.get("solved", 0)) == (1, 0, 0)


def part(**said: object) -> Part:
    usually = {
        "post": 7, "is_lead": True, "given_at": NOON, "sign_due": NOON + timedelta(hours=1),
        "handle_due": NOON + timedelta(days=3), "signed_at": NOON, "ended_at": NOON + timedelta(days=2),
        "ending": "done",
    }  # fmt: skip
    return Part(**usually | said)  # type: ignore[arg-type]


def test_a_post_is_judged_by_the_clock_of_its_own_part() -> None:
    late_for_the_reporter = matter(due_at=NOON + timedelta(days=1), parts=(part(),))
    assert "due_in_time" not in sums(late_for_the_reporter)
    assert sums(late_for_the_reporter, post=7)["due_in_time"] == 1


def test_what_was_handed_back_was_given_and_is_not_due() -> None:
    found = sums(matter(lead=0, parts=(part(ending="handed_back", signed_at=None),)), post=7)
    assert found == {"given": 1, "handed_back": 1}


def test_each_looks_settles_and_finishes_for_themselves() -> None:
    told = matter(
        told=Told.WORKER, teller=3, handler=4, moves=(Move(NOON, "confirm", 5, 0), Move(NOON, "settle", 4, 0))
    )
    assert sums(told, person=3) == {"reported": 1}
    assert sums(told, person=4) == {"on_the_spot": 1, "due_closed": 1, "due_in_time": 1}
    assert sums(told, person=5) == {"checked": 1}


def test_what_comes_back_counts_for_whoever_had_finished_it() -> None:
    names = ("finish", "send_back", "finish", "reopen", "reopen")
    told = matter(moves=tuple(Move(NOON, name, 4 if name == "finish" else 5, 0) for name in names))
    assert sums(told, person=4) == {"reworked": 3}
    assert sums(told, person=5) == {"checked": 1}


def test_what_is_added_is_taken_away_again() -> None:
    found = marks_of(matter(parts=(part(),)), WATER, UTC)
    where, added = Where("990101001001001", 1, 2), Added()
    add(added, found, where)
    assert any(added.values())
    add(added, [Mark.unpacked(mark.packed()) for mark in found], where, times=-1)
    assert not any(added.values())


def test_days_are_those_of_the_zone() -> None:
    east = datetime(2026, 3, 2, 23, 30, tzinfo=UTC).astimezone(UTC)
    marks = marks_of(matter(opened_at=east), NOBODY, timezone(timedelta(hours=8)))
    assert (marks[0].day.day, marks[0].hour) == (3, 7)


def test_every_measure_is_made_by_some_case() -> None:
    everything = matter(
        told=Told.WORKER, teller=1, handler=2, extensions=1, reached=True, solved=True, satisfied=True,
        parts=(part(), part(ending="handed_back")),
        moves=tuple(Move(NOON, name, 9, 7) for name in ("settle", "send_back", "reopen", "confirm", "call_back")),
    )  # fmt: skip
    own = matter(reached=True, satisfied=True, moves=(Move(NOON, "call_back", 0, 0, by_page=True),))
    nobodys = matter(state=State.ACCEPTED, lead=0)
    offices = Offices({7: 70}, frozenset({7}))
    made = {name for one in (everything, own, nobodys) for mark in marks_of(one, offices, UTC) for name in mark.counts}
    assert made == {measure.value for measure in Measure}


def test_one_festival_does_not_move_what_is_usual() -> None:
    assert usual([40, 42, 41, 39, 400, 40, 43, 41]) == 41
    assert usual([]) is None


def test_half_past_nine_is_nine_hours_and_half_of_the_tenth() -> None:
    hours = [0] * 24
    hours[8], hours[9], hours[15] = 10, 4, 100
    assert by_this_time(hours, 9, 30) == 12


def test_two_after_one_is_not_worse_and_forty_after_ten_is() -> None:
    assert not is_worse(2, [1, 1, 0, 1, 1, 0, 1, 1])
    assert is_worse(40, [10, 12, 9, 11, 8, 12, 10, 9])
    assert not is_worse(13, [10, 12, 9, 11, 8, 12, 10, 9])


def test_a_series_that_always_swings_must_swing_further() -> None:
    assert threshold([2, 30, 1, 25, 3, 28, 2, 27]) > threshold([15, 14, 15, 16, 14, 15, 15, 14])


@pytest.mark.parametrize("mean", [3, 10, 40])
def test_of_a_hundred_weeks_in_which_nothing_changed_about_one_is_called_worse(mean: int) -> None:
    chance = random.Random(mean)  # noqa: S311 - nothing secret is drawn

    def week() -> int:
        return sum(chance.random() < mean / 400 for _ in range(400))

    called = sum(is_worse(week(), [week() for _ in range(8)]) for _ in range(1000))
    assert called <= 20


def test_a_unit_with_two_or_three_cases_is_neither_best_nor_worst_by_luck() -> None:
    lucky, good, usual_one, bad, unlucky = shrunken([(3, 3), (190, 200), (160, 200), (120, 200), (1, 2)])
    assert good > lucky > bad
    assert good > unlucky > bad
    assert good > usual_one > bad


def test_units_that_differ_by_chance_alone_all_come_close_to_the_common_rate() -> None:
    rates = shrunken([(8, 10), (9, 10), (7, 10), (8, 10)])
    assert max(rates) - min(rates) < 0.01
    assert shrunken([(5, 5)]) == [1.0]
    assert shrunken([]) == []


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys("abc", st.integers(-(2**40), 2**40))), max_size=8))
def test_counts_in_one_number_are_added_each_for_itself(rows: list[dict[str, int]]) -> None:
    abacus = Abacus("abc")
    whole = sum(abacus.packed(row) for row in rows)
    sums = {name: sum(row.get(name, 0) for row in rows) for name in "abc"}
    assert abacus.unpacked(whole) == tuple(sums.values())
    assert abacus.counts(whole) == {name: n for name, n in sums.items() if n}
    assert whole - sum(abacus.packed(row) for row in reversed(rows)) == 0

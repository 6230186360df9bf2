"""The law of redrawing, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.places.rules.redrawing import (
    LIFE,
    Established,
    Ground,
    Hand,
    Plan,
    Retired,
    Standing,
    State,
    common_ground,
    faults_of,
    follow,
)
from yiwang.places.tests.test_rules import FORMS
from yiwang.plumbing.lifecycle import NotAllowed

DAY = date(2026, 7, 1)
TOWN = "990101001"
OLD, OTHER, NEW = f"{TOWN}200", f"{TOWN}201", f"{TOWN}001"
GROUND = Ground(
    FORMS,
    {
        "990101": Standing("county"),
        TOWN: Standing("town"),
        OLD: Standing("community"),
        OTHER: Standing("community"),
        f"{TOWN}299": Standing("community", valid_to=date(2020, 1, 1)),
        f"{OLD}001": Standing("grid"),
        f"{OTHER}001": Standing("grid", valid_to=DAY),
    },
    DAY,
    promised=frozenset({f"{TOWN}009"}),
)
MERGER = Plan(
    retires=(Retired(OLD), Retired(OTHER), Retired(f"{OLD}001")),
    establishes=(Established(NEW, "双井社区", "community"), Established(f"{NEW}001", "一格", "grid")),
    successions=((OLD, NEW), (OTHER, NEW), (f"{OLD}001", f"{NEW}001")),
)


def codes(plan: Plan, ground: Ground = GROUND) -> list[str]:
    return [fault.code for fault in faults_of(plan, ground)]


def also(code: str, name: str, kind: str) -> dict[str, tuple[object, ...]]:
    return {"establishes": (*MERGER.establishes, Established(code, name, kind))}


def test_two_villages_may_become_a_community() -> None:
    assert codes(MERGER) == []
    assert MERGER.successors() == {OLD: [NEW], OTHER: [NEW], f"{OLD}001": [f"{NEW}001"]}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"retires": (*MERGER.retires, Retired(OLD))}, "redrawing_names_twice"),
        ({"establishes": (*MERGER.establishes, MERGER.establishes[0])}, "redrawing_names_twice"),
        ({"successions": (*MERGER.successions, (OLD, NEW))}, "redrawing_names_twice"),
        ({"retires": (*MERGER.retires, Retired("990102", "nobody"))}, "redrawing_place_not_there"),
        ({"retires": (*MERGER.retires, Retired(f"{TOWN}299", "gone"))}, "redrawing_place_not_there"),
        ({"successions": MERGER.successions[1:]}, "redrawing_no_successor"),
        (also(f"{TOWN}299", "x", "community"), "redrawing_code_given_before"),
        (also(f"{TOWN}009", "x", "community"), "redrawing_code_given_before"),
        (also(f"{TOWN}002", "", "community"), "redrawing_name_unusable"),
        (also(f"{TOWN}002", "大?村", "community"), "redrawing_name_unusable"),
        (also(f"{TOWN}02", "x", "community"), "redrawing_code_not_in_form"),
        (also(f"{TOWN}002", "x", "galaxy"), "redrawing_code_not_in_form"),
        (also(f"{TOWN}003001", "x", "grid"), "redrawing_parent_not_there"),
        (also(f"{OLD}009", "x", "grid"), "redrawing_parent_not_there"),
        ({"successions": (*MERGER.successions, (TOWN, NEW))}, "redrawing_follows_what_stays"),
        ({"successions": (*MERGER.successions, (OLD, OTHER))}, "redrawing_successor_not_there"),
        ({"successions": (*MERGER.successions, (OLD, f"{TOWN}777"))}, "redrawing_successor_not_there"),
        (
            {"retires": MERGER.retires[:2], "successions": MERGER.successions[:2]},
            "redrawing_left_inside",
        ),
    ],
)  # fmt: skip
def test_a_plan_with_a_fault_is_told_which(changes: dict[str, tuple[object, ...]], fault: str) -> None:
    assert codes(replace(MERGER, **changes)) == [fault]  # type: ignore[arg-type]


def test_a_plan_that_does_nothing_is_none() -> None:
    assert codes(Plan()) == ["redrawing_empty"]


def test_a_place_may_end_without_a_successor_when_it_is_said_why() -> None:
    grid = f"{OLD}001"
    assert codes(Plan(retires=(Retired(grid, "flooded by the reservoir"),))) == []
    assert codes(Plan(retires=(Retired(grid, "  "),))) == ["redrawing_no_successor"]


def test_a_place_cannot_end_on_the_day_it_begins() -> None:
    ground = replace(GROUND, places={**GROUND.places, f"{OLD}001": Standing("grid", valid_from=DAY)})
    assert codes(Plan(retires=(Retired(f"{OLD}001", "why"),)), ground) == ["redrawing_ends_before_beginning"]


def test_a_village_may_be_taken_in_by_its_neighbour() -> None:
    plan = Plan(retires=(Retired(OTHER),), successions=((OTHER, OLD),))
    assert codes(plan) == []


def test_things_follow_through_chains_and_meet_again() -> None:
    after = {"a": ["b"], "b": ["c"], "x": ["c"], "s": ["t", "u"], "t": ["c"], "u": ["c"], "gone": [], "d": ["gone"]}
    assert follow("a", after) == follow("x", after) == follow("s", after) == "c"
    assert follow("c", after) == "c"
    assert follow("gone", after) is None
    assert follow("d", after) is None
    assert follow("s", {"s": ["t", "u"]}) is None


@given(st.dictionaries(st.integers(0, 8), st.sets(st.integers(9, 20), max_size=3), max_size=9), st.integers(0, 20))
def test_what_follows_is_there_and_only_one(edges: dict[int, set[int]], start: int) -> None:
    after = {str(old): sorted(map(str, new)) for old, new in edges.items()}
    home = follow(str(start), after)
    if home is None:
        assert len(after[str(start)]) != 1
    else:
        assert home not in after


@pytest.mark.parametrize(
    ("touched", "ground"),
    [
        ({OLD, NEW}, TOWN),
        ({OLD, f"{OLD}001"}, OLD),
        ({OLD}, OLD),
        ({OLD, "990101002001"}, "990101"),
        ({OLD, "110101001001"}, ""),
    ],
)
def test_a_redrawing_belongs_to_the_innermost_place_that_holds_it_all(touched: set[str], ground: str) -> None:
    assert common_ground(touched, {"990101", TOWN, OLD}) == ground


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", sorted(LIFE.moves))
@pytest.mark.parametrize("hand", Hand)
def test_only_what_is_planned_moves(state: State, move: str, hand: Hand) -> None:
    allowed = state is State.PLANNED and (move == "carry_out" or hand is Hand.DRAWER)
    given_with_it = {"reason", "effective day"}
    if allowed:
        expected = {"carry_out": State.IN_FORCE, "call_off": State.CALLED_OFF}[move]
        assert LIFE.decide(move, state, duties={hand}, given=given_with_it) is expected
    else:
        with pytest.raises(NotAllowed):
            LIFE.decide(move, state, duties={hand}, given=given_with_it)


def test_what_is_in_force_or_called_off_stays_so() -> None:
    assert LIFE.ends(list(State)) == {State.IN_FORCE, State.CALLED_OFF}


def test_whether_a_place_is_open_is_asked_of_the_effective_day() -> None:
    ending = replace(GROUND, places={OLD: Standing("community", valid_to=DAY + timedelta(days=1))})
    assert ending.is_open(OLD)
    assert not replace(ending, effective=DAY + timedelta(days=1)).is_open(OLD)

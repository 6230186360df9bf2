import pytest

from yiwang.cases.rules import ENDED, LIFE, OPEN, Capacity, State
from yiwang.cases.words import MOVES, NEEDS, STATES
from yiwang.plumbing.lifecycle import NotAllowed

# What hangs on whoever told it, or comes by itself.
BY_ITSELF = {"join_up", "relocate", "retime"}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", list(LIFE.moves))
def test_a_move_is_made_out_of_its_states_and_no_others(name: str, state: State) -> None:
    found = LIFE.moves[name]
    if state in found.out_of:
        into = LIFE.decide(name, state, duties=set(Capacity), given=found.needs)
        assert into == (found.into or state)
    else:
        with pytest.raises(NotAllowed, match="wrong_state"):
            LIFE.decide(name, state, duties=set(Capacity), given=found.needs)


@pytest.mark.parametrize("name", list(LIFE.moves))
def test_a_move_is_refused_to_whoever_is_not_named_for_it(name: str) -> None:
    found = LIFE.moves[name]
    for capacity in set(Capacity) - found.by:
        with pytest.raises(NotAllowed, match="not_your_duty"):
            LIFE.decide(name, next(iter(found.out_of)), duties={capacity}, given=found.needs)


@pytest.mark.parametrize("name", [name for name, found in LIFE.moves.items() if found.needs])
def test_a_move_is_refused_while_something_it_needs_is_missing(name: str) -> None:
    found = LIFE.moves[name]
    for lacking in found.needs:
        with pytest.raises(NotAllowed) as verdict:
            LIFE.decide(name, next(iter(found.out_of)), duties=set(Capacity), given=found.needs - {lacking})
        assert verdict.value.lacks == (lacking,)


def test_what_a_move_needs_has_words_for_whoever_forgot_it() -> None:
    assert set(NEEDS) >= {need for found in LIFE.moves.values() for need in found.needs}


@pytest.mark.parametrize("state", sorted(OPEN))
def test_from_every_open_state_there_is_a_way_to_an_end(state: State) -> None:
    reached, before = {state}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= {move.into for move in LIFE.moves.values() if move.into and not move.out_of.isdisjoint(before)}
    assert State.CLOSED in reached


def test_what_has_ended_is_left_only_by_reopening_and_by_undoing_a_merging() -> None:
    leaving = {name for name, move in LIFE.moves.items() if move.into and not move.out_of.isdisjoint(ENDED)}
    assert leaving == {"reopen", "separate"}


def test_the_clock_alone_makes_only_moves_that_need_no_judgement() -> None:
    alone = {name for name, move in LIFE.moves.items() if move.by == {Capacity.CLOCK}}
    assert alone == BY_ITSELF


def test_every_state_and_every_move_has_its_word() -> None:
    assert set(STATES) == set(State)
    assert set(MOVES) == {*LIFE.moves, "report"}

import pytest

from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.shifts.rules import LIFE, WRITTEN, Capacity, Kind, State
from yiwang.shifts.words import KINDS, MOVES, STATES


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
def test_a_move_is_refused_to_whoever_is_not_named_for_it_and_while_something_is_missing(name: str) -> None:
    found = LIFE.moves[name]
    state = next(iter(found.out_of))
    for capacity in set(Capacity) - found.by:
        with pytest.raises(NotAllowed, match="not_your_duty"):
            LIFE.decide(name, state, duties={capacity}, given=found.needs)
    with pytest.raises(NotAllowed, match="missing"):
        LIFE.decide(name, state, duties=set(Capacity))


def test_what_was_taken_over_is_the_end() -> None:
    assert LIFE.ends(set(State)) == {State.TAKEN_OVER}


def test_every_state_move_and_kind_has_its_word() -> None:
    assert (set(STATES), set(MOVES), set(KINDS)) == (set(State), set(LIFE.moves), set(Kind))
    assert set(WRITTEN) < set(Kind)

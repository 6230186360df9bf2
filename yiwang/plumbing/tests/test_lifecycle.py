from enum import StrEnum

import pytest

from yiwang.plumbing.lifecycle import Life, NotAllowed, move


class Lamp(StrEnum):
    DARK = "dark"
    LIT = "lit"
    BROKEN = "broken"


class Duty(StrEnum):
    SWITCH = "switch"
    REPAIR = "repair"


LIFE = Life(
    Lamp.DARK,
    move("light", out_of={Lamp.DARK}, into=Lamp.LIT, by={Duty.SWITCH}),
    move("break", out_of={Lamp.DARK, Lamp.LIT}, into=Lamp.BROKEN, by={Duty.SWITCH, Duty.REPAIR}, needs={"reason"}),
)


@pytest.mark.parametrize("state", list(Lamp))
@pytest.mark.parametrize("name", [*LIFE.moves, "explode"])
def test_a_move_is_decided_only_out_of_its_states(name: str, state: Lamp) -> None:
    known = LIFE.moves.get(name)
    if known and state in known.out_of:
        assert LIFE.decide(name, state, duties=set(Duty), given={"reason"}) == known.into
    else:
        with pytest.raises(NotAllowed) as verdict:
            LIFE.decide(name, state, duties=set(Duty), given={"reason"})
        assert verdict.value.code == ("wrong_state" if known else "no_such_move")


def test_who_lacks_the_duty_may_not_move() -> None:
    with pytest.raises(NotAllowed, match="not_your_duty"):
        LIFE.decide("light", Lamp.DARK, duties={Duty.REPAIR})


def test_what_a_move_needs_and_was_not_given_is_named() -> None:
    with pytest.raises(NotAllowed) as verdict:
        LIFE.decide("break", Lamp.LIT, duties={Duty.REPAIR})
    assert (verdict.value.code, verdict.value.lacks) == ("missing", ("reason",))


def test_open_moves_are_those_of_my_duties_out_of_this_state() -> None:
    assert [m.name for m in LIFE.open_moves(Lamp.DARK, duties={Duty.REPAIR})] == ["break"]
    assert list(LIFE.open_moves(Lamp.BROKEN, duties=set(Duty))) == []


def test_a_life_ends_where_no_move_leaves() -> None:
    assert LIFE.ends(list(Lamp)) == {Lamp.BROKEN}


def test_the_diagram_draws_every_arrow() -> None:
    assert LIFE.diagram().splitlines()[1:] == [
        "    [*] --> dark",
        "    dark --> lit: light",
        "    dark --> broken: break",
        "    lit --> broken: break",
    ]


def test_a_move_may_be_named_once_only() -> None:
    with pytest.raises(AssertionError, match="twice"):
        Life(Lamp.DARK, *LIFE.moves.values(), LIFE.moves["light"])

"""The law of notices: choosing, quiet hours, digests, tries."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.notices.rules.choosing import Where, choice_of, chosen, goes_by
from yiwang.notices.rules.occasions import OUTGOING, Channel, Occasion, of_rung
from yiwang.notices.rules.quiet import USUAL, Quiet
from yiwang.notices.rules.sending import (
    LIFE,
    MOST_SINGLE,
    MOST_TRIES,
    WINDOW,
    Capacity,
    Gone,
    Line,
    State,
    pack,
    takes_sms,
    tried_again_at,
)

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TOLD = Where("990101", "department_handler", 3, "urgent")
D, E = Occasion.DISPATCHED, Channel.EMAIL


@pytest.mark.parametrize(
    ("rules", "goes"),
    [
        ({}, False),
        ({Where(): True}, True),
        ({Where(): True, Where(role="department_handler"): False}, False),
        ({Where(): True, Where(county="990102"): False}, True),
        ({Where(urgency="urgent"): True, Where(role="department_handler"): False}, True),
        ({Where(county="990101"): False, Where(urgency="urgent"): True}, False),
        ({Where(board=3): False, Where(role="department_handler"): True}, True),
    ],
)
def test_the_nearest_rule_decides(rules: dict[Where, bool], goes: bool) -> None:  # noqa: FBT001 - a table
    assert goes_by({(D, E): rules}, D, E, TOLD) is goes


def test_the_page_shows_everything_without_a_rule() -> None:
    assert goes_by({}, D, Channel.PAGE, TOLD)


def test_one_opts_in_and_out_but_never_out_of_an_emergency() -> None:
    name = choice_of(D, E)
    assert chosen(D, E, rule=False, yes=[name], no=[])
    assert not chosen(D, E, rule=True, yes=[], no=[name])
    alarm = choice_of(Occasion.EMERGENCY, E)
    assert chosen(Occasion.EMERGENCY, E, rule=True, yes=[], no=[alarm])
    assert not chosen(Occasion.EMERGENCY, E, rule=False, yes=[alarm], no=[])


@pytest.mark.parametrize(
    ("quiet", "at", "ends"),
    [
        (USUAL, "2026-03-02 21:59", None),
        (USUAL, "2026-03-02 22:00", "2026-03-03 07:00"),
        (USUAL, "2026-03-03 06:59", "2026-03-03 07:00"),
        (USUAL, "2026-03-03 07:00", None),
        (Quiet(time(12), time(14)), "2026-03-02 13:00", "2026-03-02 14:00"),
        (Quiet(time(12), time(14)), "2026-03-02 14:00", None),
        (Quiet(time(0), time(0)), "2026-03-02 00:00", None),
        (Quiet(time(9), time(9)), "2026-03-02 09:00", None),
    ],
)
def test_quiet_ends_in_the_morning(quiet: Quiet, at: str, ends: str | None) -> None:
    local = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    assert quiet.ends_after(local) == (datetime.fromisoformat(ends).replace(tzinfo=CHINA) if ends else None)


def test_a_rung_is_an_emergency_a_warning_or_somebodys_silence() -> None:
    assert of_rung(urgent=True, silent=True, nearest=False, percent=0) is Occasion.EMERGENCY
    assert of_rung(urgent=False, silent=True, nearest=True, percent=100) is Occasion.ESCALATED
    assert of_rung(urgent=False, silent=False, nearest=False, percent=120) is Occasion.ESCALATED
    assert of_rung(urgent=False, silent=False, nearest=True, percent=100) is Occasion.OVERDUE
    assert of_rung(urgent=False, silent=False, nearest=True, percent=80) is Occasion.SOON


def lines(many: int, occasion: Occasion = D, *, held: bool = False, first: int = 1) -> list[Line]:
    return [Line(first + at, occasion, held) for at in range(many)]


def test_a_few_go_one_by_one_and_a_flood_as_one() -> None:
    assert pack(lines(MOST_SINGLE), [], now=NOW).messages == ((1,), (2,), (3,))
    assert pack(lines(50), [], now=NOW).messages == (tuple(range(1, 51)),)


def test_what_comes_after_a_digest_waits_until_the_window_is_over() -> None:
    gone = [Gone(D, NOW - timedelta(minutes=4), digest=True)]
    packed = pack(lines(2), gone, now=NOW)
    assert packed.messages == ()
    assert packed.later == ((1, NOW + timedelta(minutes=6)), (2, NOW + timedelta(minutes=6)))
    assert pack(lines(2), gone, now=NOW + WINDOW).messages == ((1,), (2,))


def test_singles_of_the_window_count_and_another_kind_does_not() -> None:
    gone = [Gone(D, NOW - timedelta(minutes=m), digest=False) for m in (1, 2)]
    assert pack(lines(2), gone, now=NOW).messages == ((1, 2),)
    assert pack(lines(2, Occasion.URGED), gone, now=NOW).messages == ((1,), (2,))


def test_what_the_night_kept_comes_as_one_and_an_emergency_by_itself() -> None:
    kept = [*lines(4, held=True), Line(5, Occasion.OVERDUE, held=True), Line(6, Occasion.EMERGENCY)]
    assert set(pack(kept, [], now=NOW).messages) == {(6,), (1, 2, 3, 4, 5)}
    digest = [Gone(Occasion.EMERGENCY, NOW, digest=True)]
    assert pack(lines(9, Occasion.EMERGENCY), digest, now=NOW).messages == tuple((n,) for n in range(1, 10))


@given(
    st.lists(st.tuples(st.sampled_from(list(Occasion)), st.booleans()), max_size=30),
    st.lists(st.tuples(st.sampled_from(list(Occasion)), st.integers(0, 20), st.booleans()), max_size=10),
)
def test_nothing_is_lost_and_nothing_goes_twice(
    due: list[tuple[Occasion, bool]], before: list[tuple[Occasion, int, bool]]
) -> None:
    waiting = [Line(at, occasion, held) for at, (occasion, held) in enumerate(due)]
    gone = [Gone(occasion, NOW - timedelta(minutes=ago), digest) for occasion, ago, digest in before]
    packed = pack(waiting, gone, now=NOW)
    out = [one for message in packed.messages for one in message] + [one for one, _at in packed.later]
    assert sorted(out) == [line.id for line in waiting]
    assert all(NOW < at <= NOW + WINDOW for _one, at in packed.later)


def test_a_flood_of_a_day_makes_few_messages() -> None:
    """A case each minute for eight hours: at most a digest for each window, and the first few."""
    gone: list[Gone] = []
    waiting: list[tuple[Line, datetime]] = []
    for minute in range(480):
        now = NOW + timedelta(minutes=minute)
        waiting.append((Line(minute, D), now))
        packed = pack([line for line, at in waiting if at <= now], gone, now=now)
        went = {one for message in packed.messages for one in message}
        later = dict(packed.later)
        waiting = [(line, later.get(line.id, at)) for line, at in waiting if line.id not in went]
        gone += [Gone(D, now, digest=len(message) > 1) for message in packed.messages]
    for one in gone:
        assert sum(one.at - WINDOW < other.at <= one.at for other in gone) <= MOST_SINGLE
    assert len(waiting) <= WINDOW / timedelta(minutes=1)


def test_a_fourth_waits_until_there_is_room() -> None:
    gone = [Gone(D, NOW - timedelta(minutes=m), digest=False) for m in (1, 2, 7)]
    assert pack(lines(1), gone, now=NOW).later == ((1, NOW + timedelta(minutes=3)),)
    assert pack(lines(4), gone, now=NOW + timedelta(minutes=3)).messages == ((1, 2, 3, 4),)


def test_it_is_tried_again_later_and_later_and_then_not() -> None:
    moments = [tried_again_at(tries, NOW) for tries in range(1, MOST_TRIES + 1)]
    assert moments[-1] is None
    waits = [at - NOW for at in moments if at]
    assert waits == sorted(set(waits))
    assert sum(waits, timedelta()) > timedelta(hours=5)


@pytest.mark.parametrize(
    ("phone", "takes"),
    [("13857924681", True), ("08391234567", False), ("+85291234567", True), ("110", False), ("", False)],
)
def test_a_mobile_takes_an_sms(phone: str, takes: bool) -> None:  # noqa: FBT001 - a table
    assert takes_sms(phone) is takes


def test_only_the_clock_sends_and_only_an_administrator_tries_again() -> None:
    by_clock = {name for name, move in LIFE.moves.items() if Capacity.CLOCK in move.by}
    assert by_clock == {"hand_out", "arrive", "put_off", "give_up", "drop", "lapse"}
    assert LIFE.moves["try_again"].by == {Capacity.ADMINISTRATOR}
    assert LIFE.ends(set(State)) == {State.SENT, State.DROPPED}
    assert Channel.PAGE not in OUTGOING

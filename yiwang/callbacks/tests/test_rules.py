"""Who is called always, and who by lot."""

import hashlib
from datetime import timedelta

import pytest

from yiwang.callbacks.rules import LOTS, Handled, Sampling, Why, drawn, lot_of, reasons, sampling_fault

SEAL = bytes(range(32))
NOBODY = Sampling(percent=0)
HOUR = timedelta(hours=1)


def test_a_lot_is_told_again_from_the_printed_history_alone() -> None:
    digest = hashlib.sha256(b"9901012600000007" + SEAL).hexdigest()
    assert lot_of(9901012600000007, SEAL) == int(digest[:16], 16) % 10_000


@pytest.mark.parametrize("percent", [0, 1, 20, 50, 100])
def test_so_many_percent_are_drawn(percent: int) -> None:
    assert sum(drawn(lot, percent) for lot in range(LOTS)) == percent * LOTS // 100


def test_lots_are_spread_evenly() -> None:
    called = sum(drawn(lot_of(number, SEAL), 20) for number in range(20_000))
    assert 3_830 < called < 4_170  # 4,000, and three standard deviations


@pytest.mark.parametrize(
    ("handled", "sampling", "why"),
    [
        ({"items": ["RIVER", "WATER"]}, Sampling(0, items=("WATER",)), Why.ITEM),
        ({"dissatisfied": True}, NOBODY, Why.DISSATISFIED),
        ({"reopened": 1}, NOBODY, Why.BEFORE),
        ({"took": timedelta(minutes=10)}, Sampling(0, minutes=10), Why.MINUTES),
        ({"took": HOUR, "usual": 10 * HOUR}, Sampling(0, of_usual=10), Why.USUAL),
        ({"took": HOUR, "limit": 20 * HOUR}, Sampling(0, of_limit=5), Why.LIMIT),
        ({}, Sampling(100), Why.LOT),
    ],
)
def test_each_reason_alone_is_enough(handled: dict[str, object], sampling: Sampling, why: Why) -> None:
    assert reasons(Handled(1, SEAL, **handled), sampling) == (why,)  # type: ignore[arg-type]


def test_who_is_neither_drawn_nor_suspicious_is_not_called() -> None:
    slow = Handled(1, SEAL, ["LAMP"], took=HOUR, limit=10 * HOUR, usual=2 * HOUR)
    assert reasons(slow, Sampling(0, ("WATER",), minutes=59, of_usual=49, of_limit=9)) == ()


def test_a_share_is_a_share() -> None:
    assert sampling_fault(Sampling(101)) == "sampling_percent_unfit"
    assert sampling_fault(Sampling(minutes=10081)) == "sampling_minutes_unfit"
    assert sampling_fault(Sampling()) == ""

"""Reports that come in the same moment are written together, and each is told what became of its own."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction

from tests.town import Town
from tests.waiting import until
from yiwang.cases import actions, gathering
from yiwang.cases.access import reporter
from yiwang.cases.gathering import Gathering, Ready
from yiwang.cases.models import Case, Receipt, Step, Words
from yiwang.cases.rules import BEGINNING, Line
from yiwang.cases.tests.make import MONDAY, make_lamp
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

KEY, OTHER_KEY, SAID = b"k" * 32, b"o" * 32, b"s" * 32


def ready(name: int) -> Ready:
    return Ready({"number": name}, "", {}, [])


class Database:
    """Keeps what is written; the first writing lasts until the others have gathered."""

    def __init__(self, others: int, wrong: Callable[[list[int]], Exception | None] = lambda _numbers: None) -> None:
        self.written: list[list[int]] = []
        self.gathered = threading.Event()
        self._wrong = wrong
        self.gathering = Gathering(self._one, self._together)
        self._others = others

    def take_in_all(self) -> dict[int, Any]:
        """One report, and as many others as come while it is written; what each of them was told."""
        told: dict[int, Any] = {}

        def send(number: int) -> None:
            try:
                told[number] = self.gathering.take_in(ready(number))
            except Exception as wrong:  # noqa: BLE001 - it is what was told
                told[number] = wrong

        first = threading.Thread(target=send, args=[0])
        first.start()
        until(lambda: bool(self.gathering._somebody_writes and not self.gathering._waiting))
        others = [threading.Thread(target=send, args=[number]) for number in range(1, self._others + 1)]
        for number, other in enumerate(others, start=1):
            other.start()
            until(lambda so_many=number: len(self.gathering._waiting) == so_many)  # type: ignore[misc]
        self.gathered.set()
        for one in (first, *others):
            one.join()
        return told

    def _one(self, report: Ready) -> str:
        self.gathered.wait()
        self._write([report.told["number"]])
        return f"kept {report.told['number']}"

    def _together(self, reports: Iterable[Ready]) -> None:
        self._write([one.told["number"] for one in reports])

    def _write(self, numbers: list[int]) -> None:
        if wrong := self._wrong(numbers):
            raise wrong
        self.written.append(numbers)


def test_what_gathers_while_one_is_written_is_written_together() -> None:
    database = Database(others=3)
    assert database.take_in_all() == {0: "kept 0", 1: None, 2: None, 3: None}
    assert database.written == [[0], [1, 2, 3]]


def test_no_more_are_written_together_than_wait_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 2)
    database = Database(others=5)
    database.take_in_all()
    assert database.written == [[0], [1, 2], [3, 4], [5]]


def test_one_that_cannot_be_kept_keeps_none_of_the_others_out() -> None:
    database = Database(others=3, wrong=lambda numbers: IntegrityError("2") if 2 in numbers else None)
    told = database.take_in_all()
    assert database.written == [[0], [1], [3]]
    assert isinstance(told.pop(2), IntegrityError)
    assert told == {0: "kept 0", 1: "kept 1", 3: "kept 3"}


def test_where_nobody_knows_what_was_written_nothing_is_written_again_and_all_are_told() -> None:
    database = Database(others=3, wrong=lambda numbers: OperationalError("gone") if 2 in numbers else None)
    told = database.take_in_all()
    assert database.written == [[0]]
    assert all(isinstance(told[number], OperationalError) for number in (1, 2, 3))


def test_whoever_comes_afterwards_is_written_at_once() -> None:
    database = Database(others=2)
    database.take_in_all()
    assert database.gathering.take_in(ready(9)) == "kept 9"


@pytest.fixture
def taken_down(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[Ready]:
    """Three reports, ready to be written: two with keys of their own."""
    make_lamp()
    reports: list[Ready] = []
    monkeypatch.setattr("yiwang.cases.actions.intake.take_in", reports.append)
    for key in (KEY, None, OTHER_KEY):
        told = actions.Report("井巷口的路灯不亮了", place=town.lane_grid.code, item="LAMP", phone="13900000001")
        actions.report(told, by=reporter(), now=MONDAY, key=actions.Key(key, SAID) if key else None)
    return reports


def test_three_reports_in_one_statement_are_kept_with_all_that_belongs_to_them(taken_down: list[Ready]) -> None:
    gathering._take_in_all(taken_down)
    numbers = [one.told["number"] for one in taken_down]
    assert set(Case.objects.values_list("number", flat=True)) == set(numbers)
    assert set(Words.objects.values_list("case", flat=True)) == set(numbers)
    assert Step.objects.count() == len(numbers)
    assert list(Receipt.objects.order_by("number").values_list("number", flat=True)) == [numbers[0], numbers[2]]
    assert [bytes(step.hash) for step in Step.objects.all()] == [_hashed_anew(step) for step in Step.objects.all()]
    assert set(Case.objects.values_list("head", flat=True)) == set(Step.objects.values_list("hash", flat=True))


def _hashed_anew(step: Step) -> bytes:
    said = (step.number, step.seq, step.at, step.move, step.state, step.actor, step.capacity, step.post_id)
    return Line(*said, step.channel, step.reason, step.given).sealed(BEGINNING)


def test_a_report_sent_before_takes_none_of_the_others_in_and_is_known_by_itself(taken_down: list[Ready]) -> None:
    first, second, third = taken_down
    assert gathering._take_in_one(first) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        gathering._take_in_all([second, third, first])
    assert Case.objects.count() == 1
    kept = gathering._take_in_one(first)
    assert (kept["same"], kept["number"]) == (True, first.told["number"])


def test_a_batch_is_taken_in_wherever_nobody_stands(town_behind_the_wall: Town) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()
    told = actions.Report("井巷口的路灯不亮了", place=town_behind_the_wall.lane_grid.code)
    reports: list[Ready] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yiwang.cases.actions.intake.take_in", reports.append)
        for _ in range(2):
            actions.report(told, by=reporter(), now=MONDAY)
    gathering._take_in_all(reports)
    with standing_on(EVERYWHERE):
        assert Case.objects.count() == 2

"""Write reports into the database: one by itself, or all that came in the same moment in one statement.

A thread that brings in a report while another of its process waits for the database does not go there as well: the
reports gather, and whoever is next takes all of them along, with one commit. Nobody waits for company: who finds
nobody at the database goes at once. What is answered is committed, in either way.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import orjson
from django.db import DataError, IntegrityError

from yiwang.plumbing import prepared

# Each value with its type: PostgreSQL prepares the statement before it sees any.
_ONE = """SELECT cases_take_in(
    %s::text::jsonb, %s::text, %s::text::jsonb, %s::text::jsonb, %s::bytea, %s::bytea, %s::text::jsonb
)"""
_ALL = "SELECT cases_take_in_all(%s::text::jsonb)"
MOST = 50
"""So many reports are written together at most: none of them waits long for the others."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A report as it is written: rows by their columns' names, jobs, and with a key what is answered to it."""

    told: dict[str, Any]
    found_by: str
    first: dict[str, Any]
    work: list[dict[str, Any]]
    key: bytes | None = None
    said: bytes | None = None
    answer: dict[str, Any] = field(default_factory=dict)


def take_in(report: Ready) -> Any:
    """Write the report; None, or where its key was there already what was kept: `same`, `number` and `answer`.

    Inside a transaction of the caller's it becomes part of that.
    """
    if prepared.is_in_use():
        return _take_in_one(report)
    return _gathering.take_in(report)


def _take_in_one(report: Ready) -> Any:
    [kept] = prepared.run_alone(
        _ONE, _json(report.told), report.found_by, _json(report.first), _json(report.work) if report.work else None,
        report.key, report.said, _json(report.answer) if report.key else None,
    )  # fmt: skip
    # On Django's connections JSON comes as it was written.
    return json.loads(kept[0]) if kept[0] else None


def _take_in_all(reports: Iterable[Ready]) -> None:
    said: dict[str, list[Any]] = {"receipts": [], "told": [], "words": [], "first": []}
    work: list[Any] = []
    for one in reports:
        where = {"number": one.told["number"], "county": one.told["county"], "place": one.told["place"]}
        said["told"].append(one.told)
        said["words"].append(where | {"words": one.found_by})
        said["first"].append(one.first)
        work += one.work
        if one.key and one.said:
            receipt = {"key": one.key.hex(), "body": one.said.hex(), "number": where["number"], "answer": one.answer}
            said["receipts"].append(receipt)
    prepared.run_alone(_ALL, _json(said | {"work": work} if work else said))


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


class _Waiting:
    """A report whose thread waits until it is written, or until it is this thread's turn to write."""

    __slots__ = ("called", "kept", "ready", "wrong")

    def __init__(self, ready: Ready) -> None:
        self.ready, self.kept = ready, None
        self.wrong: BaseException | None = None
        self.called = Lock()
        self.called.acquire()


class Gathering:
    """The reports of one process on their way into the database."""

    def __init__(
        self,
        one: Callable[[Ready], Any] = _take_in_one,
        together: Callable[[Iterable[Ready]], None] = _take_in_all,
    ) -> None:
        self._one, self._together = one, together
        self._lock = Lock()
        self._waiting: list[_Waiting] = []
        self._somebody_writes = False

    def take_in(self, ready: Ready) -> Any:
        """Write the report with all that gathered meanwhile, or let another thread take it along."""
        mine = _Waiting(ready)
        with self._lock:
            self._waiting.append(mine)
            follows, self._somebody_writes = self._somebody_writes, True
        if follows:
            mine.called.acquire()
        with self._lock:
            # Whoever was taken along is no longer among those who wait.
            together = self._waiting[:MOST] if mine in self._waiting else []
            del self._waiting[: len(together)]
        if together:
            self._write(together)
            self._hand_over(done=[one for one in together if one is not mine])
        if mine.wrong:
            raise mine.wrong
        return mine.kept

    def _write(self, together: list[_Waiting]) -> None:
        if len(together) > 1:
            try:
                self._together([one.ready for one in together])
            except (IntegrityError, DataError):
                # One of them cannot be kept, or was sent before: each by itself, and each is told its own.
                pass
            except BaseException as wrong:  # noqa: BLE001 - it is theirs who wait, too
                for one in together:
                    one.wrong = wrong
                return
            else:
                return
        for one in together:
            try:
                one.kept = self._one(one.ready)
            except BaseException as wrong:  # noqa: BLE001 - as above
                one.wrong = wrong

    def _hand_over(self, *, done: list[_Waiting]) -> None:
        with self._lock:
            following = self._waiting[:1]
            self._somebody_writes = bool(following)
        for one in (*done, *following):
            one.called.release()


_gathering = Gathering()

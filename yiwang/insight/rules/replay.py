"""A case told again out of its steps alone, as far as figures of a place need it: what is published is proven so.

Steps are the history that nobody can change quietly; the row of a case is only what its acts left. A step written
before this rule may lack a moment (when something was due): that is given from beside (`Beside`), and counted as lent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from yiwang.cases.rules import Ending, State, Told
from yiwang.insight.rules.marks import Matter, Move, Part

_COUNTED = frozenset({"finish", "confirm", "send_back", "settle", "reopen", "call_back"})


@dataclass(frozen=True, slots=True)
class Line:
    """A step, as far as it is told again. `given`: plain JSON values."""

    at: datetime
    move: str
    state: str
    post: int
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the steps: attempts to reach the reporter (notes), whether the case is part of another, and
    for steps that do not say it, when the case and each leading part in its order were due."""

    attempts: Sequence[datetime] = ()
    is_part: bool = False
    due_at: datetime | None = None
    sign_dues: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class Retold:
    """A case out of its history: what counts of it, its place (code), the item named last (code; "" where only its id
    was), and whether something was lent from beside."""

    matter: Matter
    place: str
    item: str
    item_id: int
    lent: bool


@dataclass(slots=True)
class _Case:
    beside: Beside
    place: str = ""
    item: str = ""
    item_id: int = 0
    told: Told = Told.RESIDENT
    state: State = State.REPORTED
    brought_in: bool = False
    opened_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    asked_since: datetime | None = None
    lead: int = 0
    extensions: int = 0
    answer: tuple[bool, bool] | None = None
    lent: bool = False
    parts: list[Part] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def retold(lines: Iterable[Line], beside: Beside) -> Retold:
    """The case as these steps, in their order and from the first on, leave it."""
    case = _Case(beside)
    for line in lines:
        _HAPPENED.get(line.move, _nothing)(case, line)
        if line.move in _COUNTED:
            by_page = line.given.get("way") == "page"
            case.moves.append(Move(line.at, line.move, 0, line.post, by_page))
        was, case.state = case.state, State(line.state)
        if case.state is State.CLOSED and was is not State.CLOSED:
            case.closed_at = line.at
    return Retold(_matter(case), case.place, case.item, case.item_id, case.lent)


def _matter(case: _Case) -> Matter:
    assert case.opened_at is not None, "a history begins with a report"
    solved, satisfied = case.answer or (None, None)
    tried = any(case.asked_since is None or at >= case.asked_since for at in case.beside.attempts)
    return Matter(
        state=case.state, told=case.told, teller=0, handler=0, lead=case.lead, is_part=case.beside.is_part,
        is_brought_in=case.brought_in, opened_at=case.opened_at, due_at=case.due_at, finished_at=case.finished_at,
        closed_at=case.closed_at, extensions=case.extensions,
        reached=True if case.answer else False if tried else None, solved=solved, satisfied=satisfied,
        parts=tuple(case.parts), moves=tuple(case.moves),
    )  # fmt: skip


def _nothing(_case: _Case, _line: Line) -> None:
    """What is not counted."""


def _report(case: _Case, line: Line) -> None:
    said = line.given
    case.opened_at, case.told = line.at, Told(said["told"])
    case.place, case.item_id, case.lead = said["place"], said.get("item") or 0, said.get("lead") or 0
    case.due_at = _moment(said.get("due_at"))
    case.brought_in = "key" in said


def _classified(case: _Case, line: Line) -> None:
    case.place = line.given.get("place", case.place)
    case.item = line.given.get("item", case.item)
    case.due_at = _moment(line.given.get("due_at")) or _lent(case, case.beside.due_at) or case.due_at


def _given(case: _Case, line: Line) -> None:
    case.lead = line.given["lead"]
    due = _moment(line.given["handle_due"])
    assert due is not None, "a part has a limit"
    earlier = len(case.parts)
    lent = case.beside.sign_dues[earlier] if earlier < len(case.beside.sign_dues) else None
    sign = _moment(line.given.get("sign_due")) or _lent(case, lent) or due
    case.parts.append(Part(case.lead, True, line.at, sign, due, None, None, ""))
    if line.given.get("track") in {"special", "task_force"}:
        # An approved limit of its own is promised to the reporter too.
        case.due_at = due


def _signed(case: _Case, line: Line) -> None:
    _change(case, signed_at=line.at)


def _ended(ending: Ending) -> Callable[[_Case, Line], None]:
    def end(case: _Case, line: Line) -> None:
        if case.parts and not case.parts[-1].ending:
            _change(case, ended_at=line.at, ending=ending.value)

    return end


def _finished(case: _Case, line: Line) -> None:
    _ended(Ending.DONE)(case, line)
    case.finished_at = line.at


def _settled(case: _Case, line: Line) -> None:
    if "item" in line.given:
        _classified(case, line)
    case.lead, case.finished_at = line.post, line.at
    due = case.due_at or line.at
    case.parts.append(Part(line.post, True, line.at, line.at, due, line.at, line.at, Ending.DONE.value))


def _delegated(case: _Case, line: Line) -> None:
    case.lead = line.given["lead"]
    if case.parts:
        following = replace(case.parts[-1], post=case.lead)
        _ended(Ending.DELEGATED)(case, line)
        case.parts.append(following)


def _sent_back(case: _Case, line: Line) -> None:
    case.finished_at = None
    due = _moment(line.given.get("handle_due"))
    _change(case, ended_at=None, ending="", **({"handle_due": due} if due else {}))


def _reopened(case: _Case, line: Line) -> None:
    due = _moment(line.given.get("handle_due"))
    case.due_at = due or _lent(case, case.beside.due_at) or case.due_at
    case.lead = line.given.get("lead", case.lead)
    case.finished_at = case.closed_at = case.answer = None
    case.asked_since = line.at
    if due:
        case.parts.append(Part(case.lead, True, line.at, line.at, due, line.at, None, ""))


def _more_time(case: _Case, line: Line) -> None:
    case.extensions += line.move == "grant_more_time"
    case.due_at = _moment(line.given.get("due_at")) or case.due_at
    if due := _moment(line.given.get("handle_due")):
        _change(case, handle_due=due)


def _retimed(case: _Case, line: Line) -> None:
    """The calendar was changed: a limit that the step does not name stays as it was."""
    case.due_at = _moment(line.given.get("due_at")) or case.due_at
    moved = {name: at for name in ("sign_due", "handle_due") if (at := _moment(line.given.get(name)))}
    _change(case, **moved)


def _answered(case: _Case, line: Line) -> None:
    case.answer = bool(line.given["solved"]), bool(line.given["satisfied"])


def _relocated(case: _Case, line: Line) -> None:
    case.place = line.given["place"]
    if "post" in line.given:
        case.lead = line.given["post"] if case.lead == line.given["was"] else case.lead
        if case.parts and not case.parts[-1].ending and case.parts[-1].post == line.given["was"]:
            _change(case, post=line.given["post"])


def _split(case: _Case, _line: Line) -> None:
    case.lead = 0


def _joined(case: _Case, line: Line) -> None:
    case.finished_at = line.at


def _change(case: _Case, **changes: Any) -> None:
    if case.parts:
        case.parts[-1] = replace(case.parts[-1], **changes)


def _lent(case: _Case, at: datetime | None) -> datetime | None:
    case.lent = case.lent or at is not None
    return at


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_HAPPENED: dict[str, Callable[[_Case, Line], None]] = {
    "report": _report, "accept": _classified, "reclassify": _classified, "dispatch": _given, "assign_firmly": _given,
    "sign_for": _signed, "hand_back": _ended(Ending.HANDED_BACK), "recall": _ended(Ending.RECALLED),
    "withdraw": _ended(Ending.WITHDRAWN), "delegate": _delegated, "settle": _settled, "finish": _finished,
    "send_back": _sent_back, "reopen": _reopened, "grant_more_time": _more_time, "resume": _more_time,
    "call_back": _answered, "relocate": _relocated, "split": _split, "join_up": _joined,
    "retime": _retimed,
}  # fmt: skip

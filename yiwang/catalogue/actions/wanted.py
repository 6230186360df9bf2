"""What the rows of a list of items want: each a code, what it hangs under, and all that it says."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from django.utils import translation
from django.utils.functional import Promise as Words

from yiwang.catalogue.actions.asking import plain_limit, refuse_unfit_evidence
from yiwang.catalogue.models import CODE, MOST_METRES, MOST_PHOTOS, Board
from yiwang.catalogue.rules import Content, Evidence, Level, Secrecy, Stage, Urgency, read_limit, usual_limits
from yiwang.catalogue.words import LEVELS, SECRECIES, URGENCIES
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Row
from yiwang.plumbing.sheets.report import in_column

_T = TypeVar("_T", bound=StrEnum)
_R = TypeVar("_R")
_YES = frozenset({"是", "yes", "true", "1", "√", "y"})
_NO = frozenset({"", "否", "no", "false", "0", "n"})
_KINDS = {"component": ("BJ", "部件", "Components"), "部件": ("BJ", "部件", "Components"),
          "event": ("SJ", "事件", "Events"), "事件": ("SJ", "事件", "Events")}  # fmt: skip
# What a table of standards leaves unsaid.
_STANDARD_BOARD = "livelihood"
_STANDARD_EVIDENCE = Evidence(photos=1, within_metres=50)
_LONGEST_NAME = 200
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item as a list wants it. Line 0: a branch that the rows only name."""

    line: int
    code: str
    parent: str
    content: Content


class ItemRows:
    """Reads rows one by one. Knows the boards, and which item of a category stands for which open condition."""

    def __init__(self, boards: Iterable[Board], numbered: Mapping[tuple[str, str], str]) -> None:
        self._boards = {
            name.casefold(): board.code for board in boards for name in (board.name, board.name_en, board.code)
        }
        self._numbered = dict(numbered)

    def read(self, row: Row) -> list[Wanted]:
        """The item of a row, after the branches that it names. Raises `Unfit`."""
        if row["small"] or (row["big"] and not row["code"]):
            return self._standard(row)
        code = _in("code", lambda: _code(row["code"]))
        name = _in("name", lambda: _text(row["name"], _LONGEST_NAME, needed=True))
        return [Wanted(row.line, code, row["parent"].upper(), self._content(row, name))]

    def _content(self, row: Row, name: str) -> Content:
        urgency = _in("urgency", lambda: _one_of(Urgency, URGENCIES, row["urgency"], Urgency.ROUTINE))
        limits = usual_limits(urgency)
        for stage in Stage:
            if row[stage.value]:
                limits[stage] = _in(stage.value, lambda stage=stage: plain_limit(row[stage.value]))  # type: ignore[misc]
        return Content(
            name=name,
            name_en=_in("name_en", lambda: _text(row["name_en"], _LONGEST_NAME)),
            board=_in("board", lambda: self._board(row["board"])),
            level=_in("level", lambda: _one_of(Level, LEVELS, row["level"], Level.TOWN)),
            urgency=urgency,
            limits=limits,
            keywords=_in("keywords", lambda: _several(row["keywords"], r"[、,，;；|]", 60)),
            examples=_in("examples", lambda: _several(row["examples"], r"[;；|]", 200)),
            opens_when=_in("opens_when", lambda: _text(row["opens_when"], _LONGEST_TEXT)),
            closes_when=_in("closes_when", lambda: _text(row["closes_when"], _LONGEST_TEXT)),
            evidence=_evidence(row),
            on_the_spot=_in("on_the_spot", lambda: _yes(row["on_the_spot"])),
            secrecy=_in("secrecy", lambda: _one_of(Secrecy, SECRECIES, row["secrecy"], Secrecy.OPEN)),
            handlers=_in("handlers", lambda: _text(row["handlers"], 300)),
            regulators=_in("regulators", lambda: _text(row["regulators"], 300)),
        )

    def _board(self, said: str) -> str:
        found = self._boards.get(said.casefold()) if said else _STANDARD_BOARD
        if found is None:
            raise Refused("no_such_board", board=said)
        return found

    def _standard(self, row: Row) -> list[Wanted]:
        """Kind, category and sub-category are branches; each open condition of a sub-category is an item."""
        words = _in("kind", lambda: _known(_KINDS, row["kind"]))
        root, kind, english = words
        big = root + _in("big_code", lambda: _code(row["big_code"]))
        small = big + _in("small_code", lambda: _code(row["small_code"]))
        big_name = _in("big", lambda: _text(row["big"], 100, needed=True))
        small_name = _in("small", lambda: _text(row["small"], 100, needed=True))
        opens = _in("opens_when", lambda: _text(row["opens_when"], _LONGEST_TEXT, needed=True))
        _in("handle", lambda: _text(row["handle"], 40, needed=True))
        plain = self._content(row, _standard_name(small_name, opens))
        return [
            Wanted(0, root, "", _branch(kind, plain, english)),
            Wanted(0, big, root, _branch(big_name, plain)),
            Wanted(0, small, big, _branch(small_name, plain)),
            Wanted(row.line, self._number(small, opens), small, _standard_content(plain, small_name)),
        ]

    def _number(self, small: str, opens: str) -> str:
        """The code of a sub-category's item, the same for the same condition whatever its line."""
        known = self._numbered.get((small, opens))
        if known is None:
            taken = {code for (branch, _), code in self._numbered.items() if branch == small}
            number = next(n for n in range(1, 1000) if f"{small}-{n:02}" not in taken)
            known = self._numbered[small, opens] = f"{small}-{number:02}"
        return known


def _standard_name(small: str, opens: str) -> str:
    return f"{small}：{opens}"[:_LONGEST_NAME]


def _standard_content(plain: Content, small: str) -> Content:
    urgent = not read_limit(plain.limits[Stage.HANDLE]).promise.working
    urgency = Urgency.URGENT if urgent else Urgency.ROUTINE
    limits = usual_limits(urgency) | {Stage.HANDLE: plain.limits[Stage.HANDLE]}
    return Content(
        name=plain.name, board=plain.board, level=plain.level, urgency=urgency, limits=limits, keywords=(small,),
        opens_when=plain.opens_when, closes_when=plain.closes_when, evidence=_STANDARD_EVIDENCE,
        handlers=plain.handlers, regulators=plain.regulators,
    )  # fmt: skip


def _branch(name: str, plain: Content, english: str = "") -> Content:
    return Content(
        name=name, name_en=english, board=plain.board, level=plain.level, urgency=Urgency.ROUTINE,
        limits=usual_limits(Urgency.ROUTINE), evidence=_STANDARD_EVIDENCE,
    )  # fmt: skip


def _in(column: str, read: Callable[[], _R]) -> _R:
    """What the cells of a column say; what is refused is refused because of it."""
    with in_column(column):
        return read()


def _code(text: str) -> str:
    if not re.fullmatch(CODE, text.upper()):
        raise Refused("item_code_unfit", code=text)
    return text.upper()


def _text(text: str, most: int, *, needed: bool = False) -> str:
    if needed and not text:
        raise Refused("item_cell_missing")
    if len(text) > most:
        raise Refused("text_too_long", most=most)
    return text


def _several(text: str, parted: str, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(part.strip(), most) for part in re.split(parted, text) if part.strip()))


def _number(text: str, most: int) -> int:
    if not text:
        return 0
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > most:
        raise Refused("not_a_number", text=text, most=most)
    return int(text)


def _yes(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise Refused("not_one_of", text=text, known="是、否")


def _evidence(row: Row) -> Evidence:
    evidence = Evidence(
        photos=_in("photos", lambda: _number(row["photos"], MOST_PHOTOS)),
        within_metres=_in("within_metres", lambda: _number(row["within_metres"], MOST_METRES)),
        note=_in("note", lambda: _yes(row["note"])),
        before_and_after=_in("before_and_after", lambda: _yes(row["before_and_after"])),
    )
    _in("within_metres", lambda: refuse_unfit_evidence(evidence))
    return evidence


def _one_of(kind: type[_T], words: Mapping[_T, Words], text: str, usual: _T) -> _T:
    """The value that a word means, in either language."""
    if not text:
        return usual
    known: dict[str, _T] = {value.value: value for value in kind}
    known |= {said: kind(value) for said, value in _said(tuple(words.items()))}
    return _known(known, text)


@cache
def _said(words: tuple[tuple[str, Words], ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found += [(str(word).casefold(), str(value)) for value, word in words]
    return tuple(found)


def _known(known: Mapping[str, _R], text: str) -> _R:
    found = known.get(text.casefold())
    if found is None:
        raise Refused("not_one_of", text=text, known="、".join(known))
    return found

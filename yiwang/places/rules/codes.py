"""Place codes: their form, whose part is whose, the numbers we give ourselves, and names that came in damaged."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

LONGEST_NAME = 100
LONGEST_CODE = 32
_WRITTEN_PLAIN = 12
_EMPTY_LEVEL = "000"
# GB/T 10114: the last three digits of a residents' committee are 001-199, of a village 200-399.
_RESIDENTS = range(1, 200)
_VILLAGES = range(200, 400)
_BEYOND = range(400, 1000)


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a kind's code: what it adds to the code of one of its parent kinds."""

    kind: str
    rank: int
    own_part: str
    parents: tuple[str, ...] = ()
    is_line: bool = False


class Forms:
    """All forms of an installation. Refuses (ValueError) a form that lies in no outer kind, or is no expression."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.by_kind = {form.kind: form for form in sorted(forms, key=lambda f: (f.rank, f.kind))}
        self._own: dict[str, re.Pattern[str]] = {}
        self._whole: dict[str, re.Pattern[str]] = {}
        for form in self.by_kind.values():
            self._take_in(form)

    def _take_in(self, form: Form) -> None:
        strange = [parent for parent in form.parents if parent not in self._whole]
        if strange:
            raise ValueError(f"{form.kind} lies in {strange}, which is no outer kind")
        try:
            self._own[form.kind] = re.compile(form.own_part)
        except re.error as broken:
            raise ValueError(f"{form.kind}: {form.own_part} is no regular expression") from broken
        outer = "|".join(self._whole[parent].pattern for parent in form.parents)
        self._whole[form.kind] = re.compile(f"(?:{outer})(?:{form.own_part})" if outer else f"(?:{form.own_part})")

    def fits(self, code: str, kind: str) -> bool:
        """Whether the code has the form of this kind."""
        return kind in self._whole and self._whole[kind].fullmatch(code) is not None

    def kinds_of(self, code: str) -> list[str]:
        """The kinds whose form the code has, the outermost first."""
        return [kind for kind in self.by_kind if self.fits(code, kind)]

    def splits(self, code: str, kind: str) -> Iterator[tuple[str, str]]:
        """Each way to read the code as (parent's code, parent's kind) and an own part; the longest parent first.

        The outermost kinds give ("", "") when the code has their form.
        """
        form, own = self.by_kind[kind], self._own[kind]
        if not form.parents:
            if own.fullmatch(code):
                yield "", ""
            return
        for cut in range(len(code) - 1, 0, -1):
            if own.fullmatch(code, cut):
                yield from ((code[:cut], parent) for parent in form.parents if self.fits(code[:cut], parent))

    def parent_of(self, code: str, kind: str, known: Container[tuple[str, str]]) -> str | None:
        """The parent's code among the known (code, kind) pairs; the likeliest form when none is known.

        Empty for an outermost kind; None when the code has not the form of this kind.
        """
        ways = list(self.splits(code, kind))
        if not ways:
            return None
        return next((parent for parent, of_kind in ways if not parent or (parent, of_kind) in known), ways[0][0])

    def inner_kind(self, parent: str) -> str | None:
        """The kind of area that lies next inside this one: a community in a town, a grid in a community."""
        inner = (f.kind for f in self.by_kind.values() if parent in f.parents and not f.is_line)
        return next(inner, None)


def plain(code: str) -> str:
    """The code without the zeros by which national lists fill a county or town up to twelve digits.

    500153105000 is the town 500153105, 500153000000 the county 500153 (NBS, code of statistical divisions).
    """
    if len(code) != _WRITTEN_PLAIN or not code.isdigit():
        return code
    for _ in range(2):
        code = code.removesuffix(_EMPTY_LEVEL)
    return code


def is_village(name: str, trait: str = "") -> bool:
    """Whether a committee is a village's (村民委员会) rather than residents' (居民委员会); the list's word wins."""
    if trait in {"村", "社区", "居委会", "居民委员会", "村委会", "村民委员会"}:
        return trait.startswith("村")
    return not ("社区" in name or "居委会" in name or "居民" in name)


def next_number(taken: Collection[str], *, village: bool) -> str | None:
    """The next free three-digit number in a town: 001-199 for residents' committees, 200-399 for villages.

    When that range is full, the first free number from 400; None when nothing is left. Depends on nothing but
    what is taken, so that the same list gives the same numbers.
    """
    own = _VILLAGES if village else _RESIDENTS
    return next((f"{n:03d}" for numbers in (own, _BEYOND) for n in numbers if f"{n:03d}" not in taken), None)


def is_damaged(name: str) -> bool:
    """Whether characters of a name were lost on the way: U+FFFD, private-use or control characters, or a "?"
    that stands where a Chinese character was."""
    if any(c == "\ufffd" or unicodedata.category(c) in {"Co", "Cc", "Cn", "Cs"} for c in name):
        return True
    return "?" in name and any(_is_han(c) for c in name)


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


def day(text: str) -> date | None:
    """A date as offices write it: 2026-03-01, 2026/3/1, 2026.3.1, 20260301 or 2026年3月1日; None when it is none."""
    found = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", text.strip())
    if not found:
        return None
    year, *parts = (int(part) for part in found.groups() if part)
    try:
        return date(year, *parts)
    except ValueError:
        return None

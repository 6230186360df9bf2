"""Places named in a text: how a name is said, found by longest match, and which of several places is meant.

A form is *sure* where it can hardly be anything else (井亭社区). The bare stem (井亭) is not: it counts only beside a
sure name around it, or is asked about.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

READ = 2000
"""So many characters of a text are looked at."""

_AFTER = "\U0010ffff"
# Of a name that so many places have, only those are looked at that lie in what else is named.
_MANY = 40
_SHORTEST_SURE = 3
_RIGHT_BEHIND = 3
_COUNTY, _TOWN = 6, 9  # digits of their codes
_OFFICES = (
    *(("村民委员会", "村"), ("村委会", "村"), ("社区居民委员会", "社区"), ("社区居委会", "社区")),
    *(("居民委员会", "社区"), ("居委会", "社区"), ("街道办事处", "街道"), ("镇人民政府", "镇"), ("乡人民政府", "乡")),
)
_ENDINGS = (("街道", "镇", "乡"), ("社区", "村"), ("自治县", "县", "区", "市"))
"""A place goes by each ending of its row: towns become streets, villages communities, and people say the old one."""

_ORDINAL = re.compile("第([一二三四五六七八九十]{1,3})")
# Normalising the whole text takes longer than everything else that is done with it.
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ（）]+")
_DIGITS = {numeral: number for number, numeral in enumerate("一二三四五六七八九", start=1)}
# What goes on with one of these is another name that only begins alike: 和平路, 光明小学.
_GOES_ON = frozenset("路街巷道桥大小中学医市广公酒饭银餐超苑园城山河江湖湾坝水店东西南北新老商家业")
# Said of any place in the country, though some village is called so.
_ORDINARY = frozenset(("新农村", "城中村", "开发区", "高新区", "新村", "农村", "社区", "街道", "老城区", "新城区"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and the places (codes, in order) that have it. `sure`: it can hardly be anything else."""

    start: int
    words: str
    codes: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """Which places a text may speak of: one, or several among which somebody must choose (codes, in order).

    `words` named them; `sure`: names that can hardly be anything else did.
    """

    codes: tuple[str, ...] = ()
    words: str = ""
    sure: bool = False


def spelled(text: str) -> str:
    """The text in one form of writing: full width as half, 第三 as 第3."""
    half = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text[:READ]).casefold()
    return _ORDINAL.sub(lambda found: f"第{_number(found[1])}", half) if "第" in half else half


def forms_of(name: str, *, governed: bool) -> Iterator[tuple[str, bool]]:
    """How a place is called, and whether that form is sure; `governed`: county, town or community.

    荷花村村民委员会 is 荷花村, and, not surely, 荷花社区 or 荷花.
    """
    whole = spelled(name)
    said = _without_office(whole)
    for form in dict.fromkeys((whole, said)):
        yield form, len(form) >= _SHORTEST_SURE and form not in _ORDINARY
    row, ending = _ending_of(said) if governed else ((), "")
    stem = said.removesuffix(ending)
    if ending and len(stem) > 1:
        yield from ((stem + other, False) for other in ("", *row) if other != ending)


class NameIndex:
    """All names of a ground, laid out so that a text is read in some microseconds for every ten characters."""

    def __init__(self, names: Iterable[tuple[str, str, bool]]) -> None:
        """Of forms, codes, and whether the form is sure; where it is for one place, it means no other less surely."""
        sure: set[str] = set()
        codes: dict[str, str | tuple[str, ...]] = {}
        for form, code, is_sure in names:
            if form in sure and not is_sure:
                continue
            held = codes.get(form) if is_sure <= (form in sure) else None
            # Most names are one place's: that one is kept bare.
            codes[form] = code if held is None else (*((held,) if isinstance(held, str) else held), code)
            if is_sure:
                sure.add(form)
        self._codes, self._sure = codes, frozenset(sure)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for form in codes:
            if len(form) > 1:
                lengths[form[:2]].add(len(form))
        once: dict[tuple[int, ...], tuple[int, ...]] = {}
        sorted_ones = ((begin, tuple(sorted(some, reverse=True))) for begin, some in lengths.items())
        self._begins = {begin: once.setdefault(some, some) for begin, some in sorted_ones}

    def __len__(self) -> int:
        return len(self._codes)

    def mentions(self, text: str) -> list[Mention]:
        """The names in a text, in its order: at each spot the longest, and sure ones before others that overlap."""
        text = spelled(text)
        # Most texts hold few beginnings of names, many none: which ones is found out at once.
        begun = self._begins.keys() & set(map(add, text, text[1:]))
        found = [
            (at, form)
            for begin in begun
            for at in _spots(begin, text)
            for length in self._begins[begin]
            if (form := text[at : at + length]) in self._codes
            and self._stands(form, text[at + length : at + length + 1])
        ]
        ordered = sorted(found, key=lambda one: (one[1] not in self._sure, one[0], -len(one[1])))
        return sorted(map(self._mention, _apart(ordered)), key=lambda one: one.start)

    def _stands(self, form: str, following: str) -> bool:
        return form in self._sure or following not in _GOES_ON

    def _mention(self, found: tuple[int, str]) -> Mention:
        at, form = found
        codes = self._codes[form]
        return Mention(at, form, (codes,) if isinstance(codes, str) else tuple(sorted(codes)), form in self._sure)


def meant(mentions: Sequence[Mention], *, near: str = "", roads: Mapping[str, str] | None = None) -> Meant:
    """Which place is meant: the one with which most of the names agree, the nearest to `near` (a code), the innermost.

    A name agrees with every place inside the place that it names; `roads` gives for a road the place that it crosses.
    """
    named = [_Named(one, one.sure, _crossed(one, roads or {})) for one in mentions]
    named = [_adopted(one, before) for one, before in zip(named, [None, *named], strict=False)]
    named = [_narrowed(one, named, near) for one in named]
    for sure in (True, False):
        told = [one for one in named if one.sure is sure]
        said = {code: (_agreeing(code, named), _shared(code, near)) for one in told for code in one.codes}
        said = {code: worth for code, worth in said.items() if sure or _may_be_asked(code, near)}
        if said:
            return _best(said, told, sure=sure)
    return Meant()


@dataclass(frozen=True, slots=True)
class _Named:
    mention: Mention
    sure: bool
    codes: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.mention.start + len(self.mention.words)


def _crossed(mention: Mention, roads: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(roads.get(code, code) for code in mention.codes)) if roads else mention.codes


def _adopted(one: _Named, before: _Named | None) -> _Named:
    """A bare stem right behind the sure name of what holds it is sure itself: 双河街道的花桥."""
    if one.sure or before is None or not before.sure or not 0 <= one.mention.start - before.end <= _RIGHT_BEHIND:
        return one
    inside = tuple(
        code for code in one.codes if any(code.startswith(out) and len(code) - len(out) <= 3 for out in before.codes)
    )
    return _Named(one.mention, True, inside) if inside else one


def _narrowed(one: _Named, named: Sequence[_Named], near: str) -> _Named:
    """Of a name that very many places have, only those inside what else is named, or else near."""
    if len(one.codes) <= _MANY:
        return one
    around = {code for other in named if other is not one and len(other.codes) <= _MANY for code in other.codes}
    grounds = sorted(around) or ([near] if len(near) > _COUNTY else [])
    found = tuple(dict.fromkeys(code for ground in grounds for code in _inside(one.codes, ground)))
    return _Named(one.mention, one.sure, found if len(found) <= _MANY else ())


def _may_be_asked(code: str, near: str) -> bool:
    """A stem alone is worth a question where it is a town's, or lies in the town where one is."""
    return len(code) == _TOWN or (len(near) >= _TOWN and code.startswith(near[:_TOWN]))


def _best(said: Mapping[str, tuple[float, int]], told: Sequence[_Named], *, sure: bool) -> Meant:
    best = max(said.values())
    inner = sorted(code for code, worth in said.items() if worth == best)
    inner = [code for code in inner if not any(other != code and other.startswith(code) for other in inner)]
    names = [one.mention.words for one in told if not set(one.codes).isdisjoint(inner)]
    return Meant(tuple(inner), "、".join(dict.fromkeys(names)), sure)


def _inside(codes: Sequence[str], ground: str) -> Sequence[str]:
    return codes[bisect_left(codes, ground) : bisect_left(codes, ground + _AFTER)]


def _agreeing(code: str, named: Iterable[_Named]) -> float:
    """How many names agree with a place; one that is not sure counts a third."""
    counted: dict[str, float] = {}
    for one in named:
        if any(code.startswith(ground) for ground in one.codes):
            counted[one.mention.words] = 1 if one.sure else 1 / 3
    return sum(counted.values())


def _shared(code: str, near: str) -> int:
    """How many levels of the tree two places share."""
    return next((level for level in (18, 15, 12, 9, 6) if len(near) >= level and code[:level] == near[:level]), 0)


def _spots(begin: str, text: str) -> Iterator[int]:
    at = text.find(begin)
    while at >= 0:
        yield at
        at = text.find(begin, at + 1)


def _apart(ordered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    taken: set[int] = set()
    for at, form in ordered:
        spots = range(at, at + len(form))
        if taken.isdisjoint(spots):
            taken.update(spots)
            yield at, form


def _without_office(name: str) -> str:
    for office, kind in _OFFICES:
        if name.endswith(office) and len(name) > len(office):
            stem = name.removesuffix(office)
            return stem if stem.endswith(kind) else stem + kind
    return name


def _ending_of(name: str) -> tuple[tuple[str, ...], str]:
    for row in _ENDINGS:
        for ending in row:
            if name.endswith(ending):
                return row, ending
    return (), ""


def _number(numeral: str) -> int:
    """一 to 九十九; what is written otherwise counts as it can."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral[-1], 0)
    return (_DIGITS.get(tens[-1:], 1)) * 10 + _DIGITS.get(ones, 0)

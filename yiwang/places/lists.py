"""Read a list of places: which place each row means, and why a row cannot be one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from yiwang.places.rules.codes import (
    LONGEST_NAME,
    Forms,
    day,
    is_damaged,
    is_village,
    next_number,
    plain,
)
from yiwang.plumbing.sheets.reading import Column, Row
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import reaches

COLUMNS = (
    Column("code", ("区划代码", "代码", "place code")),
    Column("name", ("名称", "地名", "village"), required=True),
    Column("kind", ("类型", "种类")),
    Column("parent", ("上级代码", "parent code", "town_code12")),
    Column("valid_from", ("启用日期", "valid from")),
    Column("valid_to", ("停用日期", "valid to")),
    # Places above, which some lists name with every row
    Column("county", ("县（区）", "县区")),
    Column("county_code", ("县（区）代码", "县区代码")),
    Column("town", ("乡镇（街道）", "乡镇街道")),
)
HEADING = {column.name: column.headings[0] for column in COLUMNS}
TRAIT = "kind"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place as a list wants it. Line 0: only named as the place above another, or by the beginning of a code."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


class Unfit(Exception):  # noqa: N818 - a verdict on one row
    """This row cannot be a place: in which column, and why."""

    def __init__(self, column: str, code: str, **figures: object) -> None:
        self.column = column
        self.code = code
        self.figures = figures
        super().__init__(code)


class Words:
    """What a list may call a kind: its code, its name in both languages, or 村 for 社区（村）."""

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._loose: dict[str, str] = {}
        for kind, name, english in names:
            self._exact |= {word.casefold(): kind for word in (kind, name, english)}
            for word in name.replace("）", "").split("（"):
                self._loose.setdefault(word, kind)

    def kind(self, word: str) -> tuple[str | None, str]:
        """The kind meant, and the word itself where it says more than the kind (村 of a 社区（村）)."""
        exact = self._exact.get(word.casefold())
        if exact:
            return exact, ""
        return self._loose.get(word) or next((k for loose, k in self._loose.items() if word in loose), None), word


class PlaceList:
    """Takes rows in, one after the other and outer places first, and keeps the places they mean."""

    def __init__(self, forms: Forms, words: Words, known: Mapping[str, Wanted], *, add_counties: bool) -> None:
        self.forms = forms
        self.words = words
        self.known = known
        self.add_counties = add_counties
        self.wanted: dict[str, Wanted] = {}
        self.above: dict[str, Wanted] = {}
        self._names = {(p.parent, p.name): p.code for p in known.values() if p.valid_to is None}
        self._taken: dict[str, set[str]] = {}
        self._kinds = {(place.code, place.kind) for place in known.values()}
        self._without_code: dict[tuple[str, str], int] = {}
        for place in known.values():
            self._take(place)

    def read(self, rows: list[Row], report: Report) -> None:
        """Judge all rows; what is wrong goes into the report."""
        # A place must come after the one it lies in; rows without a code are numbered after all given codes.
        ordered = sorted(rows, key=lambda row: (not row["code"], len(plain(row["code"]))))
        for row in ordered:
            try:
                self._take_row(row)
            except Unfit as unfit:
                report.reject(row.line, HEADING[unfit.column], unfit.code, **unfit.figures)

    def _take_row(self, row: Row) -> None:
        name = _name(row["name"])
        begins, ends = _validity(row)
        kind, extra = self._kind_said(row)
        code = plain(row["code"])
        above = self._above(row, code)
        given = bool(code)
        if not given:
            kind, code = self._code_for(row, name, kind)
        place = self._place(row, code, kind)
        self._refuse_repetition(place, row, given=given)
        for outer in above:
            self._add_above(outer)
        self._require_parent(place.parent)
        place = replace(place, name=name, valid_from=begins, valid_to=ends, extra=extra)
        self.wanted[code] = place
        self._take(place)

    def _kind_said(self, row: Row) -> tuple[str, dict[str, str]]:
        word = row["kind"]
        extra = {heading: text for heading, text in row.extra.items() if text}
        if not word:
            return "", extra
        kind, trait = self.words.kind(word)
        if kind is None:
            raise Unfit("kind", "place_kind_unknown", kind=word)
        return kind, {**extra, TRAIT: trait} if trait else extra

    def _place(self, row: Row, code: str, kind: str) -> Wanted:
        kind = kind or self._kind_by_form(code)
        if not self.forms.fits(code, kind):
            raise Unfit("code", "place_code_not_of_kind", place=code, kind=kind)
        if not reaches(code):
            raise Unfit("code", "place_not_your_ground", place=code)
        parent = self.forms.parent_of(code, kind, self._kinds)
        assert parent is not None, "a code in form has a parent's part"
        said = plain(row["parent"])
        if row["code"] and said and said != parent:
            raise Unfit("parent", "place_parent_differs", place=code, parent=said)
        return Wanted(row.line, code, "", kind, parent)

    def _kind_by_form(self, code: str) -> str:
        kinds = self.forms.kinds_of(code)
        if not kinds:
            raise Unfit("code", "place_code_malformed", place=code)
        before = self.known.get(code)
        if before and before.kind in kinds:
            return before.kind
        if len(kinds) > 1:
            raise Unfit("kind", "place_kind_unclear", place=code)
        return kinds[0]

    def _code_for(self, row: Row, name: str, kind: str) -> tuple[str, str]:
        """The code of a row that brings none: that of the same name in the same place, or the next free number."""
        parent = plain(row["parent"])
        if not parent:
            raise Unfit("code", "place_code_missing")
        outer = self.wanted.get(parent) or self.above.get(parent) or self.known.get(parent)
        outer_kinds = [outer.kind] if outer else self.forms.kinds_of(parent)
        kind = kind or (self.forms.inner_kind(outer_kinds[0]) if outer_kinds else None) or ""
        first = self._without_code.setdefault((parent, name), row.line)
        if first != row.line:
            raise Unfit("name", "place_named_twice", name=name, first=first)
        if known := self._names.get((parent, name)):
            return kind, known
        number = next_number(self._taken.get(parent, set()), village=is_village(name, row["kind"]))
        if number is None:
            raise Unfit("code", "place_numbers_used_up", parent=parent)
        if not kind or not self.forms.fits(parent + number, kind):
            raise Unfit("code", "place_code_missing")
        return kind, parent + number

    def _above(self, row: Row, code: str) -> list[Wanted]:
        """The county and town that a row names beside its own place."""
        parent = plain(row["parent"])
        outer = [(plain(row["county_code"]), row["county"]), (parent if not code else "", row["town"])]
        found = []
        for at, name in outer:
            if not at or not name:
                continue
            kinds = self.forms.kinds_of(at)
            if not kinds:
                raise Unfit("parent", "place_code_malformed", place=at)
            lies_in = self.forms.parent_of(at, kinds[0], self._kinds)
            found.append(Wanted(row.line, at, _name(name), kinds[0], lies_in or ""))
        return found

    def _add_above(self, place: Wanted) -> None:
        told = self.wanted.get(place.code) or self.above.get(place.code)
        if told and told.name not in (told.code, place.name):
            differ = {"was": told.name, "first": told.line, "name": place.name}
            raise Unfit("parent", "places_named_differently", place=place.code, **differ)
        if told is None or told.name == told.code:
            if not reaches(place.code) and self.known.get(place.code) is None:
                raise Unfit("parent", "place_not_your_ground", place=place.code)
            self._require_parent(place.parent)
            self.above[place.code] = place
            self._take(place)

    def _require_parent(self, parent: str) -> None:
        if not parent or parent in self.wanted or parent in self.above or parent in self.known:
            return
        kinds = [kind for kind in self.forms.kinds_of(parent) if not self.forms.by_kind[kind].parents]
        if not (kinds and self.add_counties):
            raise Unfit("parent", "place_parent_missing", parent=parent)
        if not reaches(parent):
            raise Unfit("parent", "place_not_your_ground", place=parent)
        self.above[parent] = Wanted(0, parent, parent, kinds[0], "")
        self._take(self.above[parent])

    def _refuse_repetition(self, place: Wanted, row: Row, *, given: bool) -> None:
        if first := self.wanted.get(place.code):
            if given:
                raise Unfit("code", "place_code_twice", place=place.code, first=first.line)
            raise Unfit("name", "place_named_twice", name=row["name"], first=first.line)

    def _take(self, place: Wanted) -> None:
        self._kinds.add((place.code, place.kind))
        if place.parent:
            self._taken.setdefault(place.parent, set()).add(place.code.removeprefix(place.parent))


def _name(name: str) -> str:
    if not name:
        raise Unfit("name", "place_name_missing")
    if len(name) > LONGEST_NAME:
        raise Unfit("name", "place_name_too_long", length=len(name))
    if is_damaged(name):
        raise Unfit("name", "place_name_damaged", name=name)
    return name


def _validity(row: Row) -> tuple[date | None, date | None]:
    days: list[date | None] = []
    for column in ("valid_from", "valid_to"):
        found = day(row[column]) if row[column] else None
        if row[column] and found is None:
            raise Unfit(column, "place_day_unreadable", day=row[column])
        days.append(found)
    begins, ends = days
    if begins and ends and ends <= begins:
        raise Unfit("valid_to", "place_ends_before_beginning")
    return begins, ends


def counties_of(rows: list[Row]) -> set[str]:
    """The first six digits of every code that the rows name: what must be known to judge them."""
    columns = ("code", "parent", "county_code")
    return {row[column][:6] for row in rows for column in columns if row[column]}

"""Take in a list of people and posts, row by row, each through the same acts as a single one by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from yiwang.people import queries
from yiwang.people.actions.accounts import change_account, open_account
from yiwang.people.actions.columns import COLUMNS, is_example
from yiwang.people.actions.holdings import appoint, end_holding
from yiwang.people.actions.posts import establish_post
from yiwang.people.actions.units import establish_unit
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.people.rules import day_of, overlap
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Row, read
from yiwang.plumbing.sheets.report import Rejection, Report, Unfit, in_column

Progress = Callable[[int, int], None]

# On which kind of ground a new unit of a kind stands: its people serve further in.
_STANDS_ON = {
    UnitKind.DEPARTMENT: "county",
    UnitKind.COMPANY: "county",
    UnitKind.TOWN_OFFICE: "town",
    UnitKind.CENTRE: "town",
    UnitKind.BOARD: "town",
    UnitKind.COMMITTEE: "community",
    UnitKind.PARTY_BRANCH: "community",
}


@dataclass(slots=True)
class Imported:
    """What became of the list, and the one-time passwords of new accounts (login, password): for the caller's file."""

    report: Report
    passwords: list[tuple[str, str]] = field(default_factory=list, repr=False)


def silent(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def import_people(
    path: Path, *, by: Person, today: date, keep_good: bool = False, dry_run: bool = False, progress: Progress = silent
) -> Imported:
    """Take in people, units, posts and holdings from Excel or CSV.

    People are recognised by login name or phone number. With one bad row nothing is kept, unless `keep_good`;
    with `dry_run` nothing is. Refuses, row by row, what each act would refuse `by`.
    """
    rows = [row for row in read(path, COLUMNS) if not is_example(row["name"])]
    reading = _Reading(by, today)
    with transaction.atomic():
        for done, row in enumerate(rows, start=1):
            reading.take(row)
            progress(done, len(rows))
        report = reading.done.report
        report.kept = not dry_run and (keep_good or not report.rejections)
        if not report.kept:
            transaction.set_rollback(True)
            reading.done.passwords.clear()
    return reading.done


class _Reading:
    """One list being read."""

    def __init__(self, by: Person, today: date) -> None:
        self.by, self.today = by, today
        self.done = Imported(Report())
        roles = list(queries.roles_for(by, on=today))
        self.roles = {name.casefold(): role for role in roles for name in (role.code, role.name_en, role.name)}
        self.kinds = dict(_kinds())

    def take(self, row: Row) -> None:
        """Take in one row, wholly or not at all."""
        passwords = len(self.done.passwords)
        try:
            with transaction.atomic():
                added, changed = self._carry_out(row)
        except Unfit as wrong:
            heading = next(c.headings[0] for c in COLUMNS if c.name == wrong.column)
            self.done.report.rejections.append(Rejection(row.line, heading, wrong.why))
            del self.done.passwords[passwords:]
            return
        self.done.report.added += added
        self.done.report.changed += changed and not added
        self.done.report.unchanged += not (added or changed)

    def _carry_out(self, row: Row) -> tuple[bool, bool]:
        for column in ("name", "login"):
            with in_column(column):
                if not row[column]:
                    raise Refused("cell_missing")
        ground = self._ground(row)
        unit = self._unit(row, ground)
        person, added, changed = self._person(row, unit.ground if unit else ground)
        if not row["post"]:
            return added, changed
        post = self._post(row, unit, ground)
        return added, self._holding(row, person, post) or changed

    def _ground(self, row: Row) -> Place | None:
        with in_column("ground"):
            if not row["ground"]:
                return None
            place = Place.objects.filter(code=row["ground"], valid_to=None).first()
            if place is None:
                raise Refused("no_such_ground", code=row["ground"])
            return place

    def _person(self, row: Row, ground: Place | None) -> tuple[Person, bool, bool]:
        same = Q(login=row["login"]) | (Q(phone=row["phone"]) if row["phone"] else Q())
        with in_column("login"):
            found = list(Person.objects.filter(same)[:2])
            if len(found) > 1:
                raise Refused("row_is_two_people", login=row["login"], phone=row["phone"])
            if not found:
                person, password = open_account(
                    row["login"], name=row["name"], phone=row["phone"], ground=ground, by=self.by, today=self.today
                )
                self.done.passwords.append((person.login, password))
                return person, True, False
        person = found[0]
        phone = row["phone"] or person.phone or ""
        if (person.name, person.phone or "") == (row["name"], phone):
            return person, False, False
        with in_column("name"):
            changed = change_account(
                person, login=person.login, name=row["name"], phone=phone, ground=person.ground,
                by=self.by, today=self.today,
            )  # fmt: skip
        return changed, False, True

    def _unit(self, row: Row, ground: Place | None) -> Unit | None:
        if not row["unit"]:
            return None
        with in_column("unit"):
            found = _nearest(row["unit"], ground)
        if found is not None:
            return found
        with in_column("unit_kind"):
            kind = self.kinds.get(row["unit_kind"].casefold())
            if kind is None:
                raise Refused("no_such_unit_kind", kind=row["unit_kind"])
        with in_column("parent"):
            parent = _nearest(row["parent"], ground) if row["parent"] else None
            if row["parent"] and parent is None:
                raise Refused("no_such_unit", unit=row["parent"])
        with in_column("unit"):
            return establish_unit(
                row["unit"], kind=kind, ground=_standing_ground(kind, ground), parent=parent,
                by=self.by, today=self.today,
            )  # fmt: skip

    def _post(self, row: Row, unit: Unit | None, ground: Place | None) -> Post:
        with in_column("unit"):
            if unit is None:
                raise Refused("cell_missing")
        with in_column("role"):
            role = self._role(row)
        known = Post.objects.filter(title=row["post"], unit=unit, role=role, ground=ground, valid_to=None).first()
        if known is not None:
            return known
        with in_column("post"):
            return establish_post(row["post"], unit=unit, role=role, ground=ground, by=self.by, today=self.today)

    def _role(self, row: Row) -> Role:
        role = self.roles.get(row["role"].casefold())
        if role is None:
            raise Refused("no_such_role", role=row["role"])
        return role

    def _holding(self, row: Row, person: Person, post: Post) -> bool:
        """Whether anything had to be done for the person to hold the post on these days."""
        since = self._day(row, "since") or self.today
        until = self._day(row, "until")
        for holding in Holding.objects.filter(person=person, post=post):
            if not overlap(since, until, holding.since, holding.until):
                continue
            if holding.until == until:
                return False
            if until is not None and (holding.until is None or until < holding.until):
                with in_column("until"):
                    end_holding(holding, on=until, by=self.by, today=self.today)
                return True
        with in_column("post"):
            appoint(person, to=post, since=since, until=until, by=self.by, today=self.today)
        return True

    def _day(self, row: Row, column: str) -> date | None:
        with in_column(column):
            if not row[column]:
                return None
            day = day_of(row[column])
            if day is None:
                raise Refused("not_a_day", text=row[column])
            return day


def _nearest(name: str, ground: Place | None) -> Unit | None:
    """The living unit of that name on the innermost ground around this one."""
    around = [ground.code[:length] for length in range(1, len(ground.code) + 1)] if ground else []
    units = Unit.objects.filter(Q(ground_id__in=around) | Q(ground=None), name=name, valid_to=None)
    return max(units.select_related("ground"), key=lambda unit: len(unit.ground_id or ""), default=None)


def _standing_ground(kind: UnitKind, ground: Place | None) -> Place | None:
    if ground is None:
        return None
    around = [ground.code[:length] for length in range(1, len(ground.code))]
    return Place.objects.filter(code__in=around, kind_id=_STANDS_ON.get(kind, "")).first() or ground


def _kinds() -> Iterator[tuple[str, UnitKind]]:
    for kind in UnitKind:
        yield kind.value, kind
        for language in ("en", "zh-hans"):
            with translation.override(language):
                yield str(kind.label).casefold(), kind

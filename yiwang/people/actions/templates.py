"""The Excel template for a list of people and posts."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yiwang.people import queries
from yiwang.people.actions.columns import COLUMNS
from yiwang.people.models import Person, UnitKind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS = 5000


def template(path: Path, *, by: Person, today: date) -> None:
    """Write a template: headings with lists to choose from, two example rows, and on a second sheet the roles and
    the codes of the ground that `by` administers."""
    # 10 MB in every web process, for a sheet that is asked for once a year; so below.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415

    book = Workbook()
    people = book.active
    assert isinstance(people, Worksheet)
    people.title = _("People and posts")
    lists = book.create_sheet(_("Roles and ground"))
    roles = [role.name for role in queries.roles_for(by, on=today)]
    places = list(queries.grounds_for(by, on=today).filter(valid_to=None).values_list("code", "name"))
    _fill(people, [column.headings[0] for column in COLUMNS], _examples(places, roles, today))
    kinds = [str(kind.label) for kind in UnitKind]
    _fill(lists, [_("Role"), _("Kind of unit"), _("Ground code"), _("Ground")], _side_by_side(roles, kinds, places))
    _choose(people, "role", lists.title, "A", len(roles))
    _choose(people, "unit_kind", lists.title, "B", len(kinds))
    _choose(people, "ground", lists.title, "C", len(places))
    book.save(path)


def _examples(places: list[tuple[str, str]], roles: list[str], today: date) -> list[list[str]]:
    code = places[-1][0] if places else ""
    unit = [_("Example command centre"), str(UnitKind.CENTRE.label), ""]
    return [
        [f"示例{name}", login, phone, *unit, _("Duty post"), role, code, today.isoformat(), ""]
        for name, login, phone, role in (
            ("张三", "zhangsan", "13800000000", roles[0]),
            ("李四", "lisi", "13900000000", roles[-1]),
        )
    ]


def _side_by_side(roles: list[str], kinds: list[str], places: list[tuple[str, str]]) -> list[list[str]]:
    def at(texts: list[str], line: int) -> str:
        return texts[line] if line < len(texts) else ""

    codes, names = [code for code, _name in places], [name for _code, name in places]
    longest = max(len(roles), len(kinds), len(places))
    return [[at(roles, n), at(kinds, n), at(codes, n), at(names, n)] for n in range(longest)]


def _fill(sheet: "Worksheet", headings: list[str], rows: list[list[str]]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.append(headings)
    sheet.freeze_panes = "A2"
    for position in range(1, len(headings) + 1):
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = 18
    for row in rows:
        sheet.append(row)


def _choose(sheet: "Worksheet", column: str, lists: str, letter: str, count: int) -> None:
    """A drop-down fed from the second sheet. It advises; the import decides."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    if not count:
        return
    drop_down = DataValidation("list", formula1=f"'{lists}'!${letter}$2:${letter}${count + 1}", allow_blank=True)
    drop_down.showErrorMessage = False
    own = get_column_letter([c.name for c in COLUMNS].index(column) + 1)
    drop_down.add(f"{own}2:{own}{_ROWS}")
    sheet.add_data_validation(drop_down)

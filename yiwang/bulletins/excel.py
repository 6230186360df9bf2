"""A bulletin as an Excel book: a sheet for each table, numbers as numbers, charts that Excel itself draws."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from yiwang.bulletins.rules import Content, Table
from yiwang.plumbing.sheets.writing import harmless

_PER_CENT = '0.00"%"'
_WIDTH, _HEIGHT = 24, 9
_FORMATS = {"per_cent": _PER_CENT, "hours": "0.0", "cases": "#,##0"}
_MOST_IN_A_NAME = 31


def book_of(content: Content) -> bytes:
    """The paper as bytes of an .xlsx."""
    from openpyxl import Workbook  # noqa: PLC0415 - 10 MB that a web process never needs

    book = Workbook()
    first = book.active
    assert first is not None
    _figures(first, content)
    daily = _sheet(book, content.daily)
    _days_chart(daily, content.daily)
    for table in content.tables:
        _sheet(book, table)
        _bars(book.worksheets[-1], table)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _figures(sheet: Any, content: Content) -> None:
    sheet.title = _("Figures")
    sheet.append([harmless(content.title), content.days])
    sheet.append([])
    _head(sheet, (_("Figure"), _("Counted"), _("Of"), _("Value"), _("Time before"), _("Formula")))
    for one in content.figures:
        sheet.append([
            harmless(one.name), one.figure.over, one.figure.of or None, one.figure.value, one.before,
            f"v{one.figure.version}",
        ])  # fmt: skip
        row = sheet.max_row
        for column in (4, 5):
            sheet.cell(row, column).number_format = _FORMATS[one.unit]
        for column in (2, 3):
            sheet.cell(row, column).number_format = _FORMATS["cases"]
        if one.address.startswith("http") and one.figure.value is not None:
            sheet.cell(row, 4).hyperlink = one.address
            sheet.cell(row, 4).style = "Hyperlink"
            sheet.cell(row, 4).number_format = _FORMATS[one.unit]
    sheet.append([])
    for sentence in (*content.summary, *content.notes):
        sheet.append([harmless(sentence)])
    sheet.freeze_panes = "B4"
    _fit(sheet)


def _sheet(book: Any, table: Table) -> Any:
    sheet = book.create_sheet(_name_of(table.heading))
    _head(sheet, table.columns)
    for line in table.lines:
        sheet.append([harmless(line.name), *line.values])
        for column in table.per_cent:
            sheet.cell(sheet.max_row, column + 1).number_format = _PER_CENT
    sheet.freeze_panes = "B2"
    _fit(sheet)
    return sheet


def _fit(sheet: Any) -> None:
    """Let it be printed on the width of a page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _name_of(heading: str) -> str:
    """As Excel takes it: short, and without the signs of its formulas."""
    return "".join(" " if sign in "[]:*?/\\()" else sign for sign in heading).strip()[:_MOST_IN_A_NAME]


def _head(sheet: Any, columns: tuple[str, ...]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.append([harmless(column) for column in columns])
    for position, column in enumerate(columns, start=1):
        sheet.cell(sheet.max_row, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = max(
            12 if position > 1 else 24, len(column) * 2 + 4
        )


def _days_chart(sheet: Any, table: Table) -> None:
    from openpyxl.chart import BarChart, LineChart, Reference  # noqa: PLC0415 - as above

    last = len(table.lines) + 1
    bars, line = BarChart(), LineChart()
    bars.add_data(Reference(sheet, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    line.add_data(Reference(sheet, min_col=3, min_row=1, max_row=last), titles_from_data=True)
    line.series[0].smooth = False
    bars.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    _dress(bars, table.heading)
    bars += line
    sheet.add_chart(bars, "E2")


def _bars(sheet: Any, table: Table) -> None:
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - as above

    last = len(table.lines) + 1
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    _dress(chart, table.heading)
    sheet.add_chart(chart, f"A{last + 3}")


def _dress(chart: Any, heading: str) -> None:
    chart.title = heading
    chart.width, chart.height = _WIDTH, _HEIGHT
    # Newer Excel hides axes that do not say that they are there.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    chart.legend.position = "b"

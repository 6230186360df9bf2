"""A bulletin as a Word document: heading, summary, chart, tables, notes; words are text, so any font serves."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from yiwang.bulletins.drawing import KEYS
from yiwang.bulletins.rules import Content, Printed, Table, shown

# The usual fonts of such papers; where a machine has none of them, Word and LibreOffice take their own for Chinese.
_FONT, _EAST = "Times New Roman", "宋体"
_HEADING_EAST = "黑体"
_WIDTH_CM, _NAME_CM = 15.8, 4.4
_LINK_COLOUR = "0B57D0"


def document_of(content: Content, chart: bytes) -> bytes:
    """The paper as bytes of a .docx. `chart`: of the days, as PNG."""
    from docx import Document  # noqa: PLC0415 - some megabytes that a web process never needs
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    paper = Document()
    _dress(paper)
    heading = paper.add_heading(content.title, 0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(content.days).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for sentence in content.summary:
        paper.add_paragraph(sentence)
    paper.add_heading(content.daily.heading, 2)
    paper.add_picture(BytesIO(chart), width=Cm(15.5))
    keys = zip(KEYS, content.daily.columns[1:], strict=True)
    paper.add_paragraph(" · ".join(f"{key} {meaning}" for key, meaning in keys))
    paper.add_heading(_("Figures"), 2)
    _figures(paper, content.figures)
    for table in content.tables:
        paper.add_heading(table.heading, 2)
        _table(paper, table)
    paper.add_heading(_("Where the figures come from"), 2)
    for note in content.notes:
        paper.add_paragraph(note)
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _dress(paper: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    for name, size, east in (("Normal", 10.5, _EAST), ("Title", 20, _HEADING_EAST), ("Heading 2", 13, _HEADING_EAST)):
        style = paper.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1F, 0x23, 0x28)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:ascii"), _FONT)
        fonts.set(qn("w:hAnsi"), _FONT)
        fonts.set(qn("w:eastAsia"), east)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _figures(paper: Any, figures: tuple[Printed, ...]) -> None:
    columns = (_("Figure"), _("Counted"), _("Of"), _("Value"), _("Time before"), _("Formula"))
    table = _grid(paper, columns, len(figures))
    for row, one in enumerate(figures, start=1):
        said = (
            one.name, f"{one.figure.over:,}", f"{one.figure.of:,}" if one.figure.of else "",
            shown(one.figure.value, one.unit), shown(one.before, one.unit), f"v{one.figure.version}",
        )  # fmt: skip
        for column, text in enumerate(said):
            cell = table.cell(row, column)
            if column == columns.index(_("Value")) and one.address.startswith("http") and one.figure.value is not None:
                _link(cell.paragraphs[0], text, one.address)
            else:
                cell.text = text
            _settle(cell, right=column > 0)


def _table(paper: Any, content: Table) -> None:
    table = _grid(paper, content.columns, len(content.lines))
    for row, line in enumerate(content.lines, start=1):
        said = (line.name, *(_value(content, n, value) for n, value in enumerate(line.values, start=1)))
        for column, text in enumerate(said):
            table.cell(row, column).text = text
            _settle(table.cell(row, column), right=column > 0)


def _value(content: Table, column: int, value: float | None) -> str:
    if column in content.per_cent or value is None:
        return shown(value, "per_cent")
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"


def _grid(paper: Any, columns: tuple[str, ...], lines: int) -> Any:
    from docx.shared import Cm  # noqa: PLC0415 - as above

    table = paper.add_table(rows=lines + 1, cols=len(columns), style="Table Grid")
    table.autofit = False
    rest = (_WIDTH_CM - _NAME_CM) / (len(columns) - 1)
    for position, column in enumerate(table.columns):
        column.width = Cm(rest if position else _NAME_CM)
        for cell in column.cells:
            cell.width = column.width
    for column, text in enumerate(columns):
        cell = table.cell(0, column)
        cell.text = text
        _settle(cell, right=column > 0, bold=True)
    # The heading again on every page that a table reaches.
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001 - python-docx has no word for it
    return table


def _settle(cell: Any, *, right: bool, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    paragraph.paragraph_format.line_spacing = 1.0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(9), bold


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _link(paragraph: Any, text: str, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline, run.font.size = RGBColor.from_string(_LINK_COLOUR), True, Pt(9)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)  # noqa: SLF001 - python-docx has no word for links
    paragraph._p.append(link)  # noqa: SLF001

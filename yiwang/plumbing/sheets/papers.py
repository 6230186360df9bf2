"""Papers as they are laid on a table, as Word documents: parts of labelled rows, or one table over several pages."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

# The letters of official papers.
_BODY, _HEAD = "仿宋", "黑体"
_LABEL_CM, _TEXT_CM, _MARGIN_CM = 3.0, 13.6, 2.2
_SMALL = 10.5  # 五号, for tables of many columns
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its rows: what each is, and what it says, a line break for each line."""

    heading: str
    rows: Sequence[Row]


def paper(title: str, under: str, parts: Iterable[Part]) -> bytes:
    """The whole of it on upright A4."""
    document = _document(title, under)
    for part in parts:
        document.add_heading(part.heading, level=2)
        if part.rows:
            _fill(document.add_table(rows=0, cols=2), part.rows)
    return _kept(document)


def table(
    title: str, under: str, headings: Sequence[str], rows: Iterable[Sequence[str]], widths_cm: Sequence[float]
) -> bytes:
    """One table on lying A4: its head stands on every page, and no row is broken across two."""
    document = _document(title, under, lying=True)
    found = document.add_table(rows=0, cols=len(headings))
    found.style, found.autofit = "Table Grid", False
    for column, width in zip(found.columns, widths_cm, strict=True):
        column.width = _cm(width)
    for number, texts in enumerate((headings, *rows)):
        _line(found, texts, widths_cm, is_head=number == 0)
    return _kept(document)


def _document(title: str, under: str, *, lying: bool = False) -> "Document":
    # Loaded here: a web process that never writes one need not hold it.
    import docx  # noqa: PLC0415
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    document = docx.Document()
    section = document.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.page_width, section.page_height = (long, short) if lying else (short, long)
    if lying:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    _dress(document)
    document.add_heading(title, level=0)
    document.add_paragraph(under)
    return document


def _cm(width: float) -> int:
    from docx.shared import Cm  # noqa: PLC0415

    return Cm(width)


def _kept(document: "Document") -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _dress(document: "Document") -> None:
    """One face for all letters: Word asks for that of Chinese apart, and a theme would overrule both."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name, face, size in (("Normal", _BODY, 12), ("Title", _HEAD, 20), ("Heading 2", _HEAD, 14)):
        style = document.styles[name]
        style.font.name, style.font.size = face, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for letters in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(letters), face)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _fill(table: "Table", rows: Iterable[Row]) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    table.style = "Table Grid"
    table.autofit = False
    for label, text in rows:
        first, second = table.add_row().cells  # type: ignore[no-untyped-call]
        first.width, second.width = Cm(_LABEL_CM), Cm(_TEXT_CM)
        first.text, second.text = label, text


def _line(table: "Table", texts: Sequence[str], widths_cm: Sequence[float], *, is_head: bool) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    row = table.add_row()  # type: ignore[no-untyped-call]
    for mark in ("w:cantSplit", *(("w:tblHeader",) if is_head else ())):
        row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - python-docx has no word for it
    for cell, text, width in zip(row.cells, texts, widths_cm, strict=True):
        cell.width = _cm(width)
        cell.text = text
        for run in cell.paragraphs[0].runs:
            run.font.size, run.font.bold = Pt(_SMALL), is_head

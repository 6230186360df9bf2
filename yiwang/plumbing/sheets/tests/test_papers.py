"""A paper is read back as it was written, in the letters of official papers."""

import io

import docx
from docx.oxml.ns import qn

from yiwang.plumbing.sheets.papers import Part, paper


def test_a_paper_says_what_it_was_given() -> None:
    written = paper(
        "双井街道议程", "2026-03-02", [Part("1. 路灯", [("编号", "1"), ("经过", "上报\n派单")]), Part("完", [])]
    )
    read = docx.Document(io.BytesIO(written))
    assert [one.text for one in read.paragraphs] == ["双井街道议程", "2026-03-02", "1. 路灯", "完"]
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["编号", "1"], ["经过", "上报\n派单"]]


def test_chinese_has_its_own_letters() -> None:
    style = docx.Document(io.BytesIO(paper("议程", "", []))).styles["Title"]
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert style.element.rPr.rFonts.get(qn("w:asciiTheme")) is None

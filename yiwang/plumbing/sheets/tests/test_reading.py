import gzip
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column, read
from yiwang.plumbing.sheets.writing import write

COLUMNS = (Column("code", ("区划代码", "place code"), required=True), Column("name", ("名称",)))


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    assert write(tmp_path / name, ["区划代码", "名称", "备注"], [["010101", "双井", "井"], ["", "", ""]]) == 2
    (row,) = read(tmp_path / name, COLUMNS)
    assert (row.line, row["code"], row["name"], row.extra) == (2, "010101", "双井", {"备注": "井"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_is_read_in_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "list.csv").write_text("Place Code,名称\r\n1,石桥镇\r\n", encoding=encoding)
    assert read(tmp_path / "list.csv", COLUMNS)[0]["name"] == "石桥镇"


def test_a_packed_list_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress(b"code\n7\n"))
    assert [row["code"] for row in read(tmp_path / "list.csv.gz", COLUMNS)] == ["7"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("list.csv", b"name\nx\n", "sheet_lacks_columns"),
        ("list.csv", b"", "sheet_lacks_columns"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "sheet_unreadable"),
        ("list.csv.gz", b"not packed", "sheet_unreadable"),
        ("list.csv", b"code\n" + b"7" * 200_000, "sheet_unreadable"),
        ("list.xlsx", b"PK\x03\x04broken", "sheet_unreadable"),
        ("list.docx", b"PK\x03\x04of another program", "sheet_unreadable"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "sheet_of_old_excel"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(tmp_path / name, COLUMNS)
    assert refused.value.code == code


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    write(tmp_path / "list.csv", ["code"], [["=1+1"]])
    assert "'=1+1" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-", "@here", "'=1", "''-2", "'quoted", "plain"])
def test_what_was_made_harmless_comes_back_as_it_was(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, ["code", text], [[text, text]])
    (row,) = read(tmp_path / name, COLUMNS)
    assert (row["code"], row.extra) == (text, {text: text})


def test_no_heading_becomes_a_formula(tmp_path: Path) -> None:
    write(tmp_path / "list.csv", ["code", "=1+1"], [])
    assert "'=1+1" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")


def excel(path: Path, *rows: Sequence[object], merged: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_excels_numbers_days_and_gaps_are_read_as_people_see_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["code", "名称", "起"],
        [990101001.0, 7, date(2026, 3, 2)],
        [],
        [990101002, None, None],
    ]
    first, last = read(excel(tmp_path / "list.xlsx", *rows), COLUMNS)
    assert (first.line, first["code"], first["name"], first.extra) == (2, "990101001", "7", {"起": "2026-03-02"})
    assert (last.line, last["code"], last["name"]) == (4, "990101002", "")


def test_a_merged_cell_belongs_to_its_first_row_only(tmp_path: Path) -> None:
    path = excel(tmp_path / "list.xlsx", ["code", "名称"], ["1", "双井"], ["2", "x"], merged="B2:B3")
    assert [row["name"] for row in read(path, COLUMNS)] == ["双井", ""]


def test_a_sheet_formatted_to_its_end_has_only_the_rows_with_something_in_them(tmp_path: Path) -> None:
    path = excel(tmp_path / "list.xlsx", ["code"], ["1"], *[[None]] * 20_000, ["2"])
    assert [row.line for row in read(path, COLUMNS)] == [2, 20_003]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["code"], [9.9010100100100099e17]], "sheet_number_rounded"),
        ([["code", "备注", "备注"], ["1", "2", "3"]], "sheet_heading_twice"),
        ([["code", "Code"], ["1", "2"]], "sheet_heading_twice"),
    ],
)
def test_what_would_be_read_wrongly_is_refused(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(excel(tmp_path / "list.xlsx", *rows), COLUMNS)
    assert refused.value.code == code

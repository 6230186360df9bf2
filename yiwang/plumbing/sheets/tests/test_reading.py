import gzip
from pathlib import Path

import pytest

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
        ("list.xlsx", b"PK\x03\x04broken", "sheet_unreadable"),
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

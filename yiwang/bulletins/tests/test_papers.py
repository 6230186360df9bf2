"""Papers of a bulletin say what was published, are made once, and are signed with it; both open again."""

import hashlib
import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.bulletins import actions, jobs
from yiwang.bulletins.models import Paper
from yiwang.bulletins.queries import papers_of
from yiwang.bulletins.rules import first_before, shown
from yiwang.cases.tests.make import MONDAY, closed, make_lamp, reported
from yiwang.insight import actions as counting
from yiwang.insight import publishing
from yiwang.insight.models import Bulletin
from yiwang.insight.rules.bulletins import PUBLISHED, Kind
from yiwang.plumbing.files import queries as files

APRIL_2 = datetime(2026, 4, 2, 9, tzinfo=timezone.get_default_timezone())
MARCH = date(2026, 3, 1)
ADDRESS = "https://yiwang.example"


@pytest.fixture(autouse=True)
def _shelf(settings: Settings, tmp_path: Path, town: Town) -> None:
    keep_files_in(tmp_path, settings)
    settings.CSRF_TRUSTED_ORIGINS = [ADDRESS]
    make_lamp()


def published(town: Town) -> Bulletin:
    closed(town)
    reported(town)
    counting.follow(now=MONDAY)
    publishing.publish(town.county.code, Kind.MONTH, MARCH, now=APRIL_2, as_of=timezone.now())
    return Bulletin.objects.get(place=town.county.code)


def opened(kept: Bulletin, form: str) -> bytes:
    papers = papers_of(kept)
    assert papers is not None
    file = files.opened(papers.links[form])
    assert file is not None
    return file.stream.read()


def words_of(paper: Any) -> str:
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_word_document_says_what_was_published_and_leads_to_the_cases(town: Town) -> None:
    kept = published(town)
    assert actions.make_papers(now=APRIL_2) == 3
    paper = Document(io.BytesIO(opened(kept, "docx")))
    words = words_of(paper)
    assert f"{town.county.name} 月总结" in words
    assert "2026-03-01 – 2026-03-31" in words
    for expected in (
        "上报 2 件",
        "100.00%",
        "v1",
        "规则第",
        town.two_wells.name,
        "按板块",
        bytes(kept.signature).hex(),
    ):
        assert expected in words
    figures = paper.tables[0]
    assert len(figures.rows) == len(PUBLISHED) + 1
    links = {part.target_ref for part in paper.part.rels.values() if part.is_external}
    assert f"{ADDRESS}/figures/closure_rate/cases?place={town.county.code}&from=2026-03-01&to=2026-03-31" in links
    assert len(paper.inline_shapes) == 1


def test_the_book_holds_numbers_and_charts_that_excel_draws(town: Town) -> None:
    kept = published(town)
    actions.make_papers(now=APRIL_2)
    book: Any = load_workbook(io.BytesIO(opened(kept, "xlsx")))
    assert book.sheetnames[:2] == ["指标", "逐日"]
    lines = {row[0].value: row for row in book["指标"].iter_rows(min_row=4)}
    assert (lines["结案率"][1].value, lines["结案率"][3].value, lines["结案率"][5].value) == (1, 50, "v1")
    assert lines["结案率"][3].hyperlink.target.startswith(f"{ADDRESS}/figures/closure_rate/cases")
    daily = book["逐日"]
    assert daily.max_row == 32
    assert sum(daily.cell(row, 2).value for row in range(2, 33)) == 2
    assert len(daily._charts) == 1
    assert all(len(sheet._charts) == 1 for sheet in book.worksheets[1:])


def test_papers_are_made_once_never_changed_and_signed_with_the_bulletin(town: Town) -> None:
    kept = published(town)
    run: Any = jobs.make_papers
    run(0)
    papers = papers_of(kept)
    assert papers is not None
    assert papers.is_signed
    assert papers.hashes["docx"] == hashlib.sha256(opened(kept, "docx")).hexdigest()
    assert actions.make_papers(now=APRIL_2) == 0
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        Paper.objects.update(docx_sha256="0" * 64)
    kept.signature = b"another"
    again = papers_of(kept)
    assert again is not None
    assert not again.is_signed


def test_a_file_that_was_exchanged_is_not_handed_out_as_signed(town: Town) -> None:
    from yiwang.plumbing.files.models import StoredFile

    kept = published(town)
    actions.make_papers(now=APRIL_2)
    paper = Paper.objects.get(place=kept.place)
    StoredFile.objects.filter(pk=paper.docx).update(sha256=paper.xlsx_sha256)
    papers = papers_of(kept)
    assert papers is not None
    assert set(papers.links) == {"xlsx"}


def test_a_day_is_drawn_with_its_fortnight_and_stands_beside_the_day_before(town: Town) -> None:
    closed(town)
    counting.follow(now=MONDAY)
    for day in (1, 2, 3):
        publishing.publish(town.county.code, Kind.DAY, date(2026, 3, day), now=APRIL_2)
    assert actions.make_papers(now=APRIL_2) == 9
    kept = Bulletin.objects.get(place=town.county.code, first=date(2026, 3, 3))
    book: Any = load_workbook(io.BytesIO(opened(kept, "xlsx")))
    assert book["逐日"].max_row == 15
    lines = {row[0].value: row for row in book["指标"].iter_rows(min_row=4)}
    before = publishing.said_by(Bulletin.objects.get(place=town.county.code, first=date(2026, 3, 2)))
    assert lines["上报"][4].value == next(one.value for one in before.figures if one.name == "reported")


def test_drawing_stays_outside_of_this_process(town: Town) -> None:
    published(town)
    actions.make_papers(now=APRIL_2)
    assert "matplotlib" not in sys.modules


def test_figures_are_printed_as_bulletins_print_them() -> None:
    assert [shown(93.7, "per_cent"), shown(None, "hours"), shown(1234, "cases"), shown(3.14, "hours")] == [
        "93.70%", "—", "1,234", "3.1",
    ]  # fmt: skip
    assert first_before(Kind.MONTH, date(2026, 3, 1)) == date(2026, 2, 1)
    assert first_before(Kind.WEEK, date(2026, 3, 2)) == date(2026, 2, 23)

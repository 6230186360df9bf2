"""The agenda of a meeting, on the screen and as a document that names no reporter."""

import io

import docx
import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.leader.tests.committee import before_the_committee, decided, sitting
from yiwang.meetings.models import Entry, Meeting
from yiwang.people.models import Person, Post
from yiwang.plumbing.audit.models import Entry as Trail
from yiwang.supervision.tests.make import make_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(town: Town) -> tuple[Person, Post]:
    make_lamp()
    return make_leader(town)


def read(sheet: bytes) -> str:
    """All that stands in a document, one line a paragraph or row."""
    document = docx.Document(io.BytesIO(sheet))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += ["：".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(lines)


def test_the_points_lead_to_what_is_decided_about_them(town: Town, leader: tuple[Person, Post]) -> None:
    item, meeting = before_the_committee(town), sitting(town, leader[0])
    lu = at_the_desk(leader[0])
    page = lu.get(f"/meetings/{meeting.pk}").content.decode()
    assert f"/meetings/items/{item.pk}" in page
    assert "还有 1 件没有议定包案领导" in page
    decided(item, meeting, leader)
    page = lu.get(f"/meetings/{meeting.pk}").content.decode()
    assert "十日内修好线路" in page
    assert "还有 1 件" not in page
    assert lu.post(f"/meetings/{meeting.pk}/end", {"do": "close"})["Location"] == f"/meetings/{meeting.pk}"
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert "meeting-end" not in lu.get(f"/meetings/{meeting.pk}").content.decode()


def test_the_sheet_says_all_that_the_committee_must_know_and_no_reporter(
    town: Town, leader: tuple[Person, Post]
) -> None:  # fmt: skip
    item, meeting = before_the_committee(town), sitting(town, leader[0])
    decided(item, meeting, leader)
    answer = at_the_desk(leader[0]).get(f"/meetings/{meeting.pk}.docx")
    assert answer["Content-Disposition"].endswith('.docx"')
    said = read(answer.content)
    for words in (
        "双井街道“末尾议题”议程", meeting.day.isoformat(), "主持：双井街道办事处", written(item.case),
        "井巷口的路灯又不亮了", "井巷第一网格", "上会原因：重办 2 次", "现承办：云岭县自来水公司",
        "派单", f"包案领导：{leader[0].name}",
        "十日内修好线路", "上次会议以来",
    ):  # fmt: skip
        assert words in said, words
    assert "蓝晓雨" not in said
    assert "13857924681" not in said
    assert Trail.objects.filter(act="export_agenda").exists()


def test_what_is_confidential_is_not_told_on_paper(town: Town, leader: tuple[Person, Post]) -> None:
    item, meeting = before_the_committee(town), sitting(town, leader[0])
    Case.objects.filter(number=item.case).update(secrecy="confidential")
    said = read(at_the_desk(leader[0]).get(f"/meetings/{meeting.pk}.docx").content)
    assert written(item.case) in said
    assert "井巷口" not in said


def test_a_meeting_without_points_has_a_sheet_too(town: Town, leader: tuple[Person, Post]) -> None:
    meeting = sitting(town, leader[0])
    assert "没有议题。" in read(at_the_desk(leader[0]).get(f"/meetings/{meeting.pk}.docx").content)


def test_calling_off_needs_a_reason(town: Town, leader: tuple[Person, Post]) -> None:
    meeting, lu = sitting(town, leader[0]), at_the_desk(leader[0])
    assert lu.post(f"/meetings/{meeting.pk}/end", {"do": "call_off"}).status_code == 422
    assert lu.post(f"/meetings/{meeting.pk}/end", {"do": "call_off", "text": "改期"}).status_code == 302
    assert Meeting.objects.get().text == "改期"
    assert "改期" in lu.get(f"/meetings/{meeting.pk}").content.decode()


def test_it_does_not_exist_for_strangers(town: Town, leader: tuple[Person, Post]) -> None:
    meeting = sitting(town, leader[0])
    assert Client().get(f"/meetings/{meeting.pk}")["Location"] == f"/sign-in?next=/meetings/{meeting.pk}"
    for stranger in (town.ding, town.wen, town.mei):
        client = at_the_desk(stranger)
        assert client.get(f"/meetings/{meeting.pk}").status_code == 404
        assert client.get(f"/meetings/{meeting.pk}.docx").status_code == 404
        assert client.post(f"/meetings/{meeting.pk}/end", {"do": "close"}).status_code == 404
    assert not Entry.objects.filter(meeting=meeting.pk).exists()


def test_more_points_cost_no_more_queries(town: Town, leader: tuple[Person, Post]) -> None:
    item, meeting = before_the_committee(town), sitting(town, leader[0])
    decided(item, meeting, leader)
    lu = at_the_desk(leader[0])
    one = queries_of(lu, f"/meetings/{meeting.pk}")
    before_the_committee(town)
    before_the_committee(town)
    assert len(lu.get(f"/meetings/{meeting.pk}").context["points"]) == 3
    assert queries_of(lu, f"/meetings/{meeting.pk}") == one <= MOST_QUERIES

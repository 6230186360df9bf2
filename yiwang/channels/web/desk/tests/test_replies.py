"""Replies to look at: for the post that wrote them, the head of its unit, and whoever supervises the ground."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.leader.tests.test_leader import in_hand
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.replies import queries
from yiwang.replies.actions import look_at

pytestmark = pytest.mark.django_db
VAGUE, PASSED_ON = "已处理完毕", "已转相关部门"


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def replied(town: Town, *notes: str) -> list[int]:
    """Cases that the water company finished with these words."""
    numbers, now = [in_hand(town) for _ in notes], timezone.now()
    wen = acting(town.wen, on=timezone.localdate())
    for number, note in zip(numbers, notes, strict=True):
        actions.finish(number, evidence=actions.Brought(note), by=wen, now=now)
        with standing_on(EVERYWHERE):
            look_at(number, now=now)
    return numbers


def test_whoever_wrote_them_and_whoever_supervises_read_each_with_its_case(town: Town) -> None:
    first, second = replied(town, VAGUE, PASSED_ON)
    for person in (town.wen, town.gu):
        page = at_the_desk(person).get("/replies")
        assert [(one.number, one.reply) for one, _ in page.context["lines"]] == [(second, PASSED_ON), (first, VAGUE)]
        assert f'href="/cases/{written(first)}"' in page.content.decode()


def test_a_figure_leads_to_exactly_the_replies_that_it_counts(town: Town) -> None:
    replied(town, VAGUE, PASSED_ON, PASSED_ON)
    wen = at_the_desk(town.wen)
    for tab in wen.get("/replies").context["tabs"]:
        lines = wen.get("/replies", {"flaw": tab.flaw}).context["lines"]
        assert len(lines) == tab.replies
        assert all(tab.flaw in one.flaws for one, _ in lines)


def test_what_was_sealed_since_is_not_shown(town: Town) -> None:
    [number] = replied(town, VAGUE)
    Case.objects.filter(number=number).update(secrecy="sealed")
    assert at_the_desk(town.gu).get("/replies").context["lines"] == []


def test_strangers_see_none_of_it(town: Town) -> None:
    replied(town, VAGUE)
    ding = acting(town.ding, on=timezone.localdate())
    assert queries.sent(ding, since=timezone.now() - timedelta(days=1)) == ([], None)
    assert queries.counted(ding, since=timezone.now() - timedelta(days=1)) == []
    for person in (town.ding, town.ning):
        assert at_the_desk(person).get("/replies").status_code == 404
    assert at_the_desk(town.wen).get("/replies", {"flaw": "rude"}).status_code == 404
    assert Client().get("/replies")["Location"] == "/sign-in?next=/replies"


def test_the_list_is_taken_away_with_a_line_in_the_trail(town: Town) -> None:
    replied(town, VAGUE)
    taken = at_the_desk(town.wen).get("/replies.csv")
    assert VAGUE in b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert Entry.objects.filter(act="take_list", subject="replies").count() == 1


def test_three_replies_cost_no_more_queries_than_one(town: Town) -> None:
    wen = at_the_desk(town.wen)
    replied(town, VAGUE)
    one = queries_of(wen, "/replies")
    replied(town, PASSED_ON, VAGUE)
    assert queries_of(wen, "/replies") == one <= MOST_QUERIES

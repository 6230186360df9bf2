"""What others have told already is shown before a report is sent, and joined by whoever says it is the same."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import make_lamp, reported
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
WORDS = "井巷口的路灯不亮了"


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    with standing_on(EVERYWHERE):
        make_lamp()
    return town_behind_the_wall


def told(town: Town, **more: Any) -> dict[str, Any]:
    places = [town.county.code, town.two_wells.code, town.well_lane.code, town.lane_grid.code]
    return {"text": WORDS, "place": places, **more}


def first(town: Town, **more: Any) -> int:
    with standing_on(EVERYWHERE):
        given = {"text": "蓝家门口的灯坏了", "address": "蓝家门口", "name": "蓝晓雨", "phone": "13857924681"}
        return reported(town, item="LAMP", **given | more)


def cases() -> list[Case]:
    with standing_on(EVERYWHERE):
        return list(Case.objects.order_by("opened_at", "number"))


def offered(page: Any) -> list[str]:
    return re.findall(r'name="same" value="([^"]+)"', page.content.decode())


def test_nothing_is_sent_before_it_was_seen_that_another_told_the_same(town: Town) -> None:
    first(town)
    page = Client().post("/report", told(town))
    assert page.status_code == 200
    said = page.content.decode()
    assert "这个问题已有人反映？" in said
    assert "还没有提交" in said
    assert WORDS in said
    assert len(cases()) == 1
    for private in ("蓝家门口", "蓝晓雨", "13857924681", str(cases()[0].number)):
        assert private not in said


def test_whoever_joins_gets_a_number_and_follows(town: Town) -> None:
    known = first(town)
    client = Client()
    chosen, other = offered(client.post("/report", told(town)))
    assert other == "other"
    page = client.post("/report", told(town, same=chosen), follow=True)
    mine = next(case for case in cases() if case.number != known)
    assert (mine.merged_into, mine.text) == (known, WORDS)
    said = page.content.decode()
    assert "与他人的反映合并办理" in said
    assert "蓝家门口" not in said
    # The newest stands first, also of what happened at one moment.
    told_of = [event.words for event in page.context["events"]]
    assert told_of == ["您选择了并入已有反映，一并办理。", "您反映的问题已收到。"]


def test_whoever_says_it_is_another_matter_opens_a_case(town: Town) -> None:
    first(town)
    assert Client().post("/report", told(town, same="other")).status_code == 302
    assert [case.merged_into for case in cases()] == [None, None]


def test_a_number_that_was_not_offered_cannot_be_joined(town: Town) -> None:
    known = first(town)
    for guessed in (f"{known}", f"{known}:abc:def", "AAAA", "Ω"):
        Client().post("/report", told(town, same=guessed))
    assert {case.merged_into for case in cases()} == {None}
    assert len(cases()) == 5


def test_what_is_chosen_stays_chosen_when_the_form_is_refused(town: Town) -> None:
    first(town)
    client = Client()
    chosen = offered(client.post("/report", told(town)))[0]
    refused = client.post("/report/similar", told(town, same=chosen)).content.decode()
    assert refused.count(" checked") == 1
    assert 'value="other" checked' not in refused


def test_the_part_is_asked_for_while_one_writes(town: Town) -> None:
    first(town)
    assert len(offered(Client().post("/report/similar", told(town)))) == 2
    assert offered(Client().post("/report/similar", told(town, text="别的事"))) == []
    assert offered(Client().post("/report/similar", {"text": WORDS})) == []
    assert Client().get("/report/similar").status_code == 405


def test_who_asks_too_often_is_shown_nothing_and_may_still_report(town: Town, settings: Settings) -> None:
    first(town)
    settings.RATE_LIMIT = "2/hour"
    client = Client(REMOTE_ADDR="10.2.0.7")
    assert [len(offered(client.post("/report/similar", told(town)))) for _ in range(3)] == [2, 2, 0]
    assert client.post("/report", told(town)).status_code == 302


def test_more_that_are_alike_cost_no_more_questions(
    town: Town, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    counts = []
    for _ in range(2):
        first(town)
        Client().post("/report/similar", told(town))
        with django_assert_max_num_queries(MOST_QUERIES) as asked:
            Client().post("/report/similar", told(town))
        counts.append(len(asked))
    assert counts[0] == counts[1]

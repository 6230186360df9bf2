"""What waits for whoever works outside."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import dispatched, finished, in_hand, make_lamp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def waiting(client: Client) -> list[tuple[str, int]]:
    page = client.get("/today", headers={"Accept-Language": "en"})
    return [(asks, turn.case.number) for asks, turn in page.context["waiting"]]


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    assert at_the_desk(town.ning).get("/today").status_code == 404
    assert Client().get("/today")["Location"] == "/sign-in?next=/today"


def test_what_is_given_to_my_post_and_what_i_am_to_check_stand_in_one_list(town: Town) -> None:
    new, old, done = dispatched(town), in_hand(town), finished(town)
    assert set(waiting(at_the_desk(town.wen))) == {("To sign for", new), ("In hand", old)}
    assert waiting(at_the_desk(town.bo)) == [("To check", done)]


def test_a_stranger_finds_nothing_of_it(town: Town) -> None:
    dispatched(town)
    finished(town)
    assert waiting(at_the_desk(town.ding)) == []


def test_the_most_pressing_stands_first(town: Town) -> None:
    for make in (in_hand, dispatched, in_hand, dispatched):
        make(town)
    page = at_the_desk(town.wen).get("/today")
    dues = [turn.due_at for _, turn in page.context["waiting"]]
    assert len(dues) == 4
    assert dues == sorted(dues)


def test_a_case_with_a_position_carries_it_for_the_script(town: Town) -> None:
    dispatched(town, position=(108.123456, 30.9))
    page = at_the_desk(town.wen).get("/today").content.decode()
    assert 'data-lon="108.123456" data-lat="30.900000"' in page


def test_three_cases_cost_no_more_queries_than_one(town: Town) -> None:
    dispatched(town)
    wen = at_the_desk(town.wen)
    one = queries_of(wen, "/today")
    dispatched(town)
    in_hand(town)
    assert queries_of(wen, "/today") == one <= MOST_QUERIES

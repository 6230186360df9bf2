"""What waits for whoever works outside."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting
from yiwang.cases.tests.make import as_, at, checked, dispatched, finished, in_hand, make_lamp
from yiwang.forms.tests.make import asked
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def waiting(client: Client, kind: str = "") -> list[tuple[str, int]]:
    page = client.get("/today", {"kind": kind}, headers={"Accept-Language": "en"})
    return [(one.asks, one.turn.case.number) for one in page.context["waiting"]]


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    ning = at_the_desk(town.ning)
    assert {ning.get(address).status_code for address in ("/today", "/today/list")} == {404}
    assert Client().get("/today")["Location"] == "/sign-in?next=/today"


def test_what_is_given_to_my_post_and_what_i_am_to_check_stand_in_one_list(town: Town) -> None:
    new, old, done = dispatched(town), in_hand(town), finished(town)
    assert set(waiting(at_the_desk(town.wen))) == {("To sign for", new), ("In hand", old)}
    assert waiting(at_the_desk(town.bo)) == [("To check", done)]


def test_one_kind_can_be_picked_out(town: Town) -> None:
    new, old = dispatched(town), in_hand(town)
    wen = at_the_desk(town.wen)
    assert waiting(wen, "sign") == [("To sign for", new)]
    assert waiting(wen, "handle") == [("In hand", old)]
    assert waiting(wen, "check") == []
    assert len(waiting(wen, "nonsense")) == 2


def test_what_stands_still_says_until_when_and_no_time_runs(town: Town) -> None:
    number = in_hand(town)
    cases.ask_pause(number, until=at(days=2), reason="等灯泡到货", by=as_(town.wen), now=at(hours=1))
    cases.grant_pause(number, by=as_(town.gu), now=at(hours=1))
    wen = at_the_desk(town.wen)
    row = wen.get("/today").content.decode().partition('<span class="asks">')[2].partition('<span class="words">')[0]
    head = wen.get(f"/today/{number}").content.decode().partition('class="facts-line"')[2].partition("</p>")[0]
    for shown, until in ((row, "至 03-04 09:30"), (head, "至 2026-03-04 09:30")):
        assert "已挂起" in shown
        assert until in shown
        assert "超期" not in shown
        assert "办理中" not in shown


def test_a_call_waits_for_whoever_calls_back(town: Town) -> None:
    number = checked(town, phone="13800000001")
    give(town.bo, [Duty.CALL_BACK], ground=town.two_wells)
    assert waiting(at_the_desk(town.bo)) == [("To call", number)]


def test_what_is_to_be_checked_opens_beside_its_photos_and_the_rest_as_a_case(town: Town) -> None:
    done, new = finished(town), dispatched(town)
    assert f'href="/today/{done}/check"' in at_the_desk(town.bo).get("/today").content.decode()
    assert f'href="/today/{new}"' in at_the_desk(town.wen).get("/today").content.decode()


def test_a_stranger_finds_nothing_of_it(town: Town) -> None:
    dispatched(town)
    finished(town)
    assert waiting(at_the_desk(town.ding)) == []


def test_the_most_pressing_stands_first(town: Town) -> None:
    for make in (in_hand, dispatched, in_hand, dispatched):
        make(town)
    page = at_the_desk(town.wen).get("/today")
    dues = [one.turn.due_at for one in page.context["waiting"]]
    assert len(dues) == 4
    assert dues == sorted(dues)


def test_a_case_with_a_position_carries_it_for_the_script(town: Town) -> None:
    dispatched(town, position=(108.123456, 30.9))
    page = at_the_desk(town.wen).get("/today").content.decode()
    assert 'data-lon="108.123456" data-lat="30.900000"' in page


def test_on_a_map_each_leads_where_its_line_would(town: Town) -> None:
    number = finished(town, position=(108.1, 30.9))
    finished(town)
    page = at_the_desk(town.bo).get("/today?view=map")
    (spot,) = page.context["spots"]
    assert (spot["lon"], spot["lat"], spot["href"]) == (108.1, 30.9, f"/today/{number}/check")
    assert page.context["grounds"] == [town.lane_grid.code]


def test_a_form_lies_nowhere_and_no_map_is_offered_for_it(town: Town) -> None:
    now = timezone.now()
    asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)
    finished(town, position=(108.1, 30.9))
    bo = at_the_desk(town.bo)
    everything = bo.get("/today?view=map").content.decode()
    assert 'href="/today?kind=form"' in everything
    for address in ("/today?kind=form", "/today?view=map&kind=form"):
        page = bo.get(address).content.decode()
        assert "水井摸底" in page
        assert 'class="views"' not in page
        assert 'id="map"' not in page


def test_where_nothing_has_a_position_the_map_says_so(town: Town) -> None:
    finished(town)
    page = at_the_desk(town.bo).get("/today?view=map&kind=check", headers={"Accept-Language": "en"}).content.decode()
    assert "Nothing of what waits has a position." in page
    assert 'href="/today?kind=check"' in page
    assert 'id="map"' not in page


def test_the_list_is_sent_again_only_when_somebody_changed_it(town: Town) -> None:
    dispatched(town)
    wen = at_the_desk(town.wen)
    first = wen.get("/today/list")
    assert wen.get("/today/list", headers={"If-None-Match": first["ETag"]}).status_code == 304
    dispatched(town)
    assert wen.get("/today/list", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_three_cases_cost_no_more_queries_than_one(town: Town) -> None:
    dispatched(town)
    give(town.wen, [Duty.CALL_BACK, Duty.CHECK, Duty.APPROVE], ground=town.two_wells)
    wen = at_the_desk(town.wen)
    one = queries_of(wen, "/today")
    dispatched(town)
    in_hand(town)
    assert queries_of(wen, "/today") == one <= MOST_QUERIES
    assert queries_of(wen, "/today?view=map") <= MOST_QUERIES

"""A worker reports what they found, and settles small things at once."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import shapely
from django.test import Client
from pytest_django import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import State, written
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.tests.case_bench import desk, prepared, shot
from yiwang.channels.web.worker.tests.test_move import JSON, kept
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.places.tests.make import make_boundary, make_place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/today/report"
WORDS = "井巷口的路灯不亮了"
SPOT = {"item": "SPOT", "settle": "on", "note": "当场清理干净"}


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    town = prepared(town_behind_the_wall, tmp_path, settings)
    with standing_on(EVERYWHERE):
        make_item(
            "SPOT",
            on_the_spot=True,
            name="乱扔垃圾",
            evidence=Evidence(photos=2, before_and_after=True, within_metres=50),
        )
    forget()
    return town


@pytest.fixture
def bo(town: Town) -> Client:
    return desk(town.bo)


def cases() -> list[Case]:
    with standing_on(EVERYWHERE):
        return list(Case.objects.order_by("number"))


def the_case() -> Case:
    (only,) = cases()
    return only


def both(lon: float = 106.0, lat: float = 30.0) -> dict[str, Any]:
    return {"before_sent": [f"{kept()} {lon} {lat}"], "after_sent": [f"{kept()} {lon} {lat}"], "lon": lon, "lat": lat}


def test_it_does_not_exist_for_whoever_reports_nothing(town: Town) -> None:
    ning = desk(town.ning)
    assert {ning.get(one).status_code for one in (PAGE, f"{PAGE}/where")} == {404}
    assert ning.post(f"{PAGE}/item", {"text": WORDS}).status_code == 404
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"


def test_a_few_words_are_a_report_on_ones_own_ground(town: Town, bo: Client) -> None:
    answer = bo.post(PAGE, {"text": WORDS, "key": str(uuid4())})
    case = the_case()
    assert answer["Location"] == f"/today/{written(case.number)}"
    assert (case.told, case.teller, case.place) == ("worker", f"person:{town.bo.pk}", town.lane_grid.code)
    assert case.item is not None
    assert case.item.code == "LAMP"
    assert written(case.number) in bo.get(answer["Location"]).content.decode()


def test_whoever_chose_what_it_is_need_not_say_it_in_words(bo: Client) -> None:
    bo.post(PAGE, {"text": "", "item": "SPOT", "before_sent": [kept()]})
    assert (the_case().text, len(the_case().photos)) == ("乱扔垃圾", 1)


def test_a_report_that_says_nothing_is_refused(bo: Client) -> None:
    refused = bo.post(PAGE, {"text": " ", "before_sent": [f"{kept()} 106.0 30.0"]})
    assert refused.status_code == 422
    assert 'name="before_sent"' in refused.content.decode()
    assert cases() == []


def test_the_position_says_where(town: Town, bo: Client) -> None:
    with standing_on(EVERYWHERE):
        make_boundary(town.lane_grid.code, shapely.box(106, 30, 106.01, 30.01))
        make_boundary(town.upper_lane.code, shapely.box(106.02, 30, 106.03, 30.01))
    forget()
    found = bo.get(f"{PAGE}/where", {"lon": "106.005", "lat": "30.005"})
    assert found.context["place"] == town.lane_grid.code
    bo.post(PAGE, {"text": WORDS, "lon": 106.025, "lat": 30.005})
    case = the_case()
    # Elsewhere a worker tells what any resident may tell, and follows it as any resident does.
    assert (case.place, case.told) == (town.upper_lane.code, "resident")


def test_the_item_is_read_from_the_words(bo: Client) -> None:
    assert bo.post(f"{PAGE}/item", {"text": WORDS}).json() == {"item": "LAMP"}
    assert bo.post(f"{PAGE}/item", {"text": "嗯"}).json() == {"item": ""}


def test_a_small_matter_is_reported_and_settled_in_one_go(town: Town, bo: Client) -> None:
    answer = bo.post(PAGE, {"key": str(uuid4()), **SPOT, **both()}, headers=JSON)
    case = the_case()
    assert answer.json() == {"address": f"/today/{written(case.number)}", "number": written(case.number)}
    assert (case.state, case.lead_id, len(case.photos)) == (State.FINISHED, town.bos_post.pk, 1)
    with standing_on(EVERYWHERE):
        moves = list(Step.objects.filter(number=case.number).order_by("seq").values_list("move", flat=True))
    assert moves == ["report", "settle"]


def test_what_lacks_evidence_is_neither_settled_nor_reported(bo: Client) -> None:
    given = both() | {"after_sent": []}
    refused = bo.post(PAGE, {**SPOT, **given})
    assert refused.status_code == 422
    assert "photos before and after" in refused.content.decode()
    assert cases() == []
    assert bo.post(PAGE, {**SPOT, "note": " ", **both()}).status_code == 422


def test_an_item_that_may_not_be_settled_here_is_refused(bo: Client) -> None:
    assert bo.post(PAGE, {**SPOT, "item": "LAMP", **both()}).status_code == 422
    assert cases() == []


def test_the_same_form_sent_twice_is_one_matter_settled_once(bo: Client) -> None:
    given = {"key": str(uuid4()), **SPOT, **both()}
    first, second = (bo.post(PAGE, given) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert the_case().state == State.FINISHED


def test_the_same_form_with_other_words_asks_first(bo: Client) -> None:
    key = str(uuid4())
    bo.post(PAGE, {"text": WORDS, "key": key})
    asked = bo.post(PAGE, {"text": "另一盏也不亮", "key": key})
    assert asked.status_code == 422
    assert asked.context["form"]["key"].value() != key


def test_whoever_may_not_see_the_case_follows_it_as_its_reporter(town: Town) -> None:
    """A building head tells of something beyond their own building."""
    with standing_on(EVERYWHERE):
        give(town.lan, [Duty.REPORT, Duty.VISIT], ground=town.yard)
    lan = desk(town.lan)
    assert lan.get("/today").status_code == 200
    answer = lan.post(PAGE, {"text": WORDS, "place": [town.upper_lane.code]})
    assert answer["Location"].startswith(f"/r/{the_case().number}?secret=")


def test_a_street_chief_who_stands_on_the_street_tells_of_the_street(town: Town) -> None:
    """It crosses grids of others: the position alone would make it theirs, and nothing that the chief may see."""
    with standing_on(EVERYWHERE):
        street = make_place(f"{town.two_wells.code}R001", "井巷大街", kind="road")
        make_boundary(street.code, shapely.LineString([(106, 30.001), (106.01, 30.001)]))
        make_boundary(town.lane_grid.code, shapely.box(106, 30, 106.01, 30.01))
        give(town.lan, [Duty.REPORT, Duty.CHECK], ground=street)
    forget()
    lan, on_it, off_it = desk(town.lan), {"lon": "106.005", "lat": "30.0013"}, {"lon": "106.005", "lat": "30.003"}
    assert "井巷大街" in lan.get(f"{PAGE}/where", on_it).content.decode()
    assert "井巷第一网格" in lan.get(f"{PAGE}/where", off_it).content.decode()
    answer = lan.post(PAGE, {"text": WORDS, **on_it})
    case = the_case()
    assert answer["Location"] == f"/today/{written(case.number)}"
    assert (case.told, case.place, case.lon, case.lat) == ("worker", street.code, 106.005, 30.0013)
    lan.post(PAGE, {"text": WORDS, **off_it})
    assert cases()[1].place == town.lane_grid.code


def test_photos_come_with_the_form_where_no_script_sends_them(bo: Client) -> None:
    bo.post(PAGE, {"text": WORDS, "before": [shot(), shot()]})
    assert len(the_case().photos) == 2


def test_settling_is_for_ones_own_ground(town: Town, bo: Client) -> None:
    refused = bo.post(PAGE, {**SPOT, **both(), "place": [town.upper_lane.code]})
    assert refused.status_code == 422
    assert cases() == []


def test_it_asks_few_queries(bo: Client) -> None:
    assert queries_of(bo, PAGE) <= MOST_QUERIES

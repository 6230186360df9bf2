"""A leader notes where they were and what was agreed, and somebody looks again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Note
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.leader.tests.committee import neglected
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.models import Guidance

pytestmark = pytest.mark.django_db


def visit(town: Town, **instead: str) -> dict[str, str]:
    today = timezone.localdate()
    said = {
        "place": f"{town.well_lane.code} 井巷社区",
        "day": today.isoformat(),
        "found": "灯杆锈断",
        "agreed": "三日内更换",
    }
    return said | {"again_by": (today + timedelta(days=3)).isoformat(), "case": ""} | instead


def test_a_visit_is_noted_and_looked_at_again(town: Town) -> None:
    gu = at_the_desk(town.gu)
    assert gu.post("/guidance/new", visit(town))["Location"] == "/guidance"
    first = Guidance.objects.get()
    page = gu.get("/guidance").content.decode()
    assert "灯杆锈断" in page
    assert f"?follows={first.pk}" in page
    assert "三日内更换" in gu.get("/guidance", {"follows": first.pk}).content.decode()
    gu.post("/guidance/new", visit(town, follows=str(first.pk), found="已换", again_by=""))
    assert Guidance.objects.get(follows=first.pk).found == "已换"
    assert "已复查" in gu.get("/guidance").content.decode()


def test_what_was_not_looked_at_again_in_time_is_shown(town: Town) -> None:
    gu, today = at_the_desk(town.gu), timezone.localdate()
    past = {"day": (today - timedelta(days=9)).isoformat(), "again_by": (today - timedelta(days=2)).isoformat()}
    gu.post("/guidance/new", visit(town, **past))
    assert "逾期未复查" in gu.get("/guidance").content.decode()


def test_it_is_said_on_its_case_and_lies_where_the_case_does(town: Town) -> None:
    make_lamp()
    number = neglected(town)
    at_the_desk(town.gu).post("/guidance/new", visit(town, place="", case=written(number)))
    assert Guidance.objects.get().place == town.lane_grid.code
    assert "灯杆锈断 → 三日内更换" in Note.objects.get(case=number).text


@pytest.mark.parametrize(
    "instead",
    [{"day": ""}, {"day": "2020-01-01"}, {"again_by": "2020-01-01"}, {"found": " "}, {"agreed": ""}, {"place": "别处"},
     {"place": "990101101"}, {"case": "x"}, {"case": "9901012699999999"}],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(town: Town, instead: dict[str, str]) -> None:
    page = at_the_desk(town.gu).post("/guidance/new", visit(town, **instead))
    assert page.status_code == 422
    assert page.context["wrong_said"]
    assert instead.get("agreed", "三日内更换") in page.content.decode()
    assert not Guidance.objects.exists()


def test_it_does_not_exist_for_strangers(town: Town) -> None:
    gu = at_the_desk(town.gu)
    gu.post("/guidance/new", visit(town))
    assert Client().get("/guidance")["Location"] == "/sign-in?next=/guidance"
    for stranger in (town.wen, town.mei, town.ding, town.bo):
        assert at_the_desk(stranger).get("/guidance").status_code == 404
        assert at_the_desk(stranger).post("/guidance/new", visit(town)).status_code == 404
    assert gu.get("/guidance?follows=0").status_code == 404


def test_nobody_changes_a_record_and_another_town_sees_none(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    at_the_desk(town.gu).post("/guidance/new", visit(town))
    with standing_on([town.stone_bridge.code]):
        assert not Guidance.objects.exists()
    with standing_on(EVERYWHERE):
        assert Guidance.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Guidance.objects.update(found="没有的事")


def test_more_visits_cost_no_more_queries(town: Town) -> None:
    gu = at_the_desk(town.gu)
    gu.post("/guidance/new", visit(town))
    one = queries_of(gu, "/guidance")
    gu.post("/guidance/new", visit(town))
    gu.post("/guidance/new", visit(town))
    assert len(gu.get("/guidance").context["records"]) == 3
    assert queries_of(gu, "/guidance") == one <= MOST_QUERIES


def test_what_is_to_be_looked_at_again_first_stands_first_where_that_is_wanted(town: Town) -> None:
    gu, today = at_the_desk(town.gu), timezone.localdate()
    for days in (9, 2, 5):
        again = (today + timedelta(days=days)).isoformat()
        assert gu.post("/guidance/new", {**visit(town), "again_by": again}).status_code == 302
    for address, wanted in (("/guidance?sort=pressing", [2, 5, 9]), ("/guidance", [5, 2, 9])):
        assert [(one.record.again_by - today).days for one, _ in gu.get(address).context["records"]] == wanted
    text = taken(gu.get("/guidance.csv?sort=pressing")).decode()
    at = [text.index((today + timedelta(days=days)).isoformat()) for days in (2, 5, 9)]
    assert at == sorted(at)


def test_visits_are_narrowed_and_taken_away(town: Town) -> None:
    gu = at_the_desk(town.gu)
    gu.post("/guidance/new", visit(town))
    (one,) = gu.get("/guidance").context["records"]
    place = one[0].record.place
    assert len(gu.get(f"/guidance?place={place}").context["records"]) == 1
    assert gu.get("/guidance?overdue=yes").context["records"] == []
    assert gu.get(f"/guidance?place={town.stone_bridge.code}").context["records"] == []
    assert one[0].record.agreed in taken(gu.get("/guidance.csv")).decode()
    for stranger in (town.ding, town.wen):
        assert at_the_desk(stranger).get("/guidance.csv").status_code == 404

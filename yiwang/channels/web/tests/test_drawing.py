"""What maps show of cases, and to whom which places are drawn."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.rules import State
from yiwang.channels.web.drawing import drawn_for, kind_of, spots_of
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.supervision.rules.clock import Warnings

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def case(hours: float, *, state: State = State.IN_HAND, lon: float | None = 106.05) -> Case:
    lat = None if lon is None else 30.05
    return Case(number=9901012600000017, state=state, next_due_at=NOW + timedelta(hours=hours), lon=lon, lat=lat)


def test_a_cases_sign_says_how_much_time_is_left() -> None:
    assert [kind_of(case(hours), NOW) for hours in (-1, 1, 30)] == ["late", "soon", "calm"]
    assert kind_of(case(-1, state=State.CLOSED), NOW) == "done"


def test_a_cases_own_colours_decide_before_the_last_day() -> None:
    due = NOW + timedelta(hours=30)
    half, nearly = Warnings(NOW, due, due), Warnings(NOW, NOW, due)
    assert [tone(due, NOW - timedelta(seconds=1), half), tone(due, NOW, half), tone(due, NOW, nearly)] == [
        "calm", "half", "soon",
    ]  # fmt: skip
    assert [kind_of(case(30), NOW, one) for one in (half, nearly)] == ["calm", "soon"]
    assert tone(NOW + timedelta(hours=1), NOW, half) == "soon", "another limit than the case's own"


@pytest.mark.django_db
def test_a_point_leads_to_its_case_and_says_nothing_that_was_told() -> None:
    told = case(1)
    told.text, told.contact_name = "张三家漏水", "张三"
    (spot,) = spots_of([told, case(1, lon=None)], NOW, {})
    assert (spot["kind"], spot["lon"], spot["lat"]) == ("soon", 106.05, 30.05)
    assert spot["href"] == "/cases/9901012600000017"
    assert "9901012600000017" in spot["label"]
    assert "张三" not in str(spot)


def drawn(person: Person, place: str) -> dict[str, list[str]]:
    request = RequestFactory().get("/")
    request.user = person
    return drawn_for(request, place)


def test_a_place_is_drawn_with_the_one_around_it_as_far_as_the_reader_stands_on_them(town: Town) -> None:
    forget()
    grid, lane = town.lane_grid.code, town.well_lane.code
    assert drawn(town.mei, grid) == {"places": [grid], "around": [lane]}
    assert drawn(town.bo, grid) == {"places": [grid], "around": []}
    assert drawn(town.ding, grid) == {"places": [], "around": []}


@pytest.mark.django_db
def test_the_box_names_what_it_draws_and_where_everything_comes_from() -> None:
    page = '{% load maps %}{% map points="spots" places=codes around=codes fit="points" pick=True says="x" %}'
    box = Template(page).render(Context({"codes": ["990101", "990102"]}))
    for said in ('data-points="spots"', 'data-places="990101,990102"', "data-pick", 'data-title="x"', "data-base="):
        assert said in box
    assert 'data-outlines="/ground/CODE/outline"' in box

"""The load of grid workers: who sees it, who is over the limit, which unit asks most, what was asked twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.cases.rules import written
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.forms.tests import make as forms
from yiwang.workload.models import Asked, Twice
from yiwang.workload.rules import Kind, Repeated, monday_of

pytestmark = pytest.mark.django_db
CASE = 9901012600000007


@pytest.fixture
def gu(town: Town) -> Client:
    """Gu supervises Two Wells."""
    return at_the_desk(town.gu)


def asked(town: Town, kind: Kind, *, person: int, unit: int = 0, times: int = 1, weeks_ago: int = 0) -> None:
    week = monday_of(timezone.localdate()) - timedelta(weeks=weeks_ago)
    Asked.objects.create(
        county="990101", place=town.lane_grid.code, week=week, person=person, post=town.bos_post.pk, kind=kind,
        unit=unit, times=times,
    )  # fmt: skip


def test_workers_units_and_what_was_asked_twice(town: Town, gu: Client) -> None:
    asked(town, Kind.TASK, person=town.bo.pk, unit=town.centre.pk, times=30)
    asked(town, Kind.CHECK, person=town.bo.pk, unit=town.water_company.pk, times=2)
    Twice.objects.create(county="990101", place=town.lane_grid.code, week=monday_of(timezone.localdate()),
                         person=town.bo.pk, case=CASE, how=Repeated.QUESTIONS, times=2)  # fmt: skip
    shown = gu.get("/load", headers={"Accept-Language": "en"})
    (worker,) = shown.context["workers"]
    assert (worker.name, worker.counts, worker.hours, worker.over) == (town.bo.name, [0, 2, 30, 0, 0], 23.0, True)
    assert [line.name for line in shown.context["units"]] == [town.centre.name, town.water_company.name]
    page = shown.content.decode()
    assert f'href="/cases/{written(CASE)}"' in page
    for words in ("1 of 1 workers is over the limit", "asked again about the same report", "a week may hold 20 hours"):
        assert words in page


def test_what_a_form_asked_again_leads_to_the_form(town: Town, gu: Client) -> None:
    now = timezone.now()
    by = acting(town.gu, on=timezone.localdate(now))
    first = forms.asked(town, by=by, now=now)
    again = forms.asked(town, by=by, now=now, nevertheless="再核一次")
    asked(town, Kind.FORM, person=town.bo.pk, unit=town.centre.pk, times=2)
    page = gu.get("/load").content.decode()
    assert f'href="/forms/{again.pk}"' in page
    assert f'href="/forms/{first.pk}"' not in page
    assert "再核一次" in page


def test_an_earlier_week_is_chosen(town: Town, gu: Client) -> None:
    asked(town, Kind.REPORT, person=town.bo.pk, times=3, weeks_ago=1)
    assert gu.get("/load").context["workers"] == []
    before = monday_of(timezone.localdate()) - timedelta(weeks=1)
    assert len(gu.get("/load", {"week": before.isoformat()}).context["workers"]) == 1
    assert gu.get("/load", {"week": "2020-01-06"}).status_code == 404


def test_whoever_supervises_nothing_there_sees_none(town: Town) -> None:
    asked(town, Kind.REPORT, person=town.bo.pk)
    for stranger in (town.bo, town.mei, town.wen):
        assert at_the_desk(stranger).get("/load").status_code == 404
    assert Client().get("/load")["Location"] == "/sign-in?next=/load"


def test_three_workers_cost_no_more_queries_than_one(town: Town, gu: Client) -> None:
    asked(town, Kind.TASK, person=town.bo.pk, unit=town.centre.pk)
    one = queries_of(gu, "/load")
    asked(town, Kind.TASK, person=town.mei.pk, unit=town.centre.pk)
    asked(town, Kind.TASK, person=town.wen.pk, unit=town.water_company.pk)
    assert queries_of(gu, "/load") == one <= MOST_QUERIES


def test_the_week_is_taken_away(town: Town, gu: Client) -> None:
    asked(town, Kind.CHECK, person=town.bo.pk, times=3)
    asked(town, Kind.CHECK, person=town.bo.pk, times=7, weeks_ago=2)
    assert town.bo.name in taken(gu.get("/load.csv")).decode()
    assert gu.get("/load.csv?week=2020-01-06").status_code == 404
    assert at_the_desk(town.wen).get("/load.csv").status_code == 404
    assert at_the_desk(town.ding).get("/load.csv").status_code == 404

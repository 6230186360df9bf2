"""Published figures are shown as they were frozen, to whoever may see the numbers of their ground."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import closed, make_lamp
from yiwang.channels.web.leader.bulletins import TOLD
from yiwang.insight import publishing
from yiwang.insight.models import PublishingHour
from yiwang.insight.rules.bulletins import Kind
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db
APRIL_2 = datetime(2026, 4, 2, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def leader(town: Town) -> Client:
    """Lan leads the street of Two Wells; of March its figures are published."""
    make_lamp()
    give(town.lan, [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS], ground=town.two_wells)
    closed(town)
    publishing.publish(town.county.code, Kind.MONTH, date(2026, 3, 1), now=APRIL_2, as_of=timezone.now())
    return at_the_desk(town.lan)


def test_a_bulletin_shows_its_figures_as_they_were_frozen(town: Town, leader: Client) -> None:
    address = f"/bulletins/{town.two_wells.code}/month/2026-03-01"
    assert f'href="{address}"' in leader.get("/bulletins").content.decode()
    shown = leader.get(address, headers={"Accept-Language": "en"})
    assert shown.context["is_signed"]
    page = shown.content.decode()
    assert 'href="/figures#closure_rate"' in page
    assert "100.00%" in page
    assert "The signature is ours" in page


def test_the_list_tells_a_few_figures_of_each(town: Town, leader: Client) -> None:
    shown = leader.get("/bulletins")
    [line] = shown.context["found"]
    frozen = {one.name: one.value for one in publishing.said_by(line.kept).figures}
    assert [(value.indicator.name, value.value) for value in line.told] == [(name, frozen[name]) for name in TOLD]
    assert line.told[0].value == 1
    assert "100.00%" in shown.content.decode()


def test_an_empty_list_says_from_which_hour_on_something_is_published(town: Town, leader: Client) -> None:
    shown = leader.get("/bulletins", {"kind": "week"}, headers={"Accept-Language": "en"})
    assert "from 7 o’clock on" in shown.content.decode()
    PublishingHour.objects.create(county=town.county, kind="week", hour=9)
    later = leader.get("/bulletins", {"kind": "week"}, headers={"Accept-Language": "en"})
    assert "from 9 o’clock on" in later.content.decode()


def test_nobody_sees_the_bulletins_of_ground_whose_numbers_are_not_theirs(town: Town, leader: Client) -> None:
    assert leader.get(f"/bulletins/{town.stone_bridge.code}/month/2026-03-01").status_code == 404
    assert leader.get(f"/bulletins/{town.county.code}/month/2026-03-01").status_code == 404
    mine = f"/bulletins/{town.two_wells.code}/month/2026-03-01"
    for stranger in (town.bo, town.ding):
        assert at_the_desk(stranger).get(mine).status_code == 404
    assert at_the_desk(town.bo).get("/bulletins").status_code == 404
    for unfit in ("month/2026-03-41", "month/x", "year/2026-03-01", "day/2026-03-01"):
        assert leader.get(f"/bulletins/{town.two_wells.code}/{unfit}").status_code == 404
    assert leader.get("/bulletins", {"kind": "year"}).status_code == 404


def test_three_bulletins_cost_no_more_queries_than_one(town: Town, leader: Client) -> None:
    one = queries_of(leader, "/bulletins")
    for month in (1, 2):
        publishing.publish(town.county.code, Kind.MONTH, date(2026, month, 1), now=APRIL_2, as_of=timezone.now())
    assert queries_of(leader, "/bulletins") == one <= MOST_QUERIES
    assert queries_of(leader, f"/bulletins/{town.two_wells.code}/month/2026-03-01") <= MOST_QUERIES

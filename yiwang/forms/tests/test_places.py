"""A series follows the place that took its ground, or ends with it; whoever asked it hears of either."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases.tests.make import MONDAY
from yiwang.forms import actions
from yiwang.forms.models import Form, Series
from yiwang.forms.rules import Every, Rounds, State
from yiwang.forms.tests.make import asked, hear
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import COUNTY, told
from yiwang.notices.wording import said
from yiwang.people.models import Holding, Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.places.models import Place, Succession
from yiwang.places.tests.make import make_place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db
FIRST = timezone.localdate(MONDAY)
THURSDAY = MONDAY + timedelta(days=3)
SECOND = MONDAY + timedelta(weeks=1)


def weekly(town: Town) -> Form:
    """Gu of the street's centre asks the grid workers of Well Lane each week."""
    form = asked(town, place=town.well_lane.code, rounds=Rounds(Every.WEEK, FIRST + timedelta(days=27)))
    hear()
    return form


def becomes(town: Town, *new: Place) -> None:
    """On Thursday Well Lane ends, and these places take its ground; Bo works on in the first of them."""
    day = FIRST + timedelta(days=3)
    Place.objects.filter(code__startswith=town.well_lane.code).update(valid_to=day)
    Succession.objects.bulk_create(Succession(old=town.well_lane, new=one, effective=day) for one in new)
    _works_on(town, new, since=day)
    forget()


def _works_on(town: Town, new: Sequence[Place], *, since: date) -> None:
    Holding.objects.filter(person=town.bo).update(until=since)
    if new:
        grid = make_place(f"{new[0].code}009", "新网格")
        role = Role.objects.get(code="grid_worker")
        make_holding(town.bo, make_post(role=role, unit=town.centre, ground=grid, title="新网格员"), since=since)


def test_it_follows_the_place_that_took_its_ground_and_its_asker_is_told(town: Town) -> None:
    first = weekly(town)
    becomes(town, town.upper_lane)
    (series,) = actions.follow_places(COUNTY, now=THURSDAY)
    assert actions.follow_places(COUNTY, now=THURSDAY) == []
    hear(now=THURSDAY)
    (second,) = actions.open_rounds(COUNTY, now=SECOND)
    first.refresh_from_db()
    assert (series.place, second.place, first.place) == (
        town.upper_lane.code, town.upper_lane.code, town.well_lane.code,
    )  # fmt: skip
    assert (series.state, first.state, second.round) == (State.ASKED, State.ASKED, 2)
    assert told(town.gu) == ["series_moved"]
    notice = Notice.objects.get(recipient=f"person:{town.gu.pk}")
    assert f"“{town.upper_lane.name}”" in said(notice).sentence
    assert notice.subject == f"round:{first.pk}"
    assert Entry.objects.get(act="move_series").details["was"] == f"place:{town.well_lane.code}"


@pytest.mark.parametrize("several", [False, True])
def test_where_no_one_place_took_its_ground_it_ends_and_its_asker_is_told(town: Town, *, several: bool) -> None:
    form = weekly(town)
    becomes(town, *([town.upper_lane, make_place("990101001003", "新巷社区")] if several else []))
    (series,) = actions.follow_places(COUNTY, now=THURSDAY)
    assert actions.follow_places(COUNTY, now=THURSDAY) == []
    hear(now=THURSDAY)
    series.refresh_from_db()
    form.refresh_from_db()
    assert (series.state, series.next_on, form.state) == (State.LAPSED, None, State.LAPSED)
    assert series.because == f"所问的辖区“{town.well_lane.name}”已撤销，也没有单独一个辖区接替。"
    assert (told(town.gu), told(town.bo)) == (["series_lapsed"], ["form_asked", "form_ended"])
    assert actions.open_rounds(COUNTY, now=SECOND) == []


def test_it_ends_where_its_post_does_not_ask(town: Town) -> None:
    weekly(town)
    becomes(town, town.bridge_village)
    actions.follow_places(COUNTY, now=THURSDAY)
    assert Series.objects.get().state == State.LAPSED, "Gu asks nobody in another town"


def test_while_its_place_is_there_nothing_happens(town: Town) -> None:
    weekly(town)
    becomes(town, town.upper_lane)
    assert actions.follow_places(COUNTY, now=THURSDAY - timedelta(days=1)) == []
    assert Series.objects.get().place == town.well_lane.code

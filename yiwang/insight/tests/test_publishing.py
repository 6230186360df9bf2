"""What is published is frozen, signed, and can be rebuilt from the history by anybody."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.tests.make import MONDAY, as_, closed, make_lamp, reported
from yiwang.insight import publishing, weighing
from yiwang.insight.models import Bulletin, Tally
from yiwang.insight.rules.bulletins import PUBLISHED, Kind, last_of, newest
from yiwang.plumbing.refusals import Refused
from yiwang.proof.tests.test_history import tampered

MARCH = date(2026, 3, 1)
APRIL_2 = datetime(2026, 4, 2, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def published(town: Town) -> Bulletin:
    publishing.publish(town.county.code, Kind.MONTH, MARCH, now=APRIL_2, as_of=timezone.now())
    return Bulletin.objects.get(place=town.two_wells.code, kind="month")


def proof(town: Town) -> publishing.Proof:
    [found] = publishing.proven(
        town.county.code, MARCH, now=APRIL_2, place=town.two_wells.code, as_of=timezone.now()
    )  # fmt: skip
    return found


def figure(bulletin: Bulletin, name: str) -> float | None:
    return next(one.value for one in publishing.said_by(bulletin).figures if one.name == name)


def test_a_month_is_published_for_the_county_and_each_town_once(town: Town) -> None:
    closed(town)
    kept = published(town)
    assert (figure(kept, "reported"), figure(kept, "closed"), figure(kept, "satisfied_rate")) == (1, 1, 100.0)
    places = {town.county.code, town.two_wells.code, town.stone_bridge.code}
    assert set(Bulletin.objects.values_list("place", flat=True)) == places
    assert publishing.publish(town.county.code, Kind.MONTH, MARCH, now=APRIL_2) == []


def test_what_happens_afterwards_changes_nothing_that_was_published_and_it_still_agrees(town: Town) -> None:
    number = closed(town)
    published(town)
    acts.reopen(number, reason="又坏了", by=as_(town.gu), now=MONDAY + timedelta(days=3))
    found = proof(town)
    assert found.agrees
    assert found.published_at is not None
    assert len(found.lines) == len(PUBLISHED)


def test_a_history_that_was_changed_shows(town: Town) -> None:
    closed(town)
    published(town)
    # Only the owner of the tables can do this, and only on purpose.
    tampered("DELETE FROM cases_step WHERE move IN ('call_back', 'close')")
    found = proof(town)
    assert not found.agrees
    wrong = {line.published.name for line in found.lines if not line.agrees}
    assert {"closed", "closure_rate", "satisfied_rate"} <= wrong
    assert "reported" not in wrong


def test_published_figures_cannot_be_changed_and_a_forged_one_shows(town: Town) -> None:
    closed(town)
    kept = published(town)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        Bulletin.objects.filter(place=kept.place).update(rules=9)
    assert publishing.signed_by_us(kept)
    kept.figures[0][2] += 1
    assert not publishing.signed_by_us(kept)


def test_what_was_not_published_is_compared_as_the_pages_have_it(town: Town) -> None:
    closed(town)
    assert proof(town).agrees
    Tally.objects.filter(facet="board", place=town.two_wells.code).update(closed=99)
    found = proof(town)
    assert found.published_at is None
    assert not found.agrees


def test_days_that_are_not_over_are_not_published(town: Town) -> None:
    with pytest.raises(Refused, match="2026-04-30"):
        publishing.publish(town.county.code, Kind.MONTH, date(2026, 4, 1), now=APRIL_2)


def test_yesterday_last_week_and_last_month_are_published_from_the_set_hour_on(town: Town) -> None:
    reported(town)
    early = APRIL_2.replace(hour=weighing.HOUR - 1)
    assert publishing.publish_due(now=early) == []
    made = publishing.publish_due(now=APRIL_2)
    county = town.county.code
    assert {f"{county} day 2026-04-01", f"{county} week 2026-03-23", f"{county} month 2026-03-01"} <= set(made)
    assert publishing.publish_due(now=APRIL_2 + timedelta(hours=1)) == []


def test_weeks_begin_on_monday_and_months_are_whole() -> None:
    assert newest(Kind.WEEK, date(2026, 3, 2)) == date(2026, 2, 23)
    assert newest(Kind.WEEK, date(2026, 3, 8)) == date(2026, 2, 23)
    assert newest(Kind.MONTH, date(2026, 1, 1)) == date(2025, 12, 1)
    assert last_of(Kind.MONTH, date(2025, 12, 1)) == date(2025, 12, 31)
    assert last_of(Kind.MONTH, date(2026, 2, 1)) == date(2026, 2, 28)
    assert last_of(Kind.WEEK, date(2026, 2, 23)) == date(2026, 3, 1)

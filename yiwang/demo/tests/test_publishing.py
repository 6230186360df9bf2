"""What was published before anybody looked at the demonstration."""

from datetime import date

import pytest
from django.utils import timezone

from tests.jobs import asked_for
from yiwang import demo
from yiwang.demo import jobs
from yiwang.demo.publishing import past
from yiwang.demo.tests.test_demo import silent
from yiwang.insight import opening, publishing
from yiwang.insight.models import Bulletin
from yiwang.insight.rules.bulletins import Kind
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.proof.models import Digest


def test_a_week_a_month_of_weeks_and_the_whole_months_of_a_year_are_published() -> None:
    said = list(past(date(2026, 11, 30)))  # a Monday
    assert [first for kind, first in said if kind is Kind.DAY][:2] == [date(2026, 11, 29), date(2026, 11, 28)]
    assert [first.day for kind, first in said if kind is Kind.WEEK] == [23, 16, 9, 2]
    months = [first for kind, first in said if kind is Kind.MONTH]
    assert (months[0], months[-1], len(months)) == (date(2026, 10, 1), date(2025, 12, 1), 11)


@pytest.mark.django_db
def test_who_opens_the_demonstration_finds_bulletins_that_can_be_told_again() -> None:
    demo.load(silent, cases=400)
    asked = asked_for("demo.jobs.publish")
    assert {one.args["kind"] for one in asked} == {"day", "week", "month"}
    first_of_each = {one.args["kind"]: one.args for one in reversed(asked)}
    for args in first_of_each.values():
        jobs.publish(**args)
        jobs.publish(**args)  # its worker died after the commit
    now, month = timezone.now(), date.fromisoformat(first_of_each["month"]["first"])
    with standing_on(EVERYWHERE):
        towns = len(publishing.places_of(demo.COUNTY))
        assert Bulletin.objects.count() == 3 * towns
        assert Bulletin.objects.filter(history_day=None).count() == 0
        assert Digest.objects.count() > 300
        proofs = list(publishing.proven(demo.COUNTY, month, now=now))
        assert len(proofs) == towns
        assert all(proof.published_at and proof.agrees for proof in proofs)
        assert [one.first for one in opening.months(demo.COUNTY)] == [month]

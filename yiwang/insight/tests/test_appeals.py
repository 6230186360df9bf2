"""What two have agreed to leave out is neither late nor in time; everything else of the case is counted as before."""

from datetime import date

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases.tests.make import as_, at, make_lamp
from yiwang.insight import actions, jobs
from yiwang.insight.history import rebuilt
from yiwang.insight.models import Tally
from yiwang.insight.queries import Span
from yiwang.insight.tests.make import recount, tallies
from yiwang.supervision.actions import approve
from yiwang.supervision.tests.make import make_leader
from yiwang.supervision.tests.test_appeals import appealed, late_and_closed

pytestmark = pytest.mark.django_db


def of_the_county(measure: str) -> list[int]:
    found = Tally.objects.filter(place="990101", facet__in=["board", "unit"]).values_list(measure, flat=True)
    return [n for n in found if n]


def test_a_granted_appeal_takes_the_case_out_of_what_was_due(town: Town) -> None:
    make_lamp()
    leader, _post = make_leader(town)
    number = late_and_closed(town)
    actions.follow(now=at(days=31))
    assert (of_the_county("due"), of_the_county("due_in_time")) == ([1, 1], [])
    appeal = appealed(town, number)
    for person in (town.gu, leader):
        approve(appeal.pk, by=as_(person), now=at(days=32))
    jobs.count_again({"case": number, "county": "990101"})
    assert (of_the_county("due"), of_the_county("closed")) == ([], [1, 1])
    assert tallies() == recount()
    jobs.count_again({"case": number, "county": "990101"})
    assert tallies() == recount(), "counted twice is counted once"


def test_what_is_rebuilt_from_the_history_leaves_it_out_too(town: Town) -> None:
    make_lamp()
    leader, _post = make_leader(town)
    number = late_and_closed(town)
    appeal = appealed(town, number)
    ever = Span(date(2020, 1, 1), date(2040, 1, 1))
    assert rebuilt("990101", ever, as_of=timezone.now()).sums["990101"]["due"] == 1
    for person in (town.gu, leader):
        approve(appeal.pk, by=as_(person), now=at(days=32))
    again = rebuilt("990101", ever, as_of=timezone.now()).sums["990101"]
    assert (again["due"], again["closed"]) == (0, 1)

"""What waits before somebody; the other lists are proven through the API."""

import pytest

from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.access import reporter
from yiwang.cases.actions import Report
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, dispatched, make_county_clerk, make_lamp, reported
from yiwang.catalogue.rules import Secrecy, Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def told(town: Town, **later: float) -> int:
    """A lamp told so much later."""
    report = Report("井巷口的路灯不亮了", item="LAMP", place=town.lane_grid.code, told=Told.RESIDENT)
    return actions.report(report, by=reporter(), now=at(**later)).number


def waiting(actor: str, town: Town) -> list[int]:
    return [case.number for case in queries.inbox(as_(getattr(town, actor)))]


def test_the_inbox_holds_what_waits_the_most_pressing_first(town: Town) -> None:
    later, first = told(town, hours=2), told(town)
    make_item("FIRE", urgency=Urgency.EMERGENCY, limits=usual_limits(Urgency.EMERGENCY))
    fire = reported(town, text="着火了", item="FIRE")
    dispatched(town)
    assert waiting("mei", town) == [fire, first, later]


def test_what_is_accepted_waits_to_be_dispatched(town: Town) -> None:
    number = accepted(town)
    assert waiting("mei", town) == [number]
    assert waiting("gu", town) == [number]


def test_only_whoever_sits_before_the_desk_has_it_in_the_inbox(town: Town) -> None:
    number = told(town)
    assert [waiting(name, town) for name in ("ding", "bo", "wen", "lan")] == [[], [], [], []]
    above = make_county_clerk(town)
    actions.pass_up(number, reason="concerns two streets", by=as_(town.mei), now=MONDAY)
    assert waiting("mei", town) == []
    assert [case.number for case in queries.inbox(as_(above))] == [number]


def test_a_sealed_report_waits_in_no_ordinary_inbox(town: Town) -> None:
    make_item("BRIBE", secrecy=Secrecy.SEALED)
    reported(town, text="有人收钱", item="BRIBE")
    assert waiting("mei", town) == []


def test_the_next_page_goes_on_behind_the_last_case(town: Town) -> None:
    told_then = [told(town, minutes=minute) for minute in (0, 0, 5)]
    mei = as_(town.mei)
    first = queries.inbox(mei, limit=1)[0]
    assert first.next_due_at is not None
    rest = queries.inbox(mei, cursor=(first.next_due_at, first.number))
    assert [first.number, *(case.number for case in rest)] == told_then


@pytest.mark.parametrize("sort", list(queries.ORDERS))
def test_in_each_order_the_pages_hold_together_what_one_page_holds(town: Town, sort: str) -> None:
    make_item("ROAD")
    for minute, (item, place) in enumerate(
        [("LAMP", town.lane_grid), ("ROAD", town.well_lane), ("", town.lane_grid), ("LAMP", town.well_lane)]
    ):
        actions.report(Report("灯和路", item=item, place=place.code), by=reporter(), now=at(minutes=minute))
    mei, wanted = as_(town.mei), queries.Filter(sort=sort)
    whole = queries.inbox(mei, wanted)
    paged, cursor = list[int](), None
    for _ in whole:
        (case,) = queries.inbox(mei, wanted, cursor=cursor, limit=1)
        paged, cursor = [*paged, case.number], (queries.key_of(case, sort), case.number)
    assert paged == [case.number for case in whole]
    assert queries.inbox(mei, wanted, cursor=cursor) == []
    keys = [queries.key_of(case, sort) for case in whole]
    assert keys == sorted(keys, reverse=sort == "newest")
    assert len(set(keys)) > 1

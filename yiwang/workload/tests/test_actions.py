"""What the loop asks of Bo in a week, and by whom."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, finished, make_lamp, refused
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import standing_on
from yiwang.workload import actions, queries
from yiwang.workload.matters import workers_in
from yiwang.workload.models import Asked, Twice
from yiwang.workload.policy import MINUTES
from yiwang.workload.rules import Asking, Kind, Minutes, Repeated

WEEK, TODAY = date(2026, 3, 2), date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def told(town: Town) -> int:
    report = cases.Report(text="井巷口的路灯不亮了", place=town.lane_grid.code, told=Told.WORKER)
    return cases.report(report, by=as_(town.bo), now=MONDAY).number


def given(town: Town) -> int:
    number = accepted(town)
    cases.dispatch(number, lead=town.bos_post.pk, by=as_(town.mei), now=at(hours=1))
    return number


def reckoned(*, week: date = WEEK) -> dict[tuple[str, int], int]:
    actions.reckon("990101", week=week, today=TODAY)
    return {(row.kind, row.unit): row.times for row in Asked.objects.filter(week=week)}


def test_reports_checks_and_tasks_are_counted_with_who_asked(town: Town) -> None:
    told(town), told(town)
    cases.confirm(finished(town), by=as_(town.bo), now=at(hours=2))
    given(town)
    assert reckoned() == {
        (Kind.REPORT, 0): 2, (Kind.CHECK, town.water_company.pk): 1, (Kind.TASK, town.centre.pk): 1,
    }  # fmt: skip
    assert reckoned() == reckoned()
    assert set(Asked.objects.values_list("person", "post", "place")) == {
        (town.bo.pk, town.bos_post.pk, town.lane_grid.code)
    }


def test_what_was_asked_in_another_week_counts_there(town: Town) -> None:
    given(town)
    assert reckoned(week=WEEK - timedelta(days=7)) == {}
    with pytest.raises(AssertionError):
        reckoned(week=TODAY)


def test_a_whistle_is_a_task_and_beside_a_dispatch_asks_twice(town: Town) -> None:
    number = given(town)
    cases.whistle(number, posts=[town.bos_post.pk], reason="come", by=as_(town.mei), now=at(hours=2))
    assert reckoned()[Kind.TASK, town.centre.pk] == 2
    (twice,) = Twice.objects.all()
    assert (twice.case, twice.how, twice.times) == (number, Repeated.GIVEN, 2)


def test_two_questions_about_one_report_are_asked_twice(town: Town) -> None:
    number = told(town)
    cases.ask(number, text="which lamp?", by=as_(town.mei), now=at(hours=1))
    assert not Twice.objects.exists()
    cases.ask(number, text="which lamp?", by=as_(town.mei), now=at(hours=3))
    assert reckoned()[Kind.ANSWER, town.centre.pk] == 2
    (twice,) = Twice.objects.all()
    assert (twice.person, twice.case, twice.how) == (town.bo.pk, number, Repeated.QUESTIONS)


def test_what_is_sealed_is_not_counted(town: Town) -> None:
    Case.objects.filter(number=given(town)).update(secrecy="sealed")
    assert reckoned() == {}


def test_who_works_in_an_office_is_no_grid_worker(town: Town) -> None:
    number = accepted(town)
    cases.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    assert reckoned() == {}


@pytest.fixture
def _forms(town: Town) -> Iterator[None]:
    def asked(county: str, week: date) -> list[Asking]:
        assert (county, week) == ("990101", WEEK)
        return [Asking(town.bo.pk, Kind.FORM, town.centre.pk, times=4), Asking(town.wen.pk, Kind.FORM)]

    actions.count_also(asked)
    yield
    actions._sources.remove(asked)


@pytest.mark.usefixtures("_forms")
def test_what_other_rooms_ask_is_counted_too(town: Town) -> None:
    assert reckoned() == {(Kind.FORM, town.centre.pk): 4}


def test_whoever_supervises_sees_who_is_over_the_limit_and_which_unit_asks_most(town: Town) -> None:
    second = make_person("bai", name="白网格", ground=town.two_wells)
    make_holding(second, make_post(role=Role.objects.get(code="grid_worker"), unit=town.centre, ground=town.lane_grid))
    given(town), told(town)
    cases.confirm(finished(town), by=as_(town.bo), now=at(hours=2))
    reckoned()
    actions.set_minutes(Minutes(task=60, check=20, report=5, most=84), county=town.county, by=town.ning, today=TODAY)
    forget(MINUTES.topic)
    load = queries.load(as_(town.gu), week=WEEK)
    assert [(one.person, one.minutes, one.over) for one in load.workers] == [(town.bo.pk, 85, True)]
    assert [(one.unit, one.minutes) for one in load.units] == [(town.centre.pk, 60), (town.water_company.pk, 20)]
    assert load.over == 1


def test_nobody_sees_the_load_of_other_ground(town: Town) -> None:
    given(town)
    reckoned()
    assert queries.load(as_(town.ding), week=WEEK).workers == []
    assert queries.load(as_(town.wen), week=WEEK).workers == []
    with standing_on((town.stone_bridge.code,)):
        assert not Asked.objects.exists()


def test_figures_that_make_no_sense_and_strangers_are_refused(town: Town) -> None:
    with refused("minutes_unfit"):
        actions.set_minutes(Minutes(task=481), county=town.county, by=town.ning, today=TODAY)
    with pytest.raises(Refused):
        actions.set_minutes(Minutes(), county=town.county, by=town.qiao, today=TODAY)


def test_heads_of_courtyards_are_no_grid_workers(town: Town) -> None:
    role = Role.objects.get(code="courtyard_head")
    for person in (town.lan, town.bo):
        make_holding(person, make_post(role=role, unit=town.centre, ground=town.yard, title=f"{person.name}院长"))
    told(town)
    assert [(one.person, one.ground) for one in workers_in("990101", on=TODAY)] == [(town.bo.pk, town.lane_grid.code)]
    reckoned()
    assert set(Asked.objects.values_list("person", "place")) == {(town.bo.pk, town.lane_grid.code)}

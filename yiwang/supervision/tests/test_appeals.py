"""An appeal against an overdue mark: once, after the end, granted by two of other units; the fact stays."""

import pytest

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp, refused
from yiwang.people.models import Person
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Appeal, Overrun
from yiwang.supervision.rules.appeals import LIFE, WAITING
from yiwang.supervision.rules.appeals import Appeal as State
from yiwang.supervision.tests.make import make_leader, passes


def late_and_closed(town: Town, *, close: bool = True) -> int:
    """A lamp that the water company mended long after its time."""
    number = in_hand(town)
    passes(at(days=30))
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=as_(town.wen), now=at(days=30))
    cases.confirm(number, by=as_(town.bo), now=at(days=30))
    cases.call_back(number, solved=True, satisfied=True, by=as_(town.mei), now=at(days=30))
    if close:
        cases.close(number, by=as_(town.mei), now=at(days=30))
    return number


@pytest.fixture
def lamp(town: Town) -> int:
    make_lamp()
    return late_and_closed(town)


def appealed(town: Town, number: int) -> Appeal:
    return actions.appeal(number, reason="停电三周，无法施工", by=as_(town.wen), now=at(days=31))


@pytest.mark.django_db
def test_two_who_agree_let_the_statistics_leave_it_out_and_the_fact_stays(town: Town, lamp: int) -> None:
    leader, _post = make_leader(town)
    appeal = appealed(town, lamp)
    assert actions.approve(appeal.pk, by=as_(town.gu), now=at(days=32)).state == State.SECONDED
    assert asked_for("insight.jobs.count_again") == []
    with refused("appeal_by_another", NotYours):
        actions.approve(appeal.pk, by=as_(town.gu), now=at(days=32))
    assert actions.approve(appeal.pk, by=as_(leader), now=at(days=33)).state == State.GRANTED
    (job,) = asked_for("insight.jobs.count_again")
    assert job.args["fact"]["case"] == lamp
    assert queries.exempt([lamp]) == {lamp}
    assert Overrun.objects.filter(case=lamp).exists()
    said = Note.objects.filter(case=lamp, kind="internal").order_by("pk").values_list("text", flat=True)
    assert list(said) == ["【对超期认定提出申诉】 停电三周，无法施工", "【同意申诉】", "【准予申诉】"]


@pytest.mark.django_db
def test_a_refusal_needs_a_reason_and_ends_it(town: Town, lamp: int) -> None:
    appeal = appealed(town, lamp)
    with refused("appeal_lacks_reason"):
        actions.refuse(appeal.pk, reason=" ", by=as_(town.gu), now=at(days=32))
    done = actions.refuse(appeal.pk, reason="停电只有两天", by=as_(town.gu), now=at(days=32))
    assert (done.state, done.answer) == (State.REFUSED, "停电只有两天")
    with refused("appeal_too_late", Overtaken):
        actions.approve(appeal.pk, by=as_(town.gu), now=at(days=33))
    with refused("appealed_already"):
        appealed(town, lamp)
    assert queries.exempt([lamp]) == set()


@pytest.mark.django_db
def test_it_is_asked_after_the_end_by_the_unit_that_was_late(town: Town) -> None:
    make_lamp()
    number = late_and_closed(town, close=False)
    with refused("appeal_after_the_end"):
        appealed(town, number)
    cases.close(number, by=as_(town.mei), now=at(days=31))
    with refused("appeal_not_yours", NotYours):
        actions.appeal(number, reason="我看可以", by=as_(town.gu), now=at(days=31))
    with refused("no_such_case", Unseen):
        actions.appeal(number, reason="我看可以", by=as_(town.ding), now=at(days=31))
    assert [case.number for case in queries.to_appeal(as_(town.wen))] == [number]
    with refused("appeal_lacks_reason"):
        actions.appeal(number, reason="", by=as_(town.wen), now=at(days=31))
    appealed(town, number)
    assert queries.to_appeal(as_(town.wen)) == []


@pytest.mark.django_db
def test_who_was_in_time_has_nothing_to_appeal_against(town: Town) -> None:
    make_lamp()
    number = in_hand(town)
    passes(MONDAY)
    assert queries.to_appeal(as_(town.wen)) == []
    with refused("appeal_not_yours", NotYours):
        appealed(town, number)


@pytest.mark.django_db
def test_nobody_decides_for_their_own_unit(town: Town, lamp: int) -> None:
    appeal = appealed(town, lamp)
    for person in (town.wen, town.mei):
        with refused("appeal_not_yours", NotYours):
            actions.approve(appeal.pk, by=as_(person), now=at(days=32))

    def decides(person: Person) -> list[bool]:
        return [one.to_decide for one in queries.appeals(as_(person))]

    assert (decides(town.gu), decides(town.wen), decides(town.ding)) == ([True], [False], [])


def test_another_street_sees_no_appeal(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        appeal = appealed(town, late_and_closed(town))
    with standing_on([town.stone_bridge.code]):
        assert not Appeal.objects.exists()
        with refused("no_such_appeal", Unseen):
            actions.approve(appeal.pk, by=as_(town.gu), now=at(days=32))


def test_what_waits_is_what_can_still_be_granted() -> None:
    assert LIFE.ends(list(State)) == set(State) - WAITING

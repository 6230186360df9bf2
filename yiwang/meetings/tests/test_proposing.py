"""What is neglected comes before the committee by itself, with the reason, once; and what has ended does not."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case, Note
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp, refused, reported
from yiwang.meetings import actions, jobs, queries
from yiwang.meetings.models import AgendaRule, Entry, LastItem
from yiwang.meetings.rules.agenda import Rule
from yiwang.meetings.tests.make import TODAY, proposed, reopened
from yiwang.meetings.words import in_words
from yiwang.people.models import Person
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.models import Watch
from yiwang.supervision.tests.make import make_leader, passes, watch


@pytest.fixture(autouse=True)
def _lamp(db: None) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()


def propose(town: Town, days: int = 0) -> list[int]:
    return actions.propose(town.two_wells.code, now=at(days=days))


@pytest.mark.django_db
def test_each_reason_brings_a_case_before_the_committee(town: Town) -> None:
    _leader, leaders_post = make_leader(town)
    late, back, again, _calm = (in_hand(town, text=f"路灯{n}") for n in range(4))
    passes(MONDAY)
    Watch.objects.filter(number=late).update(overruns=2)
    Case.objects.filter(number=back).update(hand_backs=3)
    Case.objects.filter(number=again).update(reopened=2)
    assert set(propose(town)) == {late, back, again}
    said = {item.case: in_words(item.reasons) for item in LastItem.objects.all()}
    assert said == {late: "超期 2 次", back: "退单 3 次", again: "重办 2 次"}
    note = Note.objects.get(case=again)
    assert (note.kind, note.post_id, note.text) == (
        "reminder",
        leaders_post.pk,
        "已列入班子会下次会议的建议议题：重办 2 次。",
    )


@pytest.mark.django_db
def test_overruns_are_counted_by_the_clock_itself(town: Town) -> None:
    number = in_hand(town)
    passes(at(days=30))
    assert watch(number).overruns == 1
    assert propose(town, days=30) == []
    cases.recall(number, reason="拖着不办", by=as_(town.gu), now=at(days=30))
    passes(at(days=30))
    passes(at(days=59))
    assert propose(town, days=59) == [number]


@pytest.mark.django_db
def test_what_is_open_for_too_long_is_proposed_and_asked_once(town: Town) -> None:
    number = reported(town)
    assert propose(town, days=59) == []
    assert propose(town, days=60) == [number]
    assert propose(town, days=61) == []
    assert LastItem.objects.get().why == [["old", 60]]
    assert [entry.move for entry in Entry.objects.all()] == ["propose"]


@pytest.mark.django_db
def test_what_has_ended_before_the_meeting_leaves_the_agenda(town: Town) -> None:
    item = proposed(town)
    assert propose(town, days=1) == []
    Case.objects.filter(number=item.case).update(state="closed", closed_at=at(days=1))
    propose(town, days=2)
    item.refresh_from_db()
    assert (item.state, item.ended_at, item.times) == (
        "ended", at(days=2), {"overdue": 0, "reopened": 2, "handed_back": 0},
    )  # fmt: skip
    Case.objects.filter(number=item.case).update(state="in_hand", closed_at=None, reopened=3)
    assert propose(town, days=3) == [item.case], "opened again once more, it comes back"


@pytest.mark.django_db
def test_sealed_cases_and_other_towns_never_come_here(town: Town) -> None:
    sealed = reopened(town)
    Case.objects.filter(number=sealed).update(secrecy="sealed")
    assert propose(town) == []
    reopened(town)
    assert actions.propose(town.stone_bridge.code, now=MONDAY) == []


@pytest.mark.django_db
def test_the_nearest_rule_holds(town: Town) -> None:
    code = town.two_wells.code
    assert queries.rule_for(code) == Rule()
    county = actions.set_rule(Rule(reopened=5), place=town.county, by=town.ning, today=TODAY)
    number = reopened(town)
    assert propose(town) == []
    actions.set_rule(Rule(reopened=1, most=1), place=town.two_wells, by=town.ning, today=TODAY)
    assert queries.rule_for(code).most == 1
    assert propose(town) == [number]
    assert queries.rule_for(town.stone_bridge.code).reopened == 5
    actions.set_rule(Rule(reopened=4), place=town.county, by=town.ning, today=TODAY, change=county)
    assert AgendaRule.objects.get(place=town.county).reopened == 4


@pytest.mark.django_db
def test_rules_that_cannot_be_are_refused(town: Town) -> None:
    actions.set_rule(Rule(), place=town.county, by=town.ning, today=TODAY)
    for rule, place, code in (
        (Rule(), town.county, "agenda_rule_twice"), (Rule(overdue=30), town.two_wells, "agenda_rule_unfit"),
        (Rule(most=0), town.two_wells, "agenda_rule_asks_nothing"), (Rule(), town.yard, "agenda_rule_place_unfit"),
        (Rule(), town.other_county, "duty_not_held_there"), (Rule(), None, "duty_not_held_there"),
    ):  # fmt: skip
        with refused(code, Refused):
            actions.set_rule(rule, place=place, by=town.ning, today=TODAY)


@pytest.mark.django_db
def test_each_morning_every_town_is_looked_at(town: Town) -> None:
    number = reopened(town)
    for _twice in range(2):
        jobs.propose(timestamp=0)  # type: ignore[arg-type]
    assert [item.case for item in LastItem.objects.all()] == [number]


@pytest.mark.django_db
def test_no_more_wait_than_the_agenda_takes(town: Town) -> None:
    actions.set_rule(Rule(most=2), place=town.two_wells, by=town.ning, today=TODAY)
    numbers = [reopened(town, times=n) for n in (2, 4, 3)]
    assert propose(town) == [numbers[1], numbers[2]]
    assert propose(town) == []


def test_the_wall_keeps_agendas_to_their_town(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        item = proposed(town)
        leader, _post = make_leader(town)
    with standing_on([town.stone_bridge.code]):
        assert not LastItem.objects.exists()
        assert not Entry.objects.exists()
        assert queries.on_agenda(as_(leader), town.two_wells.code) == []
    with standing_on([town.two_wells.code]):
        assert queries.on_agenda(as_(town.ding), town.two_wells.code) == []
        (point,) = queries.on_agenda(as_(leader), town.two_wells.code)
        assert (point.item, [entry.move for entry in point.entries]) == (item, ["propose"])
        assert point.case is not None
        assert not Person.objects.filter(pk=town.qiao.pk).exists(), "the test stands behind the wall"


@pytest.mark.django_db
def test_an_item_goes_along_when_its_case_lies_elsewhere(town: Town) -> None:
    item = proposed(town)
    Case.objects.filter(number=item.case).update(place=town.yard.code)
    actions.propose(town.two_wells.code, now=MONDAY + timedelta(days=1))
    item.refresh_from_db()
    assert item.place == town.yard.code

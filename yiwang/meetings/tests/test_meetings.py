"""A meeting names who answers; the case stands on every following agenda until the chair strikes it off."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.town import Town
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, at, make_file, make_lamp, refused
from yiwang.meetings import actions, queries
from yiwang.meetings.models import Entry, LastItem, Meeting
from yiwang.meetings.tests.make import TODAY, called, decided, proposed
from yiwang.people.models import Person, Post
from yiwang.plumbing.audit.models import Entry as Trail
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.tests.make import make_county_leader, make_leader

WEEK = timedelta(days=7)
Leader = tuple[Person, Post]


@pytest.fixture
def leader(town: Town) -> Leader:
    make_lamp()
    return make_leader(town)


def do(item: LastItem, name: str, person: Person, text: str = "", *, days: int = 1, **more: Any) -> LastItem:
    return actions.move(item.pk, name, by=as_(person), now=at(days=days), text=text, **more)


def agenda(meeting: Meeting, person: Person) -> list[queries.Point]:
    meeting.refresh_from_db()
    return queries.agenda(as_(person), meeting)


@pytest.mark.django_db
def test_a_meeting_names_who_answers_until_when(town: Town, leader: Leader) -> None:
    item = proposed(town)
    first = called(town, leader[0])
    assert first.chair_id == leader[1].pk
    item = decided(item, first, leader, by=town.gu)
    assert (item.state, item.owner, item.due_at) == ("decided", f"person:{leader[0].pk}", at(days=10))
    (point,) = agenda(first, town.gu)
    assert point.decided is not None
    assert point.decided.text == "十日内修好线路"
    said = Note.objects.filter(case=item.case, kind="internal").values_list("text", flat=True)
    assert list(said) == ["【末尾议题：会议决定】 十日内修好线路"]


@pytest.mark.django_db
def test_it_stands_on_every_agenda_with_its_progress_until_struck_off(town: Town, leader: Leader) -> None:
    county, _post = make_county_leader(town)
    item = proposed(town)
    first = called(town, leader[0])
    decided(item, first, leader, by=leader[0])
    actions.close(first.pk, by=as_(leader[0]), now=MONDAY)
    do(item, "report", leader[0], "配件已订", days=3)

    second = called(town, town.gu, now=MONDAY + WEEK)
    (point,) = agenda(second, town.gu)
    assert [entry.move for entry in point.since] == ["report"]
    assert [entry.move for entry in point.entries] == ["propose", "decide", "report"]
    actions.close(second.pk, by=as_(town.gu), now=MONDAY + WEEK)
    assert Entry.objects.filter(meeting=second.pk).get().move == "hear"

    with refused("last_item_lacks_evidence"):
        do(item, "ask_strike_off", leader[0], "修好了", days=8)
    do(item, "ask_strike_off", leader[0], "修好了", days=8, files=[make_file().pk])
    with refused("last_item_not_yours", NotYours):
        do(item, "strike_off", leader[0], "我自己同意", days=9)
    with refused("last_item_not_yours", NotYours):
        do(item, "strike_off", town.gu, "管议程的也不行", days=9)
    assert do(item, "insist", county, "还在闪", days=9).state == "decided"
    do(item, "ask_strike_off", leader[0], "换了整流器", days=10, files=[make_file().pk])
    struck = do(item, "strike_off", county, "现场看过，同意销号", days=11)
    assert (struck.state, struck.ended_at) == ("ended", at(days=11))

    third = called(town, town.gu, now=MONDAY + 2 * WEEK)
    assert agenda(third, town.gu) == []
    assert [point.item for point in agenda(second, town.gu)] == [item], "what stood there is still read there"


@pytest.mark.django_db
def test_a_later_meeting_decides_anew(town: Town, leader: Leader) -> None:
    county = make_county_leader(town)
    item = proposed(town)
    first = called(town, leader[0])
    decided(item, first, leader, by=town.gu)
    assert decided(item, first, county, by=town.gu).owner == f"person:{county[0].pk}"
    assert Entry.objects.filter(item=item, move="decide").count() == 2
    assert do(item, "report", county[0], "接手").state == "decided"


@pytest.mark.django_db
def test_the_chair_puts_aside_what_the_committee_need_not_see(town: Town, leader: Leader) -> None:
    item = proposed(town)
    with refused("last_item_lacks_text"):
        do(item, "put_aside", leader[0])
    with refused("last_item_not_yours", NotYours):
        do(item, "put_aside", town.gu, "不上会")
    assert do(item, "put_aside", leader[0], "已有专班，不上会").ended_at == at(days=1)
    assert actions.propose(town.two_wells.code, now=at(days=2)) == [], "and it does not come back for the same"


@pytest.mark.django_db
def test_what_cannot_be_decided_is_refused(town: Town, leader: Leader) -> None:
    item, by = proposed(town), as_(town.gu)
    tomorrow = actions.call(town.two_wells.code, day=TODAY + timedelta(1), by=by, now=MONDAY)
    meeting = called(town, leader[0])
    fits: dict[str, Any] = {
        "meeting": meeting.pk, "owner": leader[0].pk, "post": leader[1].pk, "due_at": at(days=7), "text": "修好"
    }  # fmt: skip
    for instead, code in (
        ({"text": " "}, "last_item_lacks_text"), ({"text": "长" * 2001}, "last_item_text_too_long"),
        ({"due_at": MONDAY}, "last_item_due_unfit"), ({"owner": town.gu.pk}, "last_item_owner_unfit"),
        ({"owner": town.wen.pk, "post": town.water_post.pk}, "last_item_owner_unfit"),
        ({"meeting": tomorrow.pk}, "meeting_not_met"), ({"meeting": 0}, "last_item_lacks_meeting"),
    ):  # fmt: skip
        with refused(code):
            actions.decide(item.pk, actions.Decision(**(fits | instead)), by=by, now=MONDAY)
    with refused("last_item_move_unknown"):
        do(item, "decide", leader[0], "直接定")
    actions.close(meeting.pk, by=by, now=MONDAY)
    with refused("meeting_too_late", Overtaken):
        actions.decide(item.pk, actions.Decision(**fits), by=by, now=MONDAY)
    with refused("no_such_last_item", Unseen):
        actions.decide(item.pk, actions.Decision(**fits), by=as_(town.ding), now=MONDAY)
    with refused("last_item_too_late", Overtaken):
        do(item, "report", leader[0], "没定谁来办")


@pytest.mark.django_db
def test_meetings_that_cannot_be_are_refused(town: Town, leader: Leader) -> None:
    code, by = town.two_wells.code, as_(leader[0])

    def call(place: str = code, *, day: date = TODAY, who: Person = leader[0]) -> Meeting:
        return actions.call(place, day=day, by=as_(who), now=MONDAY)

    with refused("meeting_day_unfit"):
        call(day=TODAY - timedelta(1))
    with refused("meeting_place_unfit"):
        call(town.well_lane.code)
    for who in (town.mei, town.ding, town.wen):
        with refused("meeting_not_yours", NotYours):
            call(who=who)
    meeting = call()
    with refused("meeting_called_already"):
        call()
    with refused("meeting_lacks_text"):
        actions.call_off(meeting.pk, text="", by=by, now=MONDAY)
    with refused("no_such_meeting", Unseen):
        actions.close(meeting.pk, by=as_(town.ding), now=MONDAY)
    actions.call_off(meeting.pk, text="改期", by=by, now=MONDAY)
    with refused("meeting_too_late", Overtaken):
        actions.close(meeting.pk, by=by, now=MONDAY)
    later = call(day=TODAY + WEEK)
    with refused("meeting_not_met"):
        actions.close(later.pk, by=by, now=MONDAY)
    assert queries.meetings(by, code) == [later]


@pytest.mark.django_db
def test_a_meeting_that_decided_is_not_called_off(town: Town, leader: Leader) -> None:
    item, meeting = proposed(town), called(town, leader[0])
    decided(item, meeting, leader, by=leader[0])
    with refused("meeting_too_late", Overtaken):
        actions.call_off(meeting.pk, text="改期", by=as_(leader[0]), now=MONDAY)


@pytest.mark.django_db
def test_taking_an_agenda_away_leaves_a_trail(town: Town, leader: Leader) -> None:
    item, meeting = proposed(town), called(town, leader[0])
    (point,) = actions.give_out(meeting.pk, by=as_(leader[0]), now=MONDAY)
    assert point.item == item
    assert Trail.objects.get(act="export_agenda").ground == town.two_wells.code
    with refused("no_such_meeting", Unseen):
        actions.give_out(meeting.pk, by=as_(town.ding), now=MONDAY)


@pytest.mark.django_db
def test_what_was_entered_is_never_changed(town: Town, leader: Leader) -> None:
    proposed(town)
    for change in (lambda: Entry.objects.update(text="没有的事"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_those_who_lead_can_be_named_and_who_sits_at_a_desk_not(town: Town, leader: Leader) -> None:
    county = make_county_leader(town)
    named = queries.candidates(town.two_wells.code, on=TODAY)
    assert [(one.person, one.post) for one in named] == [
        (leader[0].pk, leader[1].pk), (county[0].pk, county[1].pk),
    ]  # fmt: skip


def test_another_town_sees_no_meeting(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        leader = make_leader(town)
        item, meeting = proposed(town), called(town, leader[0])
    with standing_on([town.stone_bridge.code]):
        assert not Meeting.objects.exists()
        with refused("no_such_meeting", Unseen):
            queries.meeting(as_(leader[0]), meeting.pk)
        with refused("no_such_last_item", Unseen):
            queries.item(as_(leader[0]), item.pk)
    with standing_on([town.two_wells.code]):
        assert queries.meeting(as_(leader[0]), meeting.pk) == meeting
        decided(item, meeting, leader, by=leader[0])
        assert queries.item(as_(leader[0]), item.pk).item.decision
        with refused("no_such_meeting", Unseen):
            queries.meeting(as_(town.ding), meeting.pk)

"""Gu asks Bo for something, Bo returns it; nothing is asked twice without a reason, and nobody else sees it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_, at, refused
from yiwang.forms import actions, queries
from yiwang.forms.models import Addressee, Draft, Form, Question, Reminder, Return
from yiwang.forms.rules import GRACE, Asks, Kind, Known, State
from yiwang.forms.tests.make import WELLS, answers, asked, wanted
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.refusals import NotYours, Unseen
from yiwang.plumbing.walls.ground import standing_on
from yiwang.workload import actions as workload
from yiwang.workload.models import Asked
from yiwang.workload.queries import load
from yiwang.workload.rules import Kind as Load

pytestmark = pytest.mark.django_db
ALONE = Asks("独居老人有多少人？", Kind.NUMBER, "人")


@pytest.fixture
def second(town: Town) -> int:
    """Another worker of the same grid."""
    person = make_person("bai", name="白网格", ground=town.two_wells)
    post = make_post(role=Role.objects.get(code="grid_worker"), unit=town.centre, ground=town.lane_grid, title="白岗")
    make_holding(person, post)
    return person.pk


def test_the_grid_workers_of_the_ground_are_asked(town: Town) -> None:
    form = asked(town)
    assert [(one.person, one.post, one.place) for one in Addressee.objects.all()] == [
        (town.bo.pk, town.bos_post.pk, town.lane_grid.code)
    ]
    (waits,) = queries.waiting(as_(town.bo), now=MONDAY)
    assert (waits.form, waits.returned) == (form, None)
    assert queries.waiting(as_(town.ding), now=MONDAY) == []


def test_heads_of_courtyards_are_asked_by_their_role_alone(town: Town) -> None:
    role = Role.objects.get(code="courtyard_head")
    for person in (town.lan, town.bo):
        make_holding(person, make_post(role=role, unit=town.centre, ground=town.yard, title=f"{person.name}院长"))
    form = asked(town)
    assert [(one.person, one.place) for one in Addressee.objects.filter(form=form)] == [
        (town.bo.pk, town.lane_grid.code)
    ]
    heads = asked(town, role="courtyard_head", title="院落摸底", nevertheless="再问院长")
    found = Addressee.objects.filter(form=heads).values_list("person", flat=True)
    assert sorted(found) == sorted([town.lan.pk, town.bo.pk])


def test_posts_of_a_role_are_asked(town: Town) -> None:
    asked(town, role="centre_clerk")
    assert [one.person for one in Addressee.objects.all()] == [town.mei.pk]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " "}, "form_title_unfit"), ({"why": ""}, "form_lacks_why"), ({"minutes": 0}, "form_minutes_unfit"),
        ({"due_at": MONDAY}, "form_due_unfit"), ({"role": "street_chief_street"}, "form_asked_of_nobody"),
    ],
)  # fmt: skip
def test_what_lacks_something_is_refused(town: Town, said: dict[str, Any], code: str) -> None:
    with refused(code):
        asked(town, **said)
    assert not Form.objects.exists()


def test_nobody_asks_on_ground_that_is_not_theirs(town: Town) -> None:
    for stranger in (town.bo, town.mei, town.wen, town.ding):
        with pytest.raises(NotYours):
            asked(town, by=as_(stranger))
    with pytest.raises(NotYours):
        asked(town, place=town.bridge_grid.code)


def test_the_same_question_in_other_words_needs_a_reason(town: Town) -> None:
    first = asked(town, ALONE)
    actions.send_in(first.pk, answers(first, "7"), by=as_(town.bo), now=at(hours=1))
    again = Asks("请填写独居老人人数", Kind.NUMBER, "人")
    found = queries.check(wanted(town, again), by=as_(town.gu), now=at(days=40))
    (twice,) = found.again
    assert (twice.form, twice.people, twice.answers, twice.seen) == (first, 1, 1, True)
    with refused("form_asked_already"):
        asked(town, again, now=at(days=40))
    second = asked(town, again, now=at(days=40), nevertheless="冬季前重新核对")
    assert second.nevertheless == "冬季前重新核对"
    week = date(2026, 4, 6)
    assert queries.asked_again(as_(town.gu), week=week) == [second]
    assert queries.asked_again(as_(town.gu), week=date(2026, 3, 2)) == []
    assert queries.asked_again(as_(town.ding), week=week) == []


def test_what_was_asked_long_ago_or_of_others_is_asked_anew(town: Town) -> None:
    asked(town, ALONE)
    asked(town, ALONE, now=at(days=91))
    asked(town, Asks("水管有几处漏", Kind.NUMBER, "处"), role="centre_clerk", now=at(days=91))
    assert {one.nevertheless for one in Form.objects.all()} == {""}


def test_what_the_platform_knows_needs_a_reason_too(town: Town) -> None:
    question = Asks("本月上报事件数", Kind.NUMBER, "件")
    assert queries.check(wanted(town, question), by=as_(town.gu), now=MONDAY).known == [(question.text, Known.CASES)]
    with refused("form_asked_already"):
        asked(town, question)


def test_what_a_form_costs_is_said_and_counted_for_whoever_asks(town: Town, second: int) -> None:
    found = queries.check(wanted(town, minutes=1300), by=as_(town.gu), now=MONDAY)
    assert (found.minutes, sorted(found.over)) == (2600, sorted([town.bo.pk, second]))
    assert queries.check(wanted(town), by=as_(town.gu), now=MONDAY).over == []
    asked(town)
    workload.reckon("990101", week=MONDAY.date(), today=MONDAY.date())
    lines = Asked.objects.filter(kind=Load.FORM).values_list("person", "unit", "times", "minutes")
    assert set(lines) == {(town.bo.pk, town.centre.pk, 1, 20), (second, town.centre.pk, 1, 20)}
    assert [(one.unit, one.minutes) for one in load(as_(town.gu), week=date(2026, 3, 2)).units] == [
        (town.centre.pk, 40)
    ]


def test_a_return_is_corrected_until_the_form_closes_and_both_stay(town: Town) -> None:
    form = asked(town)
    actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=at(hours=1), minutes=6)
    actions.send_in(form.pk, answers(form, "4"), by=as_(town.bo), now=at(days=3))
    actions.send_in(form.pk, answers(form, "4"), by=as_(town.bo), now=at(days=3))
    assert [list(one.answers.values()) for one in Return.objects.order_by("pk")] == [["3"], ["4"]]
    ((_question, summed),) = queries.standing(as_(town.gu), form.pk).sums
    assert (summed.answered, summed.total) == (1, Decimal(4))
    with refused("form_closed"):
        actions.send_in(form.pk, answers(form, "5"), by=as_(town.bo), now=form.due_at + GRACE)
    with pytest.raises(DatabaseError), transaction.atomic():
        Return.objects.update(minutes=1)


def test_what_does_not_answer_is_refused_and_the_draft_stays(town: Town) -> None:
    form = asked(town)
    actions.keep_draft(form.pk, answers(form, "很多") | {"0": "x"}, by=as_(town.bo), now=MONDAY)
    with refused("answers_unfit"):
        actions.send_in(form.pk, answers(form, "很多"), by=as_(town.bo), now=MONDAY)
    stands = queries.to_fill(as_(town.bo), form.pk)
    assert queries.begun(as_(town.bo), stands) == answers(form, "很多")
    actions.send_in(form.pk, answers(form, "9"), by=as_(town.bo), now=MONDAY)
    assert not Draft.objects.exists()


def test_the_last_answer_to_the_same_question_stands_there(town: Town) -> None:
    first = asked(town, ALONE)
    actions.send_in(first.pk, answers(first, "7"), by=as_(town.bo), now=MONDAY)
    form = asked(town, WELLS, Asks("请填独居老人有多少人", Kind.NUMBER, "人"), ALONE, now=at(days=100))
    stands = queries.to_fill(as_(town.bo), form.pk)
    last = Question.objects.filter(form=form).latest("pk")
    assert queries.begun(as_(town.bo), stands) == {str(last.pk): "7"}


def test_whoever_has_not_returned_is_reminded_once_a_day(town: Town, second: int) -> None:
    form = asked(town)
    actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=MONDAY)
    assert [one.person for one in queries.standing(as_(town.gu), form.pk).missing] == [second]
    assert [one.reminded for one in queries.waiting(as_(town.bo), now=MONDAY)] == [False]
    assert actions.remind(form.pk, by=as_(town.gu), now=MONDAY).people == 1
    with standing_on((town.lane_grid.code,)):
        assert [one.reminded for one in queries.waiting(as_(town.bo), now=MONDAY)] == [True]
    with refused("form_reminded_today"):
        actions.remind(form.pk, by=as_(town.gu), now=MONDAY + timedelta(minutes=1))
    actions.remind(form.pk, by=as_(town.gu), now=at(days=1))
    assert Reminder.objects.count() == 2


def test_a_form_is_withdrawn_with_a_reason(town: Town) -> None:
    form = asked(town)
    with refused("form_lacks_reason"):
        actions.withdraw(form.pk, because=" ", by=as_(town.gu), now=MONDAY)
    assert actions.withdraw(form.pk, because="县里已有", by=as_(town.gu), now=MONDAY).state == State.WITHDRAWN
    assert queries.waiting(as_(town.bo), now=MONDAY) == []
    with refused("form_too_late"):
        actions.withdraw(form.pk, because="再来", by=as_(town.gu), now=MONDAY)
    with refused("form_closed"):
        actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=MONDAY)


def test_whoever_supervises_the_county_stops_a_form_of_a_street(town: Town) -> None:
    chief = make_person("he", name="何县长", ground=town.county)
    make_holding(chief, make_post(role=Role.objects.get(code="leader"), unit=town.water_company, ground=town.county))
    form = asked(town)
    with pytest.raises(NotYours):
        actions.withdraw(form.pk, because="重复", by=as_(chief), now=MONDAY)
    assert actions.stop(form.pk, because="与民政重复", by=as_(chief), now=MONDAY).because == "与民政重复"
    assert [one.form for one in queries.listed(as_(chief), queries.Which(), now=MONDAY)] == [form]


def test_a_stranger_sees_neither_the_form_nor_what_was_sent_in(town: Town) -> None:
    form = asked(town)
    actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=MONDAY)
    for stranger in (town.ding, town.wen, town.mei, town.bo):
        assert not queries.visible_to(as_(stranger)).exists()
        with pytest.raises(Unseen):
            actions.give_out(form.pk, by=as_(stranger), now=MONDAY, form="csv")
    with pytest.raises(Unseen):
        queries.to_fill(as_(town.mei), form.pk)
    with standing_on((town.stone_bridge.code,)):
        assert not any(table.objects.exists() for table in (Form, Question, Addressee, Return, Draft, Reminder))


def test_behind_the_wall_a_worker_finds_the_form_and_their_own_return(town: Town) -> None:
    form = asked(town)
    with standing_on((town.lane_grid.code,)):
        actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=MONDAY)
        assert queries.to_fill(as_(town.bo), form.pk).returns[town.bo.pk].answers == answers(form, "3")
    with standing_on((town.upper_lane.code,)):
        assert not Return.objects.exists()
    with standing_on((town.two_wells.code,)):
        assert len(queries.standing(as_(town.gu), form.pk).returns) == 1

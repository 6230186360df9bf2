"""What is wanting in a reply is said before it is sent, kept when it was, and counted where it was."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, case, finished, in_hand, make_lamp
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.replies import actions, queries
from yiwang.replies.models import Flawed
from yiwang.replies.rules import Flaw

pytestmark = pytest.mark.django_db
LONG = "经查该路段路灯线路老化，已更换电缆二十米和灯泡三只，昨晚试亮正常。"


@pytest.fixture(autouse=True)
def lamp(db: None) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()


def finish(town: Town, note: str) -> int:
    number = in_hand(town)
    cases.finish(number, evidence=cases.Brought(note), by=as_(town.wen), now=MONDAY)
    return number


def test_what_is_wanting_is_said_before_it_is_sent(town: Town) -> None:
    found = queries.warnings(case(in_hand(town)), "已转相关部门", posts=[town.water_post.pk])
    assert [one.flaw for one in found] == [Flaw.PASSED_ON]


def test_a_reply_is_compared_with_those_of_the_units_other_cases_and_not_with_its_own(town: Town) -> None:
    first = finish(town, LONG)
    second = case(in_hand(town))
    assert [one.flaw for one in queries.warnings(second, LONG, posts=[town.water_post.pk])] == [Flaw.COPY]
    assert queries.warnings(second, LONG, posts=[town.meis_post.pk]) == []
    assert queries.warnings(case(first), LONG, posts=[town.water_post.pk]) == []


def test_what_was_sent_with_a_flaw_is_kept_once_and_never_changed(town: Town) -> None:
    number = finish(town, "已处理完毕")
    assert actions.look_at(number, now=MONDAY) == actions.look_at(number, now=MONDAY) == 1
    kept = Flawed.objects.get()
    assert (kept.number, kept.flaw, kept.post) == (number, Flaw.VAGUE, town.water_post.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Flawed.objects.update(flaw=Flaw.COPY)


def test_a_good_reply_and_a_case_without_one_keep_nothing(town: Town) -> None:
    actions.look_at(finished(town), now=MONDAY)
    actions.look_at(in_hand(town), now=MONDAY)
    actions.look_at(1, now=MONDAY)
    assert not Flawed.objects.exists()


def test_flaws_are_counted_for_whoever_looks_after_the_ground(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        for note in ("已处理完毕", "已处理完毕", "已转相关部门"):
            actions.look_at(finish(town, note), now=MONDAY)
        hidden = finish(town, "已处理完毕")
        Case.objects.filter(number=hidden).update(secrecy="sealed")
        actions.look_at(hidden, now=MONDAY)
    with standing_on((town.two_wells.code,)):
        found = queries.counted(as_(town.mei), since=MONDAY)
        assert [(one.flaw, one.replies) for one in found] == [(Flaw.VAGUE, 2), (Flaw.PASSED_ON, 1)]
        assert Flawed.objects.count() == 3, "the sealed one is not there"
        assert queries.counted(as_(town.mei), since=MONDAY + timedelta(days=1)) == []
    with standing_on((town.stone_bridge.code,)):
        assert queries.counted(as_(town.ding), since=MONDAY) == []

from typing import Any

import pytest
from pyproj import Geod

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.facts import WhistleBlown
from yiwang.cases.models import Step, Summons
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, in_hand, make_lamp, refused, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.people.models import Person, Post, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_holding, make_person, make_post
from yiwang.places.rules.coordinates import Datum, convert
from yiwang.plumbing import facts
from yiwang.plumbing.facts import listen
from yiwang.plumbing.jobs import job
from yiwang.plumbing.refusals import NotYours, Unseen

LAMP_POST = (112.5, 23.05)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@job()
def somebody_upstairs_listens(fact: dict[str, Any]) -> None:
    """Nobody hears it: what was announced is read off the queue."""


def whistled(town: Town, *posts: Post, **told: Any) -> int:
    """The number of an accepted case for which Mei whistled; for Bo and the water company unless others are named."""
    number = accepted(town, position=LAMP_POST, **told)
    blow(town, number, *(posts or (town.bos_post, town.water_post)))
    return number


def blow(town: Town, number: int, *posts: Post, by: Person | None = None) -> None:
    numbers = [post.pk for post in posts]
    actions.whistle(number, posts=numbers, reason="the pole leans", by=as_(by or town.mei), now=MONDAY)


def come(number: int, person: Person, *, at_position: tuple[float, float] = LAMP_POST, **more: Any) -> None:
    actions.report_in(number, position=at_position, by=as_(person), **({"now": at(hours=1)} | more))


def call_of(number: int, post: Post) -> Summons:
    return Summons.objects.filter(case=number, post=post).order_by("-pk")[0]


def test_who_is_whistled_for_has_two_hours(town: Town) -> None:
    number = whistled(town)
    assert case(number).summoned == sorted([town.bos_post.pk, town.water_post.pk])
    call = call_of(number, town.bos_post)
    assert (call.called_at, call.due_at, call.reported_in_at) == (MONDAY, at(hours=2), None)
    assert (call.whistler, call.whistler_post_id) == (as_(town.mei).identity, town.meis_post.pk)


def test_a_whistle_is_heard(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts._listeners, WhistleBlown, [])
    listen(WhistleBlown, somebody_upstairs_listens)
    number = whistled(town, town.bos_post)
    (told,) = asked_for(somebody_upstairs_listens.name)
    assert told.args["fact"] == {"case": number, "county": town.county.code, "posts": [town.bos_post.pk]}


def test_who_comes_is_written_down_with_time_place_and_distance(town: Town) -> None:
    number, bo = whistled(town), as_(town.bo)
    lon, lat, _back = Geod(ellps="WGS84").fwd(*LAMP_POST, 45, 30)
    come(number, town.bo, at_position=(lon, lat))
    call = call_of(number, town.bos_post)
    assert (call.reported_in_at, call.reported_in_by, call.lon, call.lat) == (at(hours=1), bo.subject, lon, lat)
    assert call.metres_away == pytest.approx(30, abs=1e-6)
    assert case(number).summoned == [town.water_post.pk]
    last = Step.objects.filter(number=number).order_by("-seq")[0]
    assert (last.move, last.capacity, last.post_id) == ("report_in", "summoned", town.bos_post.pk)


def test_a_phone_may_tell_its_position_on_a_chinese_map(town: Town) -> None:
    number = whistled(town)
    shifted = convert(*LAMP_POST, of=Datum.WGS84, to=Datum.GCJ02)
    come(number, town.bo, at_position=shifted, datum="gcj02")
    assert call_of(number, town.bos_post).metres_away == pytest.approx(0, abs=0.01)


def test_without_a_position_of_the_case_the_distance_is_unknown(town: Town) -> None:
    number = in_hand(town)
    blow(town, number, town.bos_post)
    come(number, town.bo)
    assert call_of(number, town.bos_post).metres_away is None


def test_who_comes_late_reports_in_all_the_same(town: Town) -> None:
    number = whistled(town)
    come(number, town.bo, now=at(hours=5))
    call = call_of(number, town.bos_post)
    assert call.reported_in_at is not None
    assert call.reported_in_at > call.due_at


@pytest.mark.parametrize("position", [(181, 0), (0, -91), (float("nan"), 23)])
def test_nobody_reports_in_from_nowhere_on_earth(town: Town, position: tuple[float, float]) -> None:
    with refused("position_impossible"):
        come(whistled(town), town.bo, at_position=position)


def test_who_was_not_called_does_not_report_in_and_nobody_twice(town: Town) -> None:
    number = whistled(town, town.water_post)
    with refused("move_not_yours", NotYours):
        come(number, town.bo)
    come(number, town.wen)
    with refused("no_such_case", Unseen):
        come(number, make_person("stranger"))
    with refused("move_not_yours", NotYours):
        come(number, town.wen)


def test_of_two_posts_that_were_called_the_inner_one_comes_unless_the_other_is_named(town: Town) -> None:
    outer = make_post(role=Role.objects.get(code="grid_head"), unit=town.centre, ground=town.two_wells)
    make_holding(town.bo, outer)
    number = whistled(town, town.bos_post, outer)
    with refused("not_summoned"):
        come(number, town.bo, post=town.water_post.pk)
    come(number, town.bo, post=outer.pk)
    assert case(number).summoned == [town.bos_post.pk]
    with refused("not_summoned"):
        come(number, town.bo, post=outer.pk)
    come(number, town.bo)
    assert case(number).summoned == []


def test_who_is_of_use_on_the_spot_may_be_called(town: Town) -> None:
    fit = [make_post(duty, ground=town.county) for duty in (Duty.HANDLE, Duty.CHECK, Duty.MEDIATE, Duty.SUPERVISE)]
    number = whistled(town, *fit)
    assert len(case(number).summoned) == len(fit)


def test_who_is_elsewhere_gone_or_of_no_use_on_the_spot_is_not_called(town: Town) -> None:
    number = accepted(town)
    gone = make_post(Duty.HANDLE, ground=town.county, valid_to=MONDAY.date())
    counting = make_post(Duty.SEE_NUMBERS, Duty.ADMINISTER, ground=town.county)
    for post in (town.dings_post, gone, counting):
        with refused("post_not_there"):
            blow(town, number, town.bos_post, post)
    assert not Summons.objects.filter(case=number).exists()


def test_nobody_whistles_for_themselves_nor_for_nobody(town: Town) -> None:
    number = accepted(town)
    with refused("whistle_to_oneself"):
        blow(town, number, town.bos_post, town.meis_post)
    with refused("move_lacks"):
        blow(town, number)
    with refused("move_lacks"):
        actions.whistle(number, posts=[town.bos_post.pk], reason=" ", by=as_(town.mei), now=MONDAY)
    with refused("move_not_yours", NotYours):
        blow(town, number, town.water_post, by=town.bo)


def test_who_has_not_come_yet_is_not_called_again_and_who_came_is(town: Town) -> None:
    number = whistled(town)
    with refused("summoned_already"):
        blow(town, number, town.bos_post, by=town.gu)
    come(number, town.bo)
    blow(town, number, town.bos_post, by=town.gu)
    assert Summons.objects.filter(case=number, post=town.bos_post).count() == 2


def test_to_a_sealed_case_only_investigators_are_called(town: Town) -> None:
    make_item("BRIBE", secrecy=Secrecy.SEALED)
    judge = make_person("judge")
    give(judge, [Duty.INVESTIGATE], ground=town.county)
    colleague = make_post(Duty.INVESTIGATE, ground=town.county)
    number = reported(town, item="BRIBE")
    actions.accept(number, item="BRIBE", place=town.lane_grid.code, by=as_(judge), now=MONDAY)
    with refused("post_not_there"):
        blow(town, number, town.bos_post, by=judge)
    blow(town, number, colleague, by=judge)
    assert case(number).summoned == [colleague.pk]


def test_the_whistler_appraises_who_came_once(town: Town) -> None:
    number, mei = whistled(town), as_(town.mei)
    come(number, town.bo)
    actions.appraise(number, post=town.bos_post.pk, score=5, words="quick", by=mei, now=at(hours=1))
    call = call_of(number, town.bos_post)
    assert (call.score, call.appraisal, call.appraised_at) == (5, "quick", at(hours=1))
    with refused("not_reported_in"):
        actions.appraise(number, post=town.bos_post.pk, score=1, by=mei, now=at(hours=9))
    assert call_of(number, town.bos_post).score == 5


def test_who_never_came_is_appraised_when_the_time_is_over(town: Town) -> None:
    number, mei = whistled(town), as_(town.mei)
    with refused("still_expected"):
        actions.appraise(number, post=town.bos_post.pk, score=1, by=mei, now=at(hours=2))
    actions.appraise(number, post=town.bos_post.pk, score=1, by=mei, now=at(hours=2, seconds=1))
    assert call_of(number, town.bos_post).score == 1


def test_nobody_but_the_whistler_appraises(town: Town) -> None:
    number = whistled(town)
    come(number, town.bo)
    with refused("not_reported_in"):
        actions.appraise(number, post=town.bos_post.pk, score=5, by=as_(town.gu), now=at(hours=1))
    with refused("move_not_yours", NotYours):
        actions.appraise(number, post=town.bos_post.pk, score=5, by=as_(town.bo), now=at(hours=1))
    with refused("not_reported_in"):
        actions.appraise(number, post=town.meis_post.pk, score=5, by=as_(town.mei), now=at(hours=1))


def test_each_call_of_a_post_is_appraised_by_its_own_whistler(town: Town) -> None:
    number = whistled(town, town.bos_post)
    come(number, town.bo)
    blow(town, number, town.bos_post, by=town.gu)
    come(number, town.bo)
    actions.appraise(number, post=town.bos_post.pk, score=4, by=as_(town.gu), now=at(hours=1))
    actions.appraise(number, post=town.bos_post.pk, score=2, by=as_(town.mei), now=at(hours=1))
    scores = Summons.objects.filter(case=number).values_list("whistler", "score")
    assert set(scores) == {(as_(town.gu).identity, 4), (as_(town.mei).identity, 2)}


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(town: Town, score: int) -> None:
    number = whistled(town)
    come(number, town.bo)
    with refused("score_unfit"):
        actions.appraise(number, post=town.bos_post.pk, score=score, by=as_(town.mei), now=at(hours=1))


def test_an_appraisal_is_short(town: Town) -> None:
    number = whistled(town)
    come(number, town.bo)
    with refused("report_too_long"):
        actions.appraise(number, post=town.bos_post.pk, score=3, words="慢" * 501, by=as_(town.mei), now=at(hours=1))

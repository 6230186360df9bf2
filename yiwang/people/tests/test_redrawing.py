from datetime import timedelta

from tests.jobs import asked_for
from tests.town import Town
from yiwang.people import access, actions, queries
from yiwang.people.jobs import follow_redrawing
from yiwang.people.models import Holding, OpenQuestion, Person, Post, Subject, Unit
from yiwang.people.rules import Duty, Redrawing
from yiwang.people.tests.make import TODAY, make_holding, make_person, make_unit
from yiwang.people.tests.test_actions import refused
from yiwang.people.tests.test_sign_in import NOW
from yiwang.places.facts import GroundRedrawn
from yiwang.places.models import Place
from yiwang.places.tests.make import make_place
from yiwang.plumbing.facts import announce
from yiwang.plumbing.freshness.snapshots import forget

EFFECTIVE = TODAY + timedelta(days=30)


def redrawn(town: Town, *new: Place) -> Redrawing:
    return Redrawing(1, EFFECTIVE, {town.lane_grid.code: [place.code for place in new]})


def test_a_post_follows_its_ground_and_its_history_stays(town: Town) -> None:
    new = make_place("990101001001009", "新网格")
    actions.follow_redrawing(redrawn(town, new), today=TODAY)
    forget(access.TOPIC)
    old, follower = Post.objects.get(pk=town.bos_post.pk), Post.objects.get(ground=new)
    assert old.ground == town.lane_grid
    assert old.valid_to == follower.valid_from == EFFECTIVE
    assert (follower.unit, follower.role, follower.title) == (old.unit, old.role, old.title)
    before = EFFECTIVE - timedelta(days=1)
    assert access.may(town.bo.pk, Duty.CHECK, town.lane_grid.code, on=before)
    assert not access.may(town.bo.pk, Duty.CHECK, new.code, on=before)
    assert access.may(town.bo.pk, Duty.CHECK, new.code, on=EFFECTIVE)
    assert not access.may(town.bo.pk, Duty.CHECK, town.lane_grid.code, on=EFFECTIVE)


def test_following_twice_is_following_once(town: Town) -> None:
    new = make_place("990101001001009")
    for _ in range(2):
        actions.follow_redrawing(redrawn(town, new), today=TODAY)
    assert Post.objects.filter(ground=new).count() == 1
    assert Holding.objects.filter(person=town.bo).count() == 2


def test_who_begins_after_the_day_of_effect_begins_on_the_new_ground(town: Town) -> None:
    new = make_place("990101001001009")
    late = make_holding(town.gu, town.bos_post, since=EFFECTIVE + timedelta(days=5))
    actions.follow_redrawing(redrawn(town, new), today=TODAY)
    late.refresh_from_db()
    assert late.post.ground == new


def test_units_and_people_move_on_the_day_itself(town: Town) -> None:
    new = make_place("990101001001009")
    unit = make_unit("井巷网格站", ground=town.lane_grid)
    person = make_person("fang", ground=town.lane_grid)
    actions.follow_redrawing(redrawn(town, new), today=TODAY)
    assert Unit.objects.get(pk=unit.pk).ground == Person.objects.get(pk=person.pk).ground == town.lane_grid
    actions.follow_redrawing(redrawn(town, new), today=EFFECTIVE)
    assert Unit.objects.get(pk=unit.pk).ground == Person.objects.get(pk=person.pk).ground == new


def test_a_split_is_put_to_a_person_and_carried_out_as_they_say(town: Town) -> None:
    east, west = make_place("990101001001008"), make_place("990101001001009")
    make_person("fang", ground=town.lane_grid)
    for _ in range(2):
        actions.follow_redrawing(redrawn(town, east, west), today=TODAY)
    assert set(queries.undecided(town.ning, on=TODAY).values_list("what", flat=True)) == {"post", "person"}
    assert not queries.undecided(town.qiao, on=TODAY).exists()
    question = OpenQuestion.objects.get(what=Subject.POST)
    assert question.candidates == [east.code, west.code]

    with refused("not_a_successor"):
        actions.decide_ground(question, to=town.upper_lane, by=town.ning, now=NOW)
    with refused("duty_not_held_there"):
        actions.decide_ground(question, to=west, by=town.qiao, now=NOW)
    actions.decide_ground(question, to=west, by=town.ning, now=NOW)
    with refused("question_decided"):
        actions.decide_ground(question, to=east, by=town.ning, now=NOW)
    assert Post.objects.get(ground=west).holdings.get().person == town.bo
    assert not Post.objects.filter(ground=east).exists()
    actions.decide_ground(OpenQuestion.objects.get(what=Subject.PERSON), to=east, by=town.ning, now=NOW)
    assert Person.objects.get(login="fang").ground == east


def test_two_offices_of_one_name_do_not_become_one_by_themselves(town: Town) -> None:
    new = make_place("990101001001009")
    make_unit("网格站", ground=new)
    make_unit("网格站", ground=town.lane_grid)
    actions.follow_redrawing(redrawn(town, new), today=EFFECTIVE)
    assert OpenQuestion.objects.get().what == Subject.UNIT


def test_the_job_understands_the_fact_and_comes_back_on_the_day(town: Town) -> None:
    new = make_place("990101001001009")
    said = {"redrawing": 1, "effective": "2999-01-01", "successors": {town.lane_grid.code: [new.code]}, "more": 1}
    follow_redrawing(fact=said)
    assert Post.objects.get(ground=new).valid_from is not None
    (again,) = asked_for("people.jobs.follow_redrawing")
    assert again.scheduled_at is not None
    assert again.scheduled_at.year in {2998, 2999}
    assert again.args["fact"] == said


def test_the_ground_says_so_and_the_job_is_there(town: Town) -> None:
    new = make_place("990101001001009")
    announce(GroundRedrawn(7, EFFECTIVE, {town.lane_grid.code: [new.code]}))
    (job,) = asked_for("people.jobs.follow_redrawing")
    follow_redrawing(fact=job.args["fact"])
    assert Post.objects.get(ground=new).title == town.bos_post.title


def test_where_nothing_follows_a_person_decides_among_all_their_ground(town: Town) -> None:
    actions.follow_redrawing(redrawn(town), today=EFFECTIVE)
    question = OpenQuestion.objects.get(what=Subject.POST)
    assert question.candidates == []
    actions.decide_ground(question, to=town.upper_lane, by=town.ning, now=NOW)
    assert Post.objects.get(ground=town.upper_lane).holdings.get().person == town.bo

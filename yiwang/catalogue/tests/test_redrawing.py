from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.jobs import asked_for
from tests.town import Town
from yiwang.catalogue import actions, queries
from yiwang.catalogue.jobs import follow_post, follow_redrawing
from yiwang.catalogue.models import Item, Responsibility
from yiwang.catalogue.tests.make import TODAY, make_item, make_responsibility
from yiwang.people import actions as people
from yiwang.people.models import OpenQuestion, Post, Subject
from yiwang.people.rules import Redrawing
from yiwang.people.tests.make import make_post
from yiwang.people.tests.test_sign_in import NOW
from yiwang.places.facts import GroundRedrawn
from yiwang.places.models import Place
from yiwang.places.tests.make import make_place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.facts import announce
from yiwang.plumbing.freshness.snapshots import forget

BEFORE = TODAY - timedelta(1)
EAST, WEST = "990101001001008", "990101001001009"


def redrawn(town: Town, *new: Place) -> GroundRedrawn:
    return GroundRedrawn(1, TODAY, {town.lane_grid.code: [place.code for place in new]})


def who(item: Item, place: Place, on: date) -> int | None:
    """Who answers, None for a gap."""
    forget()
    answer = queries.answers_for(item.pk, place.code, on=on)
    return None if answer.gap else answer.post_id


def written() -> list[tuple[str | None, int, date, date | None]]:
    return list(Responsibility.objects.order_by("pk").values_list("place_id", "post_id", "since", "until"))


def test_a_responsibility_moves_to_the_place_that_follows_and_its_history_stays(town: Town) -> None:
    lamp, new = make_item("L1"), make_place(EAST)
    make_responsibility(lamp, town.water_post, place=town.lane_grid)
    actions.follow_redrawing(redrawn(town, new))
    assert who(lamp, town.lane_grid, BEFORE) == who(lamp, new, TODAY) == town.water_post.pk
    assert who(lamp, town.lane_grid, TODAY) is None
    assert who(lamp, new, BEFORE) is None
    entry = Entry.objects.get(act="responsibilities_follow_their_ground")
    assert (entry.actor, entry.ground, entry.details["count"]) == ("system", new.code, 1)


def test_where_a_place_is_parted_the_same_post_answers_on_each_part(town: Town) -> None:
    lamp, ends = make_item("L1"), TODAY + timedelta(9)
    east, west = make_place(EAST), make_place(WEST)
    make_responsibility(lamp, town.water_post, place=town.lane_grid, until=ends)
    actions.follow_redrawing(redrawn(town, east, west))
    assert [who(lamp, part, TODAY) for part in (east, west)] == [town.water_post.pk] * 2
    assert [who(lamp, part, ends) for part in (east, west)] == [None, None]


def test_following_twice_is_following_once(town: Town) -> None:
    east, west = make_place(EAST), make_place(WEST)
    make_responsibility(make_item("L1"), town.water_post, place=town.lane_grid)
    actions.follow_redrawing(redrawn(town, east, west))
    once = written()
    actions.follow_redrawing(redrawn(town, east, west))
    assert written() == once
    assert len(once) == 3
    assert Entry.objects.filter(act="responsibilities_follow_their_ground").count() == 2


def test_whoever_answers_there_already_goes_on_to(town: Town) -> None:
    lamp, east, west = make_item("L1"), make_place(EAST), make_place(WEST)
    company, later = make_post(ground=town.county), TODAY + timedelta(5)
    make_responsibility(lamp, town.water_post, place=town.lane_grid)
    make_responsibility(lamp, company, place=east)
    make_responsibility(lamp, company, place=west, since=later)
    actions.follow_redrawing(redrawn(town, east, west))
    assert who(lamp, east, TODAY) == company.pk
    assert who(lamp, west, TODAY) == town.water_post.pk
    assert who(lamp, west, later) == company.pk


def test_of_two_places_that_become_one_the_first_gives_its_post(town: Town) -> None:
    lamp, new = make_item("L1"), make_place(EAST)
    make_responsibility(lamp, town.water_post, place=town.lane_grid)
    make_responsibility(lamp, town.bos_post, place=town.bridge_grid)
    codes = (town.bridge_grid.code, town.lane_grid.code)
    actions.follow_redrawing(GroundRedrawn(1, TODAY, {code: [new.code] for code in codes}))
    assert who(lamp, new, TODAY) == town.water_post.pk
    assert not Responsibility.objects.filter(place_id__in=codes, until=None).exists()


def test_what_begins_later_begins_on_the_new_ground(town: Town) -> None:
    lamp, new, later = make_item("L1"), make_place(EAST), TODAY + timedelta(5)
    make_responsibility(lamp, town.water_post, place=town.lane_grid, since=later)
    actions.follow_redrawing(redrawn(town, new))
    assert who(lamp, new, TODAY) is None
    assert who(lamp, new, later) == town.water_post.pk


def test_a_place_that_follows_itself_or_that_nothing_follows_keeps_what_it_has(town: Town) -> None:
    make_responsibility(make_item("L1"), town.water_post, place=town.lane_grid)
    before = written()
    actions.follow_redrawing(redrawn(town))
    actions.follow_redrawing(redrawn(town, town.lane_grid, make_place(EAST)))
    assert written() == before
    assert not Entry.objects.filter(act="responsibilities_follow_their_ground").exists()


@pytest.mark.parametrize("ground_first", [True, False])
def test_ground_and_post_are_followed_in_whichever_order_the_jobs_run(town: Town, *, ground_first: bool) -> None:
    lamp, new = make_item("L1"), make_place(EAST)
    make_responsibility(lamp, town.bos_post, place=town.lane_grid)
    with transaction.atomic():
        announce(redrawn(town, new))
        people.follow_redrawing(Redrawing(1, TODAY, redrawn(town, new).successors), today=TODAY)
    (redrawing,) = asked_for("catalogue.jobs.follow_redrawing")
    (moved,) = asked_for("catalogue.jobs.follow_post")
    jobs = [(follow_redrawing, redrawing), (follow_post, moved)]
    for _ in range(2):
        for follow, asked in jobs if ground_first else reversed(jobs):
            follow(fact=asked.args["fact"])
    assert who(lamp, town.lane_grid, BEFORE) == town.bos_post.pk
    assert who(lamp, new, TODAY) == Post.objects.get(ground=new).pk
    assert who(lamp, town.lane_grid, TODAY) is None


def test_a_post_that_a_person_sends_somewhere_takes_what_it_answers_for_along(town: Town) -> None:
    lamp, east, west = make_item("L1"), make_place(EAST), make_place(WEST)
    make_responsibility(lamp, town.bos_post, place=town.lane_grid)
    people.follow_redrawing(Redrawing(1, TODAY, redrawn(town, east, west).successors), today=TODAY)
    actions.follow_redrawing(redrawn(town, east, west))
    assert who(lamp, west, TODAY) == town.bos_post.pk  # until somebody has decided, nothing falls between
    people.decide_ground(OpenQuestion.objects.get(what=Subject.POST), to=west, by=town.ning, now=NOW)
    (moved,) = asked_for("catalogue.jobs.follow_post")
    follow_post(fact=moved.args["fact"])
    assert who(lamp, west, TODAY) == Post.objects.get(ground=west).pk

"""The second wall: what the database shows and lets be written when a page forgets to ask `visible_to`."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, Error, transaction
from django.db.models import Model

from tests.town import Town
from yiwang.people import actions
from yiwang.people.models import (
    Authenticator,
    Holding,
    OpenQuestion,
    Person,
    Post,
    RecoveryCode,
    Role,
    Session,
    Token,
    Unit,
)
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_role
from yiwang.people.tests.test_sign_in import NOW, begun_session, enrolled
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

WALLED = (Person, Unit, Post, Holding)


@pytest.mark.parametrize("model", [*WALLED, Token, OpenQuestion, Authenticator, RecoveryCode, Session, Entry])
def test_with_no_ground_a_query_that_forgets_shows_nothing(town_behind_the_wall: Town, model: type[Model]) -> None:
    with standing_on(EVERYWHERE):
        enrolled(town_behind_the_wall.mei)
        begun_session(town_behind_the_wall.mei)
    assert not model._default_manager.exists()
    with standing_on(()):
        assert not model._default_manager.exists()


@pytest.mark.parametrize("model", WALLED)
def test_on_one_street_a_query_that_forgets_shows_nothing_of_another(
    town_behind_the_wall: Town, model: type[Model]
) -> None:
    town = town_behind_the_wall
    column = "post__ground_id" if model is Holding else "ground_id"
    with standing_on([town.two_wells.code]):
        seen = set(model._default_manager.values_list(column, flat=True))
    assert seen
    assert all(code.startswith(town.two_wells.code) or town.two_wells.code.startswith(code) for code in seen)


def test_ding_does_not_see_mei_and_mei_sees_whom_she_works_with(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on([town.stone_bridge.code]):
        assert town.mei not in Person.objects.all()
    with standing_on([town.two_wells.code]):
        assert {town.mei, town.gu, town.bo, town.lan, town.sun, town.ning, town.wen} == set(Person.objects.all())


@pytest.mark.parametrize("table", [Authenticator, RecoveryCode, Session])
def test_what_people_sign_in_with_is_shown_to_no_page(town_behind_the_wall: Town, table: type[Model]) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        enrolled(town.mei)
        begun_session(town.mei)
        assert table._default_manager.exists()
    with standing_on([town.county.code]):
        assert not table._default_manager.exists()


def test_the_database_refuses_to_write_outside_the_ground(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on([town.other_county.code]):
        assert Person.objects.filter(pk=town.mei.pk).update(name="x") == 0
        assert Holding.objects.filter(person=town.mei).delete()[0] == 0
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Unit.objects.create(name="x", kind="team", ground=town.county)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Person.objects.create(login="x", name="x", ground=town.two_wells)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Holding.objects.create(person=town.qiao, post=town.meis_post, since=NOW.date())


def test_a_post_seen_from_below_is_not_filled_from_below(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on([town.two_wells.code]):
        assert town.water_post in Post.objects.all()
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Holding.objects.create(person=town.mei, post=town.water_post, since=NOW.date())
        assert Post.objects.filter(pk=town.water_post.pk).update(title="x") == 0


def test_ready_made_roles_are_read_everywhere_and_changed_by_nobody_below(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        own = make_role(Duty.CHECK, county=town.other_county)
    with standing_on([town.county.code]):
        assert Role.objects.filter(code="grid_worker").exists()
        assert own not in Role.objects.all()
        assert Role.objects.filter(code="grid_worker").update(duties=["administer"]) == 0


def test_a_token_of_one_county_is_not_seen_or_changed_from_another(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        token, _ = actions.issue_token(
            "x", duties=[Duty.TRIAGE], ground=town.two_wells,
            expires_at=NOW + timedelta(days=9), by=town.mei, now=NOW,
        )  # fmt: skip
    with standing_on([town.other_county.code]):
        assert not Token.objects.exists()
        assert Token.objects.filter(pk=token.pk).update(revoked_at=NOW) == 0


def test_acts_work_from_the_ground_of_whoever_acts(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    today = NOW.date()
    with standing_on([town.county.code]):
        person, _ = actions.open_account("fang", name="方", by=town.ning, today=today, ground=town.well_lane)
        actions.appoint(person, to=town.bos_post, since=today, by=town.ning, today=today)
        actions.reset_password(person, by=town.ning, today=today)
        actions.close_account(person, by=town.ning, on=today + timedelta(days=1))
    with standing_on([town.two_wells.code]):
        actions.sign_out_everywhere(town.mei, by=town.mei, today=today)
    with standing_on([town.other_county.code]), pytest.raises((Person.DoesNotExist, DatabaseError)):
        actions.reset_password(town.mei, by=town.qiao, today=today)

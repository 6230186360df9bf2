from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.town import Town
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, token, with_token
from yiwang.people import access, actions
from yiwang.people.models import Holding, Person, Post, Token
from yiwang.people.rules import Duty
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def test_a_clerk_sees_her_ground_and_duties_in_words(town: Town) -> None:
    said = signed_in(town.mei).get(ME).json()
    assert (said["kind"], said["login"], said["token"]) == ("person", "mei", None)
    (ground,) = said["grounds"]
    assert (ground["code"], ground["name"]) == (town.two_wells.code, "双井街道")
    assert {"code": "dispatch", "name": "Dispatch"} in ground["duties"]


def test_a_token_shows_what_it_may_and_no_more(town: Town) -> None:
    said = program(town.mei, town.well_lane, Duty.TRIAGE).get(ME).json()
    assert (said["kind"], said["login"], said["token"]["name"]) == ("token", "mei", "hotline")
    assert said["grounds"] == [
        {"code": town.well_lane.code, "name": "井巷社区", "duties": [{"code": "triage", "name": "Classify"}]}
    ]


def test_the_operator_stands_on_the_whole_installation_and_a_resident_on_nothing(town: Town) -> None:
    (ground,) = signed_in(town.operator).get(ME).json()["grounds"]
    assert (ground["code"], ground["name"]) == (None, "")
    assert signed_in(town.lan).get(ME).json()["grounds"] == []


def test_a_stranger_is_nobody() -> None:
    assert problem_of(Client().get(ME)).code == "sign_in_needed"


@pytest.fixture
def issued(town: Town) -> tuple[Token, Client]:
    """A program of Mei's, which knows who it is."""
    made, secret = token(town.mei, town.two_wells, Duty.TRIAGE)
    client = with_token(secret)
    assert client.get(ME).status_code == 200
    return made, client


def test_a_revoked_token_is_nobody(town: Town, issued: tuple[Token, Client]) -> None:
    made, client = issued
    actions.revoke_token(made, by=town.mei, now=timezone.now())
    assert problem_of(client.get(ME)).status == 401


def test_an_expired_token_is_nobody(town: Town) -> None:
    past = timezone.now() - timedelta(days=9)
    with standing_on(EVERYWHERE):
        _, secret = actions.issue_token(
            "hotline", duties=[Duty.TRIAGE], ground=town.two_wells,
            expires_at=past + timedelta(days=1), by=town.mei, now=past,
        )  # fmt: skip
    assert problem_of(with_token(secret).get(ME)).status == 401


def test_a_token_ends_with_the_post_of_its_owner(town: Town, issued: tuple[Token, Client]) -> None:
    with standing_on(EVERYWHERE):
        Holding.objects.filter(person=town.mei).update(until=timezone.localdate())
    forget(access.TOPIC)
    assert problem_of(issued[1].get(ME)).status == 401


def test_a_token_ends_with_the_post_itself(town: Town, issued: tuple[Token, Client]) -> None:
    with standing_on(EVERYWHERE):
        Post.objects.filter(pk=town.meis_post.pk).update(valid_to=timezone.localdate())
    forget(access.TOPIC)
    assert problem_of(issued[1].get(ME)).status == 401


def test_a_token_ends_with_the_account_of_its_owner(town: Town, issued: tuple[Token, Client]) -> None:
    with standing_on(EVERYWHERE):
        Person.objects.filter(pk=town.mei.pk).update(is_active=False)
    forget(access.TOPIC)
    assert problem_of(issued[1].get(ME)).status == 401

"""One's own account: posts, sessions, tokens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of, signed_in
from tests.town import PASSWORD, Town
from yiwang.people import actions, queries
from yiwang.people.models import Person, Token
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.mei)


def asked_for(town: Town, **changed: object) -> dict[str, object]:
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    return {"name": "热线", "duties": ["triage"], "ground": town.two_wells.code, "until": until} | changed


def token_of(person: Person, town: Town, name: str = "热线") -> Token:
    now = timezone.now()
    with standing_on(EVERYWHERE):
        token, _ = actions.issue_token(
            name, duties=[Duty.TRIAGE], ground=town.two_wells, expires_at=now + timedelta(days=9), by=person, now=now
        )
    return token


def marks(person: Person) -> set[str]:
    return {line.mark for line in queries.sessions_of(person, now=timezone.now())}


def test_a_stranger_is_sent_to_the_sign_in(db: None) -> None:
    assert Client().get("/account")["Location"] == "/sign-in?next=/account"


def test_one_sees_ones_own_posts_and_nobody_elses(mei: Client) -> None:
    said = mei.get("/account").content.decode()
    assert "梅受理岗" in said
    assert "双井街道" in said
    assert "丁受理" not in said


def test_a_token_is_shown_once_and_stands_in_the_list(town_behind_the_wall: Town, mei: Client) -> None:
    page = mei.post("/account", asked_for(town_behind_the_wall))
    secret = page.context["issued"]
    assert secret in page.content.decode()
    later = mei.get("/account").content.decode()
    assert secret not in later
    assert "热线" in later
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "wrong", [{"until": "2020-01-01"}, {"until": "2099-01-01"}, {"duties": []}, {"until": ""}, {"ground": "990102"}]
)
def test_what_is_refused_stays_on_the_form(town_behind_the_wall: Town, mei: Client, wrong: dict[str, object]) -> None:
    page = mei.post("/account", asked_for(town_behind_the_wall, **wrong))
    assert page.context["form"].errors
    assert 'value="热线"' in page.content.decode()
    assert not queries.tokens_of(town_behind_the_wall.mei)


def test_no_token_does_what_its_owner_may_not(town_behind_the_wall: Town, mei: Client) -> None:
    page = mei.post("/account", asked_for(town_behind_the_wall, duties=["administer"]))
    assert page.context["form"].errors["duties"]


def test_anothers_token_and_session_do_not_exist(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    at_the_desk(town.gu)
    token, (session,) = token_of(town.gu, town), marks(town.gu)
    assert mei.post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    assert mei.post(f"/account/sessions/{session}/end").status_code == 404
    assert marks(town.gu) == {session}
    assert queries.tokens_of(town.gu)[0].revoked_at is None


def test_ones_own_token_is_revoked_and_twice_is_no_worse(town_behind_the_wall: Town, mei: Client) -> None:
    token = token_of(town_behind_the_wall.mei, town_behind_the_wall)
    assert mei.post(f"/account/tokens/{token.pk}/revoke")["Location"] == "/account"
    assert mei.post(f"/account/tokens/{token.pk}/revoke").status_code in {302, 404}
    with standing_on(EVERYWHERE):
        assert Token.objects.get(pk=token.pk).revoked_at is not None


def test_other_sessions_end_one_by_one_or_together_and_this_one_stays(town_behind_the_wall: Town) -> None:
    bo = town_behind_the_wall.bo
    here, there, elsewhere = signed_in(bo, PASSWORD), Client(), Client()
    for client in (there, elsewhere):
        client.post("/sign-in", {"login": "bo", "password": PASSWORD})
    mine = here.get("/account").context["this_session"]
    (one, _other) = marks(bo) - {mine}
    assert here.post(f"/account/sessions/{one}/end")["Location"] == "/account"
    assert sorted(client.get("/account").status_code for client in (there, elsewhere)) == [200, 302]
    assert here.post("/account/sessions/end")["Location"] == "/account"
    assert marks(bo) == {mine}
    assert here.get("/account").status_code == 200


@pytest.mark.parametrize("address", ["/account/sessions/end", "/account/sessions/x/end", "/account/tokens/1/revoke"])
def test_nothing_ends_by_a_link(mei: Client, address: str) -> None:
    assert mei.get(address).status_code == 405


def test_the_page_costs_the_same_for_one_token_and_session_and_for_three(
    town_behind_the_wall: Town, mei: Client
) -> None:
    town = town_behind_the_wall
    token_of(town.mei, town)
    one = queries_of(mei, "/account")
    for name in ("回访", "统计"):
        token_of(town.mei, town, name)
        at_the_desk(town.mei)
    assert queries_of(mei, "/account") == one
    assert one <= MOST_QUERIES

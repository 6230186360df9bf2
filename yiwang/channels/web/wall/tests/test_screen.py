"""A screen in a hall: nobody sits there, and whoever comes by can do nothing with it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp, reported
from yiwang.channels.web.gate import SCREEN
from yiwang.people.actions import issue_token, revoke_token
from yiwang.people.models import Holding, Token
from yiwang.people.rules import Duty
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db


def token_of_gu(town: Town, *duties: Duty, ground: Place | None = None) -> tuple[Token, str]:
    """What Gu makes on the page of her account."""
    now = timezone.now()
    return issue_token(
        "大厅", duties=duties or (Duty.SEE_NUMBERS,), ground=ground or town.two_wells, by=town.gu, now=now,
        expires_at=now + timedelta(days=90),
    )  # fmt: skip


def hung_up(secret: str) -> Client:
    screen = Client()
    screen.post("/wall/screen", {"token": f" {secret} "})
    return screen


def test_a_screen_shows_its_tokens_ground_for_as_long_as_the_token_lasts(town: Town) -> None:
    make_lamp()
    number = reported(town)
    screen = Client()
    assert screen.get("/wall/screen").status_code == 200
    token, secret = token_of_gu(town)
    answer = screen.post("/wall/screen", {"token": secret})
    assert answer["Location"] == "/wall"
    kept = answer.cookies[SCREEN]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Strict", "/wall")
    assert "双井街道" in screen.get("/wall").content.decode()
    assert [one["number"] for one in screen.get("/wall/now").json()["newest"]] == [written(number)]
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_a_screen_opens_nothing_but_the_wall(town: Town) -> None:
    screen = hung_up(token_of_gu(town)[1])
    # As if the browser sent it everywhere.
    screen.cookies[SCREEN]["path"] = "/"
    for page in ("/cases", "/inbox", "/account", "/ground/990101001/outline"):
        assert screen.get(page)["Location"].startswith("/sign-in"), page
    assert screen.get("/api/v1/cases").status_code == 401


def test_a_revoked_token_ends_its_screens_at_the_next_question(town: Town) -> None:
    token, secret = token_of_gu(town)
    screen = hung_up(secret)
    assert screen.get("/wall/now").status_code == 200
    revoke_token(token, by=town.gu, now=timezone.now())
    assert screen.get("/wall/now").status_code == 404
    assert screen.get("/wall").status_code == 302


def test_when_its_owner_leaves_the_post_the_screen_goes_dark(town: Town) -> None:
    screen = hung_up(token_of_gu(town)[1])
    Holding.objects.filter(person=town.gu).delete()
    forget("access")
    assert screen.get("/wall/now").status_code == 404


def test_a_screen_is_bound_to_its_ground(town: Town) -> None:
    screen = hung_up(token_of_gu(town, ground=town.well_lane)[1])
    assert screen.get("/wall/now", {"place": town.well_lane.code}).status_code == 200
    for elsewhere in (town.two_wells, town.upper_lane, town.stone_bridge):
        assert screen.get("/wall/now", {"place": elsewhere.code}).status_code == 404


@pytest.mark.parametrize(
    "duties", [(Duty.SEE_NUMBERS, Duty.TRIAGE), (Duty.SEE_NUMBERS, Duty.SEE_PERSONAL), (Duty.REPORT,)]
)
def test_a_token_that_may_do_more_or_not_this_is_refused(town: Town, duties: tuple[Duty, ...]) -> None:
    answer = Client().post("/wall/screen", {"token": token_of_gu(town, *duties)[1]})
    assert answer.status_code == 422
    assert SCREEN not in answer.cookies


def test_a_secret_of_nobody_is_refused_and_not_repeated(town: Town) -> None:
    answer = Client().post("/wall/screen", {"token": "yw_nobody"})
    assert (answer.status_code, "yw_nobody" in answer.content.decode()) == (422, False)


def test_whoever_administers_but_looks_after_nothing_hangs_up_no_screen(town: Town) -> None:
    now = timezone.now()
    _, secret = issue_token(
        "大厅",
        duties=[Duty.SEE_NUMBERS],
        ground=town.county,
        by=town.ning,
        now=now,
        expires_at=now + timedelta(days=1),
    )
    assert hung_up(secret).get("/wall/now").status_code == 404


def test_a_person_at_the_screen_sees_their_own_wall(town: Town) -> None:
    ding = at_the_desk(town.ding)
    ding.cookies[SCREEN] = token_of_gu(town)[1]
    assert "石桥镇" in ding.get("/wall").content.decode()

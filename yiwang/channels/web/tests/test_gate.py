"""The gate, before pages of a small address book that forget to ask `visible_to`."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.town import PASSWORD, Town
from yiwang.channels.web import gate
from yiwang.people import actions, queries
from yiwang.people.models import Person, Session
from yiwang.people.rules import Duty
from yiwang.people.tests.test_sign_in import enrolled
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@login_not_required
def everybody(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"seen": sorted(Person.objects.values_list("login", flat=True))})


@login_not_required
def stream(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(f"{person.login}\n" for person in Person.objects.order_by("login"))


@login_not_required
def photo(_request: HttpRequest) -> FileResponse:
    return FileResponse(iter([b"a photo"]))


def fails(_request: HttpRequest) -> HttpResponse:
    Person.objects.filter(login="mei").update(name="half done")
    raise ValueError("a fault of the page")


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    person = authenticate(request, username=request.POST["username"], password=request.POST["password"])
    if not isinstance(person, Person):
        return HttpResponse("no", status=401)
    gate.sign_in(request, person)
    return HttpResponse("in")


def enter_code(request: HttpRequest) -> HttpResponse:
    gate.second_factor_passed(request)
    return everybody(request)


@login_not_required
def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("everybody", everybody, name="everybody"),
    path("stream", stream, name="stream"),
    path("photo", photo, name="photo"),
    path("fails", fails, name="fails"),
    path("api/v1/everybody", everybody, name="api-everybody"),
    path("sign-in", sign_in, name="sign-in"),
    path("sign-out", plain, name="sign-out"),
    path("code", enter_code, name="second-factor"),
    path("set-up", everybody, name="second-factor-set-up"),
    path("password", everybody, name="choose-password"),
    path("healthz", plain, name="healthz"),
]


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """Everybody has a password of their own."""
    with standing_on(EVERYWHERE):
        Person.objects.update(password=make_password(PASSWORD))
    return town_behind_the_wall


def signed_in(login: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": login, "password": PASSWORD}).status_code == 200
    return client


def test_a_page_that_forgets_shows_a_stranger_and_a_resident_nobody(town: Town) -> None:
    assert Client().get("/everybody").json() == {"seen": []}
    assert signed_in("lan").get("/everybody").json() == {"seen": []}


def test_a_page_that_forgets_shows_a_worker_their_own_ground_and_what_is_above(town: Town) -> None:
    seen = signed_in("bo").get("/everybody").json()["seen"]
    assert {"bo", "lan", "sun", "mei", "ning"} <= set(seen)
    assert not {"ding", "qiao", "operator"} & set(seen)


def test_what_is_streamed_is_read_on_the_same_ground(town: Town) -> None:
    answer = signed_in("bo").get("/stream")
    assert isinstance(answer, StreamingHttpResponse)
    lines = b"".join(answer).decode().split()
    assert "mei" in lines
    assert "ding" not in lines
    assert b"".join(Client().get("/stream")) == b""
    assert b"".join(Client().get("/photo")) == b"a photo"


def test_a_page_that_fails_leaves_nothing_half_done(town: Town) -> None:
    client = signed_in("bo")
    client.raise_request_exception = False
    assert client.get("/fails").status_code == 500
    with standing_on(EVERYWHERE):
        assert Person.objects.get(login="mei").name == "梅受理"


def test_the_probe_asks_the_database_nothing(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get("/healthz").status_code == 200
    assert len(asked) == 0


def test_a_one_time_password_must_be_changed_first(town: Town) -> None:
    with standing_on(EVERYWHERE):
        Person.objects.filter(login="bo").update(must_change_password=True)
    client = signed_in("bo")
    assert client.get("/everybody")["Location"] == "/password"
    assert client.get("/password").json() == {"seen": []}
    assert client.get("/sign-out").status_code == 200
    answer = client.get("/api/v1/everybody")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_whoever_sees_personal_details_must_set_up_a_second_factor(town: Town) -> None:
    client = signed_in("mei")
    assert client.get("/everybody")["Location"] == "/set-up"
    assert client.get("/set-up").json() == {"seen": []}


def test_without_the_code_nothing_is_open_not_even_the_password(town: Town) -> None:
    with standing_on(EVERYWHERE):
        enrolled(town.mei)
        Person.objects.filter(login="mei").update(must_change_password=True)
    client = signed_in("mei")
    assert client.get("/password")["Location"] == "/code"
    assert client.get("/set-up")["Location"] == "/code"
    key_before = client.session.session_key
    client.get("/code")
    assert client.session.session_key != key_before
    assert client.get("/everybody")["Location"] == "/password"
    with standing_on(EVERYWHERE):
        Person.objects.filter(login="mei").update(must_change_password=False)
    assert "gu" in client.get("/everybody").json()["seen"]


def test_signing_in_notes_where_from_and_when(town: Town) -> None:
    client = Client(headers={"user-agent": "WeChat"})
    client.post("/sign-in", {"username": "bo", "password": PASSWORD})
    (line,) = queries.sessions_of(town.bo, now=timezone.now())
    assert (line.address, line.agent) == ("127.0.0.1", "WeChat")
    with standing_on(EVERYWHERE):
        assert Person.objects.get(login="bo").last_login is not None
        actions.sign_out(line.mark, by=town.bo)
    assert client.get("/everybody").json() == {"seen": []}


def test_a_closed_account_is_signed_out_at_once(town: Town) -> None:
    client = signed_in("bo")
    with standing_on(EVERYWHERE):
        Person.objects.filter(login="bo").update(is_active=False)
        assert Session.objects.exists()
    assert client.get("/everybody").json() == {"seen": []}


@pytest.fixture
def secret(town: Town) -> str:
    now = timezone.now()
    with standing_on(EVERYWHERE):
        _, secret = actions.issue_token(
            "hotline", duties=[Duty.TRIAGE], ground=town.two_wells,
            expires_at=now + timedelta(days=3), by=town.mei, now=now,
        )  # fmt: skip
    return secret


def test_a_program_sees_the_ground_of_its_token_and_only_through_the_api(town: Town, secret: str) -> None:
    client = Client(headers={"authorization": f"Bearer {secret}"})
    seen = client.get("/api/v1/everybody").json()["seen"]
    assert "mei" in seen
    assert "ding" not in seen
    assert client.get("/everybody").json() == {"seen": []}
    assert Client(headers={"authorization": "Bearer yw_wrong"}).get("/api/v1/everybody").json() == {"seen": []}
    assert queries.tokens_of(town.mei)[0].last_used_at is not None

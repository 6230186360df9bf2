"""Every no is a problem document, before endpoints that are wrong in every way."""

import json
import logging
from typing import Annotated, Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path
from ninja import Query, Schema
from pydantic import Field
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.channels.api.asking import PageAuth, TokenAuth
from yiwang.channels.api.documented import DocumentedAPI
from yiwang.channels.api.tests.callers import problem_of, signed_in, with_token, wrong_fields
from yiwang.people.models import Person
from yiwang.plumbing.refusals import Refused

pytestmark = pytest.mark.django_db
api = DocumentedAPI(urls_namespace="wrong", auth=[TokenAuth(), PageAuth(csrf=True)])


class Report(Schema, extra="forbid"):
    """What somebody sends."""

    text: Annotated[str, Field(max_length=20)]
    number: int = 0


class Wanted(Schema, extra="forbid"):
    """What somebody asks for."""

    number: Annotated[int, Field(ge=1)] = 1


@api.post("/report", response=Report, auth=None)
def report(request: HttpRequest, sent: Report) -> Report:
    return sent


@api.get("/number", response=Wanted, auth=None)
def number(request: HttpRequest, asked: Query[Wanted]) -> Wanted:
    return asked


@api.get("/refused", auth=None)
def refused(request: HttpRequest) -> None:
    raise Refused("login_taken", login="bo")


@api.get("/fault", auth=None)
def fault(request: HttpRequest) -> None:
    Person.objects.filter(login="mei").update(name="half done")
    raise ValueError("the secret of the house")


@api.post("/change", response=Wanted)
def change(request: HttpRequest) -> Wanted:
    return Wanted()


urlpatterns = [path("api/v9/", api.urls), path("", include("yiwang.project.urls"))]


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def caller() -> Client:
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def sent(caller: Client, body: bytes | str, media: str = "application/json") -> Any:
    return caller.generic("POST", "/api/v9/report", body, content_type=media)


def test_a_sound_report_comes_back(caller: Client) -> None:
    assert sent(caller, '{"text": "路灯 😀"}').json() == {"text": "路灯 😀", "number": 0}


@pytest.mark.parametrize(
    "body",
    ["{", "[" * 100_000, '{"text": "a", "text": "b"}', '{"text": "a", "number": NaN}', b"\xff\xfe", '"\ud800"',
     '{"text": "\\ud800"}', '{"text": "a\\u0000"}', '{"\\u0000": 1}', '{"number": 1' + "0" * 5000 + "}"],
)  # fmt: skip
def test_what_is_no_json_of_ours_is_unreadable(caller: Client, body: bytes | str) -> None:
    body = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    said = problem_of(sent(caller, body))
    assert (said.status, said.code) in {(400, "unreadable"), (422, "invalid")}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ("text", "missing")),
        ({"text": "a" * 21}, ("text", "string_too_long")),
        ({"text": "a", "number": "x"}, ("number", "int_parsing")),
        ({"text": "a", "colour": "red"}, ("colour", "extra_forbidden")),
        ({"text": "a", "c" * 500: "red"}, ("c" * 100, "extra_forbidden")),
    ],
)
def test_a_wrong_field_is_named(caller: Client, body: dict[str, str], wrong: tuple[str, str]) -> None:
    answer = sent(caller, json.dumps(body))
    assert answer.status_code == 422
    assert wrong_fields(answer) == [wrong]


def test_the_sentence_is_in_the_language_of_the_caller(caller: Client) -> None:
    (english,) = problem_of(sent(caller, "{}")).fields
    (chinese,) = problem_of(
        caller.post("/api/v9/report", "{}", "application/json", headers={"accept-language": "zh-CN"})
    ).fields
    assert english.detail == "This is missing."
    assert chinese.detail == "缺少此项。"


def test_a_name_in_the_query_that_nobody_knows_is_refused(caller: Client) -> None:
    assert wrong_fields(caller.get("/api/v9/number?number=0")) == [("number", "greater_than_equal")]
    assert wrong_fields(caller.get("/api/v9/number?nummer=5")) == [("nummer", "extra_forbidden")]
    assert wrong_fields(caller.get("/api/v9/refused?x=%00%ED%A0%80")) == [("x", "extra_forbidden")]


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "text/html"])
def test_another_media_type_is_not_taken(caller: Client, media: str) -> None:
    assert problem_of(sent(caller, '{"text": "a"}', media)).code == "media_type_not_taken"


def test_a_body_too_large_is_not_read(caller: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert problem_of(sent(caller, json.dumps({"text": "a" * 200}))).status == 413


def test_a_body_must_say_its_length(caller: Client) -> None:
    answer = caller.post("/api/v9/report", "{}", "application/json", CONTENT_LENGTH="")
    assert problem_of(answer).code == "length_needed"


def test_an_unknown_address_and_a_wrong_method_are_problems_too(caller: Client) -> None:
    assert problem_of(caller.get("/api/v9/nowhere")).code == "not_found"
    assert problem_of(caller.get("/api/")).code == "not_found"
    wrong = caller.delete("/api/v9/report")
    assert problem_of(wrong).code == "method_not_allowed"
    assert wrong["Allow"] == "POST"
    chinese = caller.get("/api/v9/nowhere", headers={"accept-language": "zh-CN"})
    assert problem_of(chinese).detail == "这里没有内容，或没有您可以查看的内容。"


def test_a_host_that_is_not_ours_is_a_problem_too(caller: Client) -> None:
    assert problem_of(caller.get("/api/v9/number", headers={"host": "evil.example"})).status == 400


def test_a_rule_that_says_no_gives_its_code_and_sentence(caller: Client) -> None:
    said = problem_of(caller.get("/api/v9/refused"))
    assert (said.status, said.code) == (422, "login_taken")
    assert said.detail == "Somebody has the login name “bo” already."


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_ours_tells_only_its_number_and_leaves_nothing_half_done(
    town: Town, caller: Client, settings: Settings, caplog: pytest.LogCaptureFixture, *, debug: bool
) -> None:
    settings.DEBUG = debug
    with caplog.at_level(logging.ERROR, logger="django.request"):
        answer = caller.get("/api/v9/fault")
    said = problem_of(answer)
    assert (said.status, said.code) == (500, "fault")
    assert b"secret of the house" not in answer.content
    assert "secret of the house" in caplog.text
    assert not Person.objects.filter(name="half done").exists()


def test_nobody_is_asked_to_sign_in(caller: Client) -> None:
    for stranger in (caller, with_token("yw_wrong"), with_token("")):
        answer = stranger.post("/api/v9/change")
        assert problem_of(answer).code == "sign_in_needed"
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_changes_nothing_without_its_csrf_token(town: Town) -> None:
    browser = signed_in(town.bo, enforce_csrf_checks=True)
    assert problem_of(browser.post("/api/v9/change")).code == "csrf_failed"
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post("/api/v9/change", headers={"x-csrftoken": "a" * 32})
    assert answer.json() == {"number": 1}


def test_a_wrong_token_is_not_mended_by_a_session(town: Town) -> None:
    browser = signed_in(town.bo)
    assert browser.post("/api/v9/change").status_code == 200
    assert browser.post("/api/v9/change", headers={"authorization": "Bearer yw_wrong"}).status_code == 401


def test_whoever_is_half_signed_in_is_told_what_is_due(town: Town, settings: Settings) -> None:
    settings.DEMONSTRATION = False
    said = problem_of(signed_in(town.mei).post("/api/v9/change"))
    assert (said.status, said.code) == (403, "second_factor_set_up_due")


def test_what_has_not_changed_is_not_sent_again(caller: Client) -> None:
    first = caller.get("/api/v9/number")
    again = caller.get("/api/v9/number", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}
    assert caller.get("/api/v9/number?number=2", headers={"if-none-match": first["ETag"]}).status_code == 200

"""A program asks: without cookie, session and form, and without what only pages need."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, token, with_token
from yiwang.people.models import Session
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def test_a_program_is_answered_in_its_language_and_told_how_long_the_answer_is(town: Town) -> None:
    secret = token(town.mei, town.two_wells, Duty.TRIAGE)[1]
    for language in ("en", "zh-hans"):
        answer = with_token(secret, **{"accept-language": language}).get(ME)
        assert answer["Content-Language"] == language
        assert int(answer["Content-Length"]) == len(answer.content)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
    with standing_on(EVERYWHERE):
        assert not Session.objects.exists()


def test_a_stranger_costs_the_database_nothing(town: Town) -> None:
    for stranger in (Client(), with_token("yw_wrong")):
        stranger.get(ME)
        with CaptureQueriesContext(connection) as asked:
            assert problem_of(stranger.get(ME)).code == "sign_in_needed"
        assert len(asked) == 0


def test_a_token_counts_and_not_the_session_beside_it(town: Town) -> None:
    browser = signed_in(town.bo)
    assert browser.get(ME).json()["login"] == "bo"
    secret = token(town.mei, town.two_wells, Duty.TRIAGE)[1]
    assert browser.get(ME, headers={"authorization": f"Bearer {secret}"}).json()["login"] == "mei"


def test_a_name_that_is_not_ours_is_refused_to_programs_too(town: Town) -> None:
    caller = program(town.mei, town.two_wells, Duty.TRIAGE)
    assert problem_of(caller.get(ME, headers={"host": "evil.example"})).status == 400


def test_the_page_of_the_document_keeps_its_policy() -> None:
    assert "default-src" in Client().get("/api/v1/docs")["Content-Security-Policy"]

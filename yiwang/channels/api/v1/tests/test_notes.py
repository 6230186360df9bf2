from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Note
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, wrong_fields
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases"


@pytest.fixture
def number(town: Town) -> str:
    """Lan has told of a lamp, with her phone number."""
    with standing_on(EVERYWHERE):
        make_lamp()
        told = actions.Report(
            "井巷口的路灯不亮了", item="LAMP", place=town.lane_grid.code, name="蓝居民", phone="13800000001"
        )
        return written(actions.report(told, by=reporter(), now=timezone.now()).number)


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(f"{CASES}/{address}", body, content_type="application/json")


@pytest.mark.parametrize("kind", ["comment", "internal", "urge"])
def test_whoever_sees_a_case_may_say_something(town: Town, number: str, kind: str) -> None:
    said = post(signed_in(town.mei), f"{number}/notes", kind=kind, text="今晚去看")
    assert (said.status_code, said.json()["kind"], said.json()["text"]) == (201, kind, "今晚去看")
    history = signed_in(town.gu).get(f"{CASES}/{number}").json()
    assert [(note["kind"], note["author"], note["post"]) for note in history["notes"]] == [
        (kind, f"person:{town.mei.pk}", town.meis_post.pk)
    ]
    assert history["step"] == 1


def test_only_a_supervisor_instructs(town: Town, number: str) -> None:
    forbidden = post(signed_in(town.mei), f"{number}/notes", kind="instruction", text="今天办结")
    assert (forbidden.status_code, problem_of(forbidden).code) == (403, "move_not_yours")
    assert post(signed_in(town.gu), f"{number}/notes", kind="instruction", text="今天办结").status_code == 201


def test_a_stranger_says_nothing_and_uncovers_nobody(town: Town, number: str) -> None:
    for stranger in (signed_in(town.ding), signed_in(town.lan), signed_in(town.wen)):
        assert problem_of(post(stranger, f"{number}/notes", kind="comment", text="x")).status == 404
        assert problem_of(post(stranger, f"{number}/reveal", purpose="x")).status == 404
    with standing_on(EVERYWHERE):
        assert not Note.objects.exists()


def test_a_note_that_cannot_be_taken_is_refused(town: Town, number: str) -> None:
    mei = signed_in(town.mei)
    assert problem_of(post(mei, f"{number}/notes", kind="comment", text=" ")).code == "note_says_nothing"
    assert wrong_fields(post(mei, f"{number}/notes", kind="attempt", text="x"))[0][0] == "kind"
    files = [str(uuid4())]
    assert wrong_fields(post(mei, f"{number}/notes", kind="urge", files=files)) == [("files", "extra_forbidden")]
    assert problem_of(post(mei, f"{number}/notes", kind="internal", text="x", files=files)).code == "photo_unknown"


def test_the_reporter_is_uncovered_for_a_purpose_that_they_read(town: Town, number: str) -> None:
    said = post(signed_in(town.mei), f"{number}/reveal", purpose="回访")
    assert (said.status_code, said.json()) == (200, {"name": "蓝居民", "phone": "13800000001"})
    [note] = signed_in(town.mei).get(f"{CASES}/{number}").json()["notes"]
    assert (note["kind"], note["text"]) == ("reveal", "回访")
    assert [name for name, _ in wrong_fields(post(signed_in(town.mei), f"{number}/reveal", purpose=""))] == ["purpose"]


def test_whoever_lacks_the_duty_uncovers_nobody(town: Town, number: str) -> None:
    for caller in (signed_in(town.bo), program(town.mei, town.two_wells, Duty.TRIAGE)):
        assert problem_of(post(caller, f"{number}/reveal", purpose="curious")).code == "move_not_yours"

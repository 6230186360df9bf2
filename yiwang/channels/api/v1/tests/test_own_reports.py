from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting, reporter
from yiwang.cases.models import Case, Note, Step
from yiwang.cases.numbers import secret_of
from yiwang.cases.rules import LIFE, Capacity, written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.api.tests.callers import problem_of, signed_in, with_token, wrong_fields
from yiwang.channels.api.v1.own_reports import OWN
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports"


@pytest.fixture
def number(town: Town) -> int:
    """Lan has told of a lamp, with her phone number."""
    with standing_on(EVERYWHERE):
        make_lamp()
        told = actions.Report(
            "井巷口的路灯不亮了", item="LAMP", place=town.lane_grid.code, name="蓝居民", phone="13800000001"
        )
        return actions.report(told, by=reporter(), now=timezone.now()).number


def look(number: int, secret: str | None = None, client: Client | None = None) -> Any:
    asked = {"secret": secret_of(number) if secret is None else secret}
    return (client or Client(headers={"accept-language": "en"})).get(f"{REPORTS}/{written(number)}", asked)


def say(number: int, what: str, secret: str | None = None, **body: Any) -> Any:
    body = {"secret": secret_of(number) if secret is None else secret} | body
    client = Client(headers={"accept-language": "en"})
    return client.post(f"{REPORTS}/{written(number)}/{what}", body, content_type="application/json")


def steps(number: int) -> list[str]:
    with standing_on(EVERYWHERE):
        return list(Step.objects.filter(number=number).order_by("seq").values_list("move", flat=True))


def test_whoever_has_the_secret_sees_how_far_it_is(town: Town, number: int) -> None:
    said = look(number).json()
    assert (said["number"], said["state"], said["words"]) == (written(number), "reported", "Waiting to be accepted")
    assert (said["text"], said["place"]) == ("井巷口的路灯不亮了", "云岭县双井街道井巷社区井巷第一网格")
    assert said["moves"] == ["withdraw"]
    assert [step["move"] for step in said["steps"]] == ["report"]
    assert "138" not in str(said["notes"]) + str(said["steps"])


def test_the_secret_opens_as_well_for_somebody_signed_in(town: Town, number: int) -> None:
    assert look(number, client=signed_in(town.lan)).status_code == 200
    assert look(number, secret_of(number).lower(), signed_in(town.ding)).status_code == 200


@pytest.mark.parametrize("what", ["withdraw", "urge"])
def test_without_the_secret_there_is_nothing(town: Town, number: int, what: str) -> None:
    for wrong in ("A" * 16, secret_of(number + 1), "灯"):
        assert (look(number, wrong).status_code, problem_of(look(number, wrong)).code) == (404, "secret_wrong")
        assert problem_of(say(number, what, wrong)).code == "secret_wrong"
    assert problem_of(look(number + 1)).code == "secret_wrong"
    assert problem_of(look(number, client=with_token("yw_wrong"))).code == "sign_in_needed"
    assert [name for name, _ in wrong_fields(Client().get(f"{REPORTS}/{written(number)}"))] == ["secret"]
    assert steps(number) == ["report"]


def test_a_secret_cannot_be_tried_out(town: Town, number: int, settings: Settings) -> None:
    settings.RATE_LIMIT = "2/hour"
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert [look(number, "A" * 16, client).status_code for _ in range(3)] == [404, 404, 429]


def test_a_reporter_withdraws_once(town: Town, number: int) -> None:
    assert say(number, "withdraw", reason="it works again").json()["state"] == "withdrawn"
    late = say(number, "withdraw")
    assert (late.status_code, problem_of(late).code) == (409, "move_too_late")
    assert steps(number) == ["report", "withdraw"]


def test_a_reporter_adds_and_urges_once_a_day(town: Town, number: int) -> None:
    assert [note["text"] for note in say(number, "add", text="旁边的灯也坏了").json()["notes"]] == ["旁边的灯也坏了"]
    assert say(number, "urge").status_code == 200
    assert problem_of(say(number, "urge")).code == "urged_today"
    assert problem_of(say(number, "add")).code == "note_says_nothing"
    assert problem_of(say(number, "add", files=[str(uuid4())])).code == "photo_unknown"
    with standing_on(EVERYWHERE):
        assert list(Note.objects.order_by("pk").values_list("kind", "author")) == [
            ("addition", "reporter"), ("urge", "reporter"),
        ]  # fmt: skip


def test_a_reporter_rates_what_was_done_and_has_it_opened_again(town: Town, number: int) -> None:
    today, now = timezone.localdate(), timezone.now()
    mei, gu, wen = (acting(person, on=today) for person in (town.mei, town.gu, town.wen))
    with standing_on(EVERYWHERE):
        actions.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=now)
        actions.dispatch(number, lead=town.water_post.pk, by=mei, now=now)
        actions.sign_for(number, by=wen, now=now)
        actions.finish(number, evidence=actions.Brought("换了灯泡"), by=wen, now=now)
        actions.confirm(number, by=gu, now=now)
    assert look(number).json()["moves"] == ["call_back"]
    rated = say(number, "call_back", solved=False, satisfied=False, words="还是不亮")
    assert (rated.status_code, rated.json()["state"]) == (200, "called_back")
    again = say(number, "reopen", reason="还是不亮")
    assert (again.status_code, again.json()["state"]) == (200, "in_hand")
    with standing_on(EVERYWHERE):
        assert Case.objects.get(number=number).reopened == 1


def test_what_is_late_to_reopen_says_so(town: Town, number: int) -> None:
    with standing_on(EVERYWHERE):
        day = timezone.now() - timedelta(days=15)
        actions.decline(number, reason="ours", by=acting(town.mei, on=timezone.localdate()), now=day)
    assert say(number, "reopen", reason="again").status_code == 409


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [("call_back", {"solved": 1, "satisfied": True}, "solved"), ("reopen", {}, "reason"), ("urge", {"a": 1}, "a"),
     ("add", {"files": ["x"]}, "files.0"), ("withdraw", {"reason": 1}, "reason")],
)  # fmt: skip
def test_what_a_reporter_cannot_say_is_named(
    town: Town, number: int, what: str, body: dict[str, Any], field: str
) -> None:
    assert field in {name for name, _ in wrong_fields(say(number, what, **body))}


def test_a_reporter_is_offered_every_move_that_the_table_has_for_them() -> None:
    theirs = {name for name, move in LIFE.moves.items() if Capacity.REPORTER in move.by}
    # A report follows another while it is being told, and at no other time.
    assert theirs - {"follow"} <= set(OWN)

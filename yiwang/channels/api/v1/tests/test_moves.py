"""What each move's body becomes: the acts themselves are proven in their own room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.api.tests.callers import problem_of, signed_in, wrong_fields
from yiwang.plumbing.files.tests.make import jpeg
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases"
HERE = {"lat": 27.81, "lon": 114.93}


@pytest.fixture
def number(town: Town) -> str:
    """A lamp that is out, told with its position."""
    with standing_on(EVERYWHERE):
        make_lamp()
        told = actions.Report("井巷口的路灯不亮了", item="LAMP", place=town.lane_grid.code, position=(114.93, 27.81))
        return written(actions.report(told, by=reporter(), now=timezone.now()).number)


@pytest.fixture
def do(number: str) -> Callable[..., Any]:
    """Make a move on that lamp."""

    def make(client: Client, move: str, **body: Any) -> Any:
        return client.post(f"{CASES}/{number}/{move}", body, content_type="application/json")

    return make


def step(client: Client, number: str) -> Any:
    """The last step, once the move was made."""
    return client.get(f"{CASES}/{number}").json()["steps"][-1]


def in_hand(town: Town, do: Callable[..., Any], **dispatched: Any) -> None:
    mei, wen = signed_in(town.mei), signed_in(town.wen)
    assert do(mei, "accept", item="LAMP", place=town.lane_grid.code).status_code == 200
    assert do(mei, "dispatch", lead=town.water_post.pk, **dispatched).status_code == 200
    assert do(wen, "sign_for").json()["state"] == "in_hand"


def test_helpers_sign_finish_and_are_released(town: Town, number: str, do: Callable[..., Any]) -> None:
    in_hand(town, do, assisting=[town.bos_post.pk], track="joint")
    mei, bo = signed_in(town.mei), signed_in(town.bo)
    assert do(bo, "sign_part", post=town.bos_post.pk).status_code == 200
    assert do(bo, "finish_part", note="梯子拿来了").json()["assisting"] == []
    assert do(mei, "call_in", post=town.bos_post.pk, reason="还要一次").json()["assisting"] == [town.bos_post.pk]
    assert do(mei, "release_part", post=town.bos_post.pk, reason="不用了").json()["assisting"] == []
    assert (step(mei, number)["move"], step(mei, number)["reason"]) == ("release_part", "不用了")


def test_whoever_is_whistled_for_reports_in_and_is_appraised(town: Town, number: str, do: Callable[..., Any]) -> None:
    in_hand(town, do)
    mei, bo = signed_in(town.mei), signed_in(town.bo)
    assert do(mei, "whistle", posts=[town.bos_post.pk], reason="现场会商").json()["summoned"] == [town.bos_post.pk]
    assert do(bo, "report_in", position=HERE).status_code == 200
    assert do(mei, "appraise", post=town.bos_post.pk, score=5, words="来得快").status_code == 200
    [called] = mei.get(f"{CASES}/{number}").json()["summons"]
    assert (called["post"], called["score"], called["appraisal"]) == (town.bos_post.pk, 5, "来得快")
    assert called["metres_away"] == pytest.approx(0, abs=1)


def test_time_is_asked_for_and_granted_by_another(town: Town, number: str, do: Callable[..., Any]) -> None:
    in_hand(town, do)
    wen, gu = signed_in(town.wen), signed_in(town.gu)
    assert do(wen, "ask_more_time", hours=4.0, reason="等零件").status_code == 200
    assert do(gu, "refuse_more_time", reason="先试试").json()["extensions"] == 0
    assert do(wen, "ask_more_time", hours=4, reason="还是等零件").status_code == 200
    assert do(gu, "grant_more_time").json()["extensions"] == 1
    until = (timezone.now() + timedelta(days=3)).isoformat()
    assert do(wen, "ask_pause", until=until, reason="汛期").status_code == 200
    assert do(gu, "grant_pause").json()["state"] == "paused"
    assert do(wen, "resume", reason="水退了").json()["state"] == "in_hand"
    asked = wen.get(f"{CASES}/{number}").json()["petitions"]
    assert [(one["asked"], one["granted"]) for one in asked] == [
        ("more_time", False), ("more_time", True), ("pause", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("until", "code"),
    [("1900-01-01T00:00:00+08:00", "pause_must_end_later"), ("2999-01-01T00:00:00Z", "pause_too_long")],
)
def test_a_pause_ends_within_a_year(town: Town, do: Callable[..., Any], until: str, code: str) -> None:
    in_hand(town, do)
    assert problem_of(do(signed_in(town.wen), "ask_pause", until=until, reason="x")).code == code


def test_a_special_track_is_proposed_and_approved(town: Town, do: Callable[..., Any]) -> None:
    mei, gu = signed_in(town.mei), signed_in(town.gu)
    do(mei, "accept", item="LAMP", place=town.lane_grid.code)
    assert do(mei, "propose_track", track="special", hours=100, reason="要挖路").status_code == 200
    assert do(gu, "grant_track", hours=80).status_code == 200
    assert do(mei, "dispatch", lead=town.water_post.pk, track="special").json()["track"] == "special"


def test_evidence_comes_with_photos_sent_before(town: Town, number: str, do: Callable[..., Any]) -> None:
    in_hand(town, do)
    wen, gu = signed_in(town.wen), signed_in(town.gu)
    file = wen.post("/api/v1/files", {"file": SimpleUploadedFile("灯.jpg", jpeg())}).json()["id"]
    unknown = do(wen, "finish", note="换了灯泡", photos=[{"file": str(uuid4())}])
    assert problem_of(unknown).code == "photo_unknown"
    shown = [{"file": file, "position": HERE | {"datum": "gcj02"}, "moment": "after"}]
    assert do(wen, "finish", note="换了灯泡 😀", photos=shown).json()["state"] == "finished"
    given = step(wen, number)["given"]
    assert file in str(given)
    assert do(gu, "send_back", reason="还不亮").json()["state"] == "in_hand"
    assert do(wen, "finish", note="又换了一个").json()["state"] == "finished"
    assert do(gu, "confirm", note="亮了", photos=[{"file": file}]).json()["state"] == "checked"
    assert do(signed_in(town.mei), "no_answer", words="占线").json()["attempts"] == 1


@pytest.mark.parametrize(
    ("move", "body", "field"),
    [
        ("finish", {"note": "x", "photos": [{"file": "x"}]}, "photos.0.file"),
        ("finish", {"note": "x", "photos": [{"file": str(uuid4()), "position": {"lat": 95.0, "lon": 0.0}}]},
         "photos.0.position.lat"),
        ("report_in", {"position": {"lat": 1.0}}, "position.lon"),
        ("appraise", {"post": 1, "score": 6}, "score"),
        ("ask_more_time", {"hours": 0, "reason": "x"}, "hours"),
        ("ask_pause", {"until": "tomorrow", "reason": "x"}, "until"),
        ("whistle", {"posts": [], "reason": "x"}, "posts"),
        ("call_back", {"solved": "yes", "satisfied": True}, "solved"),
        ("dispatch", {"lead": 1, "track": "fast"}, "track"),
    ],
)  # fmt: skip
def test_what_a_move_does_not_take_is_named(
    town: Town, do: Callable[..., Any], move: str, body: dict[str, Any], field: str
) -> None:
    assert field in {name for name, _ in wrong_fields(do(signed_in(town.mei), move, **body))}

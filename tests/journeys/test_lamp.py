"""A lamp from the phone to the call-back, told through the API only."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.api.tests.callers import problem_of, program, signed_in
from yiwang.people.rules import Duty
from yiwang.plumbing.files.tests.make import jpeg
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
HERE = {"lat": 27.81, "lon": 114.93}


@pytest.fixture(autouse=True)
def _as_installed(tmp_path: Path, settings: Settings) -> None:
    keep_files_in(tmp_path, settings)
    settings.DEMONSTRATION = True
    settings.DEMONSTRATION_COUNTY = "9901"
    settings.RATE_LIMIT = ""


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(f"{V1}/{address}", body, content_type="application/json")


def done(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def photo(client: Client) -> str:
    sent = client.post(f"{V1}/files", {"file": SimpleUploadedFile("灯.jpg", jpeg())})
    return str(done(sent)["id"])


def names(client: Client, number: str) -> set[str]:
    return {move["move"] for move in done(client.get(f"{V1}/cases/{number}/moves"))["moves"]}


def test_a_lamp_goes_from_a_phone_to_the_call_back(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_item("LAMP", evidence=Evidence(1, 50, note=True, before_and_after=False))
    phone = Client(headers={"accept-language": "en"})
    mei, wen, bo = signed_in(town.mei), signed_in(town.wen), signed_in(town.bo)

    # Lan tells it from her phone, without an account.
    told = done(
        post(
            phone,
            "reports",
            text="井巷口的路灯不亮了",
            place=town.lane_grid.code,
            position=HERE,
            photos=[photo(phone)],
            contact={"name": "蓝居民", "phone": "13800000001"},
        )
    )
    number, secret = told["number"], told["secret"]
    assert (told["state"], told["item"]) == ("reported", "LAMP")

    # Mei finds it, takes it on and gives it to the water company, whose Wen signs.
    assert [case["number"] for case in done(mei.get(f"{V1}/cases", {"state": "reported"}))["cases"]] == [number]
    assert "accept" in names(mei, number)
    seen = done(post(mei, f"cases/{number}/accept", item="LAMP", place=town.lane_grid.code, seen=1))["step"]
    assert done(post(mei, f"cases/{number}/dispatch", lead=town.water_post.pk, seen=seen))["state"] == "dispatched"
    assert [case["number"] for case in done(wen.get(f"{V1}/cases"))["cases"]] == [number]
    assert done(post(wen, f"cases/{number}/sign_for"))["keeper"] == town.water_post.pk
    view = done(phone.get(f"{V1}/reports/{number}", {"secret": secret}))
    assert (view["state"], view["unit"]) == ("in_hand", "云岭县自来水公司")

    # Without a photo from the spot it is not done; the handler does not check their own work, Bo does.
    lacking = post(wen, f"cases/{number}/finish", note="换了灯泡", photos=[{"file": photo(wen)}])
    assert problem_of(lacking).code == "evidence_missing"
    shown = [{"file": photo(wen), "position": HERE, "moment": "after"}]
    assert done(post(wen, f"cases/{number}/finish", note="换了灯泡", photos=shown))["state"] == "finished"
    assert problem_of(post(wen, f"cases/{number}/confirm")).code == "move_not_yours"
    assert done(post(bo, f"cases/{number}/confirm", note="亮了"))["state"] == "checked"

    # Mei asks Lan, whose number she uncovers for that; only then is it closed.
    assert problem_of(post(mei, f"cases/{number}/close")).code == "reporter_not_asked_yet"
    assert done(post(mei, f"cases/{number}/reveal", purpose="回访"))["phone"] == "13800000001"
    asked = post(mei, f"cases/{number}/call_back", solved=True, satisfied=True, words="很快", way="phone")
    assert done(asked)["state"] == "called_back"
    assert done(post(mei, f"cases/{number}/close"))["state"] == "closed"

    # Lan sees that, and who looked; a town next door sees nothing, and the history hangs together.
    view = done(phone.get(f"{V1}/reports/{number}", {"secret": secret}))
    assert (view["state"], [look["purpose"] for look in view["looked"]]) == ("closed", ["回访"])
    assert signed_in(town.ding).get(f"{V1}/cases/{number}").status_code == 404
    steps = done(program(town.mei, town.two_wells, Duty.TRIAGE).get(f"{V1}/cases/{number}"))["steps"]
    assert [step["move"] for step in steps] == [
        "report", "accept", "dispatch", "sign_for", "finish", "confirm", "call_back", "close",
    ]  # fmt: skip
    assert [step["before"] for step in steps[1:]] == [step["hash"] for step in steps[:-1]]

    # It fails again within the fortnight: Lan has it opened again, and Wen has it on the list.
    again = post(phone, f"reports/{number}/reopen", secret=secret, reason="又不亮了")
    assert done(again)["state"] == "in_hand"
    assert [case["number"] for case in done(wen.get(f"{V1}/cases", {"state": "in_hand"}))["cases"]] == [number]

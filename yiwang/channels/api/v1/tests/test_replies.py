"""The API says what is wanting in a reply, and counts what was."""

import pytest

from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, in_hand, make_lamp
from yiwang.channels.api.tests.callers import signed_in
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.replies.models import Flawed

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(town: Town) -> int:
    with standing_on(EVERYWHERE):
        make_lamp()
        return in_hand(town)


def test_what_is_wanting_in_a_reply(town: Town, number: int) -> None:
    address = f"/api/v1/cases/{written(number)}/check_reply"
    answer = signed_in(town.wen).post(address, {"note": "正在处理"}, content_type="application/json")
    [warning] = answer.json()["warnings"]
    assert (warning["flaw"], warning["piece"]) == ("passed_on", "正在处理")
    good = {"note": "昨天更换了路灯灯泡，试亮正常"}
    assert signed_in(town.wen).post(address, good, content_type="application/json").json() == {"warnings": []}
    assert signed_in(town.ding).post(address, good, content_type="application/json").status_code == 404


def test_flaws_are_counted_on_ones_own_ground(town: Town, number: int) -> None:
    with standing_on(EVERYWHERE):
        Flawed.objects.create(
            county="990101", number=number, seq=5, flaw="vague", place=town.lane_grid.code, at=MONDAY, sealed=False
        )
    address = "/api/v1/cases/replies/flaws?days=366"
    assert [one["replies"] for one in signed_in(town.mei).get(address).json()["flaws"]] == [1]
    assert signed_in(town.ding).get(address).json() == {"flaws": []}

"""One case on a telephone."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases.actions import Brought
from yiwang.cases.models import Case, Note
from yiwang.cases.rules import NoteKind, written
from yiwang.channels.web.desk.tests.case_bench import Bench, case, desk, prepared
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.models import Watch

pytestmark = pytest.mark.django_db
WAITS = "waits for an answer"


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    return prepared(town_behind_the_wall, tmp_path, settings)


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def page(client: Client, number: int) -> Any:
    return client.get(f"/today/{written(number)}")


def moves(client: Client, number: int) -> list[tuple[str, bool]]:
    return [(move.name, at_once) for move, at_once in page(client, number).context["moves"]]


def test_a_stranger_finds_no_such_case(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    assert page(desk(town.ding), number).status_code == 404
    assert page(desk(town.bo), 9901012600009999).status_code == 404
    assert desk(town.bo).get("/today/nonsense").status_code == 404


def test_the_lead_sees_what_to_do_now_and_signing_asks_nothing(town: Town, bench: Bench) -> None:
    number = bench.dispatched(position=(106.005, 30.005), address="老槐树旁")
    found = moves(desk(town.wen), number)
    assert found[0] == ("sign_for", True)
    assert ("hand_back", False) in found
    said = page(desk(town.wen), number).content.decode()
    assert 'href="geo:30.005000,106.005000"' in said
    assert "老槐树旁" in said


def test_a_checker_goes_on_to_the_photos(town: Town, bench: Bench) -> None:
    found = page(desk(town.bo), bench.finished())
    assert found.context["to_check"]
    assert {move.name for move, _ in found.context["moves"]}.isdisjoint({"confirm", "send_back"})


def test_one_s_own_work_is_not_offered_to_be_checked(town: Town, bench: Bench) -> None:
    number = bench.accepted()
    bench.make("dispatch", number, town.mei, lead=town.bos_post.pk)
    bench.make("sign_for", number, town.bo)
    bench.make("finish", number, town.bo, evidence=Brought("换了灯泡"))
    assert not page(desk(town.bo), number).context["to_check"]


def test_what_was_asked_for_stands_there_as_long_as_nobody_has_decided(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    assert WAITS not in page(wen, number).content.decode()
    bench.make("ask_more_time", number, town.wen, hours=5, reason="等配件")
    said = page(wen, number).content.decode()
    assert re.search(rf"More time</span><span[^>]*>5 hours <span[^>]*>{WAITS}", said)
    bench.make("refuse_more_time", number, town.gu, reason="配件有货")
    assert WAITS not in page(wen, number).content.decode()


def test_one_moment_has_one_colour(town: Town, bench: Bench) -> None:
    """A day and a half is left of two and a half weeks: the stage says that it is soon, and so does the promise."""
    number, now, hour = bench.in_hand(), timezone.now(), timedelta(hours=1)
    due = now + 36 * hour
    with standing_on(EVERYWHERE):
        Case.objects.filter(number=number).update(next_due_at=due, due_at=due)
        Watch.objects.create(
            number=number, county=town.county.code, place=town.lane_grid.code, steps=1, since=now,
            round=now - 400 * hour, soon_at=now - 90 * hour, pressing_at=now - hour, due_at=due,
        )  # fmt: skip
    said = page(desk(town.wen), number).content.decode()
    shown = re.findall(rf'<time class="due (\w+)" datetime="{re.escape(due.isoformat(timespec="minutes"))}"', said)
    assert shown == ["soon", "soon"]


def test_whoever_only_would_lead_is_not_called_the_lead(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    assert "Proposed lead" not in page(desk(town.wen), number).content.decode()
    bench.make("hand_back", number, town.wen, reason="不归我们")
    assert "Proposed lead" in desk(town.mei).get(f"/cases/{written(number)}").content.decode()


def test_the_address_of_a_form_leads_back_to_the_case(town: Town, bench: Bench) -> None:
    address = f"/today/{written(bench.in_hand())}"
    assert {desk(town.wen).get(f"{address}/{act}")["Location"] for act in ("say", "reveal")} == {address}


def test_it_says_when_somebody_else_moved_it_on(town: Town, bench: Bench) -> None:
    number, bo = bench.in_hand(), desk(town.bo)
    address = f"/today/{written(number)}/changed?seen={case(number).steps}"
    first = bo.get(address)
    assert (first.status_code, first.content) == (200, b"")
    assert bo.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    bench.make("hand_back", number, town.wen, reason="不归我们")
    again = bo.get(address, headers={"If-None-Match": first["ETag"]})
    assert f'href="/today/{written(number)}"' in again.content.decode()
    assert desk(town.ding).get(address).status_code == 404


def test_something_is_said_beside_the_moves(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    address = f"/today/{written(number)}/say"
    assert wen.post(address, {"kind": "internal", "text": "等雨停"})["Location"] == f"/today/{written(number)}"
    with standing_on(EVERYWHERE):
        assert Note.objects.get(case=number).kind == NoteKind.INTERNAL
    assert wen.post(address, {"kind": "internal", "text": " "}).status_code == 422
    assert desk(town.ding).post(address, {"kind": "comment", "text": "x"}).status_code == 404


def test_whoever_calls_back_uncovers_the_phone_and_others_do_not(town: Town, bench: Bench) -> None:
    number = bench.checked(name="蓝居民", phone="13800000001")
    address = f"/today/{written(number)}/reveal"
    bo = desk(town.bo)
    assert bo.post(address).status_code == 403
    assert not page(bo, number).context["may_reveal"]
    with standing_on(EVERYWHERE):
        give(town.bo, [Duty.CALL_BACK, Duty.SEE_PERSONAL], ground=town.two_wells)
    assert page(bo, number).context["may_reveal"]
    assert 'href="tel:13800000001"' in bo.post(address).content.decode()
    assert desk(town.ding).post(address).status_code == 404


def test_it_asks_few_queries(town: Town, bench: Bench) -> None:
    assert queries_of(desk(town.wen), f"/today/{written(bench.in_hand())}") <= MOST_QUERIES

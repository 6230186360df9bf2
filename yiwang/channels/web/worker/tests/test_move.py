"""One move on a telephone."""

from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases.models import Step
from yiwang.cases.rules import State, written
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.tests.case_bench import Bench, case, desk, prepared, shot
from yiwang.plumbing.files.actions import keep
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    return prepared(town_behind_the_wall, tmp_path, settings)


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def at(number: int, name: str) -> str:
    return f"/today/{written(number)}/{name}"


def kept() -> str:
    """The id of a photo that was sent ahead."""
    with standing_on(EVERYWHERE):
        return str(keep(make.jpeg(), name="灯.jpg", by="reporter", ground="").file.pk)


def test_a_stranger_finds_no_form(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    ding = desk(town.ding)
    assert ding.get(at(number, "finish")).status_code == 404
    assert ding.post(at(number, "finish"), {"seen": 1, "note": "x"}).status_code == 404
    assert desk(town.wen).get(at(number, "nonsense")).status_code == 404


def test_what_is_not_open_goes_back_to_the_case_and_says_why(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    assert wen.get(at(number, "sign_for"))["Location"] == f"/today/{written(number)}"
    assert "too late" in wen.get(f"/today/{written(number)}").content.decode()


def test_signing_is_one_tap(town: Town, bench: Bench) -> None:
    number, wen = bench.dispatched(), desk(town.wen)
    answer = wen.post(at(number, "sign_for"), {"seen": case(number).steps})
    assert answer["Location"] == f"/today/{written(number)}"
    assert case(number).state == State.IN_HAND


def test_finishing_with_photos_sent_ahead_keeps_where_each_was_taken(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    given = {
        "seen": case(number).steps, "note": "换了灯泡", "lon": "106.2", "lat": "30.2",
        "after_sent": [f"{kept()} 106.005 30.005", f"{kept()} -", kept(), "nonsense"],
    }  # fmt: skip
    answer = wen.post(at(number, "finish"), given, headers=JSON)
    assert answer.json() == {"address": f"/today/{written(number)}"}
    with standing_on(EVERYWHERE):
        photos = Step.objects.filter(number=number).order_by("-seq")[0].given["photos"]
    assert [photo["position"] for photo in photos] == [[106.005, 30.005], None, [106.2, 30.2]]
    assert {photo["moment"] for photo in photos} == {"after"}


def test_the_form_says_what_is_to_be_shown_and_the_report_s_own_photo_is_the_one_from_before(
    town: Town, bench: Bench
) -> None:
    with standing_on(EVERYWHERE):
        make_item("PIT", evidence=Evidence(photos=2, before_and_after=True, within_metres=50))
    forget()
    photo = kept()
    number = bench.reported(item="PIT", photos=(photo,))
    bench.make("accept", number, town.mei, item="PIT", place=town.lane_grid.code)
    bench.make("dispatch", number, town.mei, lead=town.water_post.pk)
    bench.make("sign_for", number, town.wen)
    wen = desk(town.wen)
    page = wen.get(at(number, "finish"))
    assert page.context["opened"]["wanted"] == ["2 photos", "before and after", "one taken within 50 metres"]
    assert f'name="before_sent" value="{photo} -"' in page.content.decode()


def test_a_refused_form_says_why_and_loses_no_photo(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    refused = wen.post(at(number, "finish"), {"seen": case(number).steps, "note": "", "after_sent": [kept()]})
    assert refused.status_code == 422
    assert refused.context["opened"]["photos_kept"] == 1
    again = {"seen": case(number).steps, "note": "换了灯泡", "kept": refused.context["opened"]["kept"]}
    assert wen.post(at(number, "finish"), again).status_code == 302
    with standing_on(EVERYWHERE):
        assert len(Step.objects.filter(number=number).order_by("-seq")[0].given["photos"]) == 1


def test_somebody_elses_change_is_told_before_the_move_is_made(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    assert wen.post(at(number, "hand_back"), {"seen": 1, "reason": "不归我们"}).status_code == 409
    assert case(number).state == State.IN_HAND


def test_a_photo_that_nobody_has_is_refused(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    given = {"seen": case(number).steps, "note": "换了灯泡", "after_sent": [str(uuid4())]}
    assert wen.post(at(number, "finish"), given).status_code == 422


def test_photos_come_with_the_form_where_no_script_sends_them(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    wen.post(at(number, "finish"), {"seen": case(number).steps, "note": "换了灯泡", "after": [shot(), shot()]})
    assert case(number).state == State.FINISHED


@pytest.mark.parametrize("asked", ["ask_more_time", "ask_pause"])
def test_a_form_that_asks_says_who_decides_and_that_the_clock_goes_on(town: Town, bench: Bench, asked: str) -> None:
    said = desk(town.wen).get(f"/today/{bench.in_hand()}/{asked}").content.decode()
    assert "Whoever approves it decides; until then the clock goes on." in said


def test_reporting_in_after_a_whistle_keeps_the_position(town: Town, bench: Bench) -> None:
    number = bench.in_hand(position=(106.0, 30.0))
    bench.make("whistle", number, town.mei, posts=[town.bos_post.pk], reason="一起看看")
    bo = desk(town.bo)
    assert ("report_in", False) in [(m.name, now) for m, now in bo.get(f"/today/{number}").context["moves"]]
    answer = bo.post(at(number, "report_in"), {"seen": case(number).steps, "lon": "106.001", "lat": "30.0"})
    assert answer.status_code == 302
    assert case(number).summoned == []


def test_it_asks_few_queries(town: Town, bench: Bench) -> None:
    assert queries_of(desk(town.wen), at(bench.in_hand(), "finish")) <= MOST_QUERIES

"""Somebody else's work, looked at."""

from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases.actions import Brought, Moment, Photo
from yiwang.cases.models import Step
from yiwang.cases.rules import State, written
from yiwang.channels.web.desk.tests.case_bench import Bench, case, desk, prepared
from yiwang.channels.web.worker.tests.test_move import kept
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    return prepared(town_behind_the_wall, tmp_path, settings)


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def at(number: int) -> str:
    return f"/today/{written(number)}/check"


def shown(town: Town, bench: Bench) -> int:
    """Told with a photo, and finished with one from before and one from after, some eleven metres away."""
    number = bench.in_hand(photos=(UUID(kept()),), position=(106.0, 30.0))
    photos = (
        Photo(UUID(kept()), None, Moment.BEFORE),
        Photo(UUID(kept()), (106.0, 30.0001), Moment.AFTER),
    )  # fmt: skip
    bench.make("finish", number, town.wen, evidence=Brought("换了灯泡", photos))
    return number


def last_step(number: int) -> Step:
    with standing_on(EVERYWHERE):
        return Step.objects.filter(number=number).order_by("-seq")[0]


def test_a_stranger_finds_nothing_to_check(town: Town, bench: Bench) -> None:
    number = bench.finished()
    assert desk(town.ding).get(at(number)).status_code == 404
    assert desk(town.ding).post(at(number), {"do": "confirm", "seen": 1}).status_code == 404


def test_ones_own_work_is_not_looked_at(town: Town, bench: Bench) -> None:
    number, bo = bench.accepted(), desk(town.bo)
    bench.make("dispatch", number, town.mei, lead=town.bos_post.pk)
    bench.make("sign_for", number, town.bo)
    bench.make("finish", number, town.bo, evidence=Brought("换了灯泡"))
    answer = bo.get(at(number), follow=True)
    assert answer.redirect_chain == [(f"/today/{written(number)}", 302)]
    assert "checked by somebody else" in answer.content.decode()


def test_what_is_not_finished_is_not_checked(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    assert desk(town.bo).get(at(number))["Location"] == f"/today/{written(number)}"


def test_how_it_was_stands_beside_how_the_handler_left_it(town: Town, bench: Bench) -> None:
    page = desk(town.bo).get(at(shown(town, bench)))
    assert [far for _, far in page.context["first"]] == [""]
    assert [far for _, far in page.context["after"]] == ["11 metres from the place"]


def test_it_is_passed_with_a_photo_of_ones_own(town: Town, bench: Bench) -> None:
    number, bo = shown(town, bench), desk(town.bo)
    given = {"do": "confirm", "seen": case(number).steps, "after_sent": [f"{kept()} 106.0 30.0"], "seen_there": "亮了"}
    assert bo.post(at(number), given).status_code == 302
    assert case(number).state == State.CHECKED
    given = last_step(number).given
    assert (given["note"], len(given["photos"])) == ("亮了", 1)


def test_it_goes_back_with_a_reason_and_the_photo_that_shows_it(town: Town, bench: Bench) -> None:
    number, bo = shown(town, bench), desk(town.bo)
    sent = {"do": "send_back", "seen": case(number).steps, "after_sent": [f"{kept()} 106.0 30.0"], "seen_there": ""}
    refused = bo.post(at(number), sent)
    assert refused.status_code == 422
    assert case(number).state == State.FINISHED
    sent |= {"seen_there": "还是不亮", "kept": refused.context["opened"]["kept"], "after_sent": []}
    assert bo.post(at(number), sent).status_code == 302
    step = last_step(number)
    assert (step.move, step.reason, len(step.given["photos"])) == ("send_back", "还是不亮", 1)
    # The handler sees it in the history.
    assert step.given["photos"][0]["file"] in str(desk(town.wen).get(f"/today/{number}").context["page"].lines)


def test_nobody_checks_their_own_work(town: Town, bench: Bench) -> None:
    number = bench.reported()
    bench.make("accept", number, town.mei, item="LAMP", place=town.lane_grid.code)
    bench.make("dispatch", number, town.mei, lead=town.bos_post.pk)
    bench.make("sign_for", number, town.bo)
    bench.make("finish", number, town.bo, evidence=Brought("换了灯泡"))
    refused = desk(town.bo).post(at(number), {"do": "confirm", "seen": case(number).steps})
    assert refused.status_code == 422
    assert case(number).state == State.FINISHED


def test_a_verdict_that_is_none_does_not_exist(town: Town, bench: Bench) -> None:
    number = bench.finished()
    assert desk(town.bo).post(at(number), {"do": "close", "seen": case(number).steps}).status_code == 404


def test_it_asks_few_queries(town: Town, bench: Bench) -> None:
    assert queries_of(desk(town.bo), at(shown(town, bench))) <= MOST_QUERIES

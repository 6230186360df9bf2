from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting, reporter
from yiwang.cases.models import Step
from yiwang.cases.rules import LIFE, Capacity, Told, written
from yiwang.cases.tests.make import make_lamp
from yiwang.cases.words import MOVES as MOVE_WORDS
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, wrong_fields
from yiwang.channels.api.v1.moves import OFFERS
from yiwang.people.models import Person, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.places.models import Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases"


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()


def reported(place: Place, text: str = "井巷口的路灯不亮了", *, by: Person | None = None, **told: Any) -> str:
    """The number of a report of a lamp, told now; by a resident unless somebody is named."""
    told = {"item": "LAMP"} | told
    who = acting(by, on=timezone.localdate()) if by else reporter()
    with standing_on(EVERYWHERE):
        report = actions.Report(text=text, place=place.code, told=Told.WORKER if by else Told.RESIDENT, **told)
        return written(actions.report(report, by=who, now=timezone.now()).number)


def numbers(client: Client, **asked: Any) -> list[str]:
    answer = client.get(CASES, asked)
    assert answer.status_code == 200, answer.content
    return [case["number"] for case in answer.json()["cases"]]


def post(client: Client, number: str, move: str, **body: Any) -> Any:
    return client.post(f"{CASES}/{number}/{move}", body, content_type="application/json")


def accepted(town: Town) -> str:
    number = reported(town.lane_grid)
    answer = post(signed_in(town.mei), number, "accept", item="LAMP", place=town.lane_grid.code)
    assert answer.status_code == 200, answer.content
    return number


def dispatched(town: Town) -> str:
    number = accepted(town)
    assert post(signed_in(town.mei), number, "dispatch", lead=town.water_post.pk).json()["state"] == "dispatched"
    return number


def test_a_clerk_sees_the_cases_of_their_street_newest_first(town: Town) -> None:
    first, second = reported(town.lane_grid), reported(town.upper_lane)
    reported(town.bridge_grid)
    assert numbers(signed_in(town.mei)) == [second, first]
    assert numbers(program(town.mei, town.two_wells, Duty.TRIAGE)) == [second, first]
    # A program for one community sees no other.
    assert numbers(program(town.mei, town.well_lane, Duty.TRIAGE)) == [first]


def test_a_clerk_of_another_street_a_resident_and_a_program_for_numbers_see_nothing_of_it(town: Town) -> None:
    number = dispatched(town)
    looking = program(town.ning, town.county, Duty.SEE_NUMBERS)
    for stranger in (signed_in(town.ding), signed_in(town.lan), signed_in(town.operator), looking):
        assert numbers(stranger) == []
        assert problem_of(stranger.get(f"{CASES}/{number}")).status == 404
        assert problem_of(stranger.get(f"{CASES}/{number}/moves")).code == "no_such_case"
        assert problem_of(post(stranger, number, "recall", reason="mine")).status == 404


def test_a_handler_sees_what_their_post_has_or_had_and_a_worker_what_they_brought_in(town: Town) -> None:
    given, own = dispatched(town), reported(town.lane_grid, by=town.bo)
    reported(town.lane_grid)
    wen = signed_in(town.wen)
    assert numbers(wen) == [given]
    assert post(wen, given, "hand_back", reason="not our pipe").status_code == 200
    assert numbers(wen) == [given]
    assert numbers(program(town.wen, town.county, Duty.HANDLE), place=town.lane_grid.code) == [given]
    # Bo checks on his grid and so sees all of it; beyond it, what he told himself.
    with standing_on(EVERYWHERE):
        town.bos_post.role.duties = ["report"]
        town.bos_post.role.save()
    assert own in numbers(signed_in(town.bo))


def test_lists_are_narrowed_by_what_is_asked(town: Town) -> None:
    mei = signed_in(town.mei)
    lamp, pipe = accepted(town), dispatched(town)
    other = reported(town.upper_lane, "井盖松动，有人差点摔倒", item="")
    assert numbers(mei, place=town.well_lane.code) == [pipe, lamp]
    assert numbers(mei, place=town.upper_lane.code[:-1]) == [other, pipe, lamp]
    assert numbers(mei, place=town.stone_bridge.code) == []
    assert numbers(mei, state="accepted") == [lamp]
    assert numbers(mei, item="LAMP") == [pipe, lamp]
    assert numbers(mei, item="NONE") == []
    assert numbers(mei, lead=town.water_post.pk) == [pipe]
    assert numbers(mei, overdue="true") == []
    soon = (timezone.now() + timedelta(minutes=1)).isoformat()
    assert (numbers(mei, since=soon), len(numbers(mei, since="1900-01-01T00:00:00+08:00"))) == ([], 3)
    assert len(numbers(mei, since="0596-01-01T00:00:00+23:55")) == 3
    assert numbers(signed_in(town.wen), state="dispatched", item="LAMP", place=town.lane_grid.code) == [pipe]


def test_an_item_asked_for_brings_its_branch(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_item("L1", parent=make_item("L"))
    number = reported(town.lane_grid, item="L1")
    assert numbers(signed_in(town.mei), item="L") == [number]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("路灯", [0]),
        ("灯", [0]),
        ("灯不亮", [0]),
        ("路不亮", []),
        ("井盖 摔倒", [1]),
        ("井", [1, 0]),
        ("３号楼", [1]),
        ("！", []),
    ],
)
def test_chinese_text_is_found_as_it_was_said(town: Town, q: str, found: list[int]) -> None:
    told = [reported(town.lane_grid), reported(town.lane_grid, "井盖松动，有人差点摔倒", address="3号楼")]
    assert numbers(signed_in(town.mei), q=q) == [told[index] for index in found]
    assert numbers(signed_in(town.ding), q=q) == []


def test_words_are_found_inside_a_place_and_never_beyond_ones_ground(town: Town) -> None:
    here, there = reported(town.lane_grid), reported(town.bridge_grid)
    asked = [town.county, town.two_wells, town.well_lane, town.lane_grid]
    assert [numbers(signed_in(town.mei), q="路灯", place=place.code) for place in asked] == [[here]] * 4
    assert numbers(signed_in(town.mei), q="路灯", place=town.bridge_grid.code) == []
    community = program(town.mei, town.well_lane, Duty.TRIAGE)
    assert [numbers(community, q="路灯", place=place.code) for place in asked] == [[here]] * 4
    assert numbers(signed_in(town.ding), q="路灯", place=town.county.code) == [there]


def test_words_and_filters_hold_together(town: Town) -> None:
    told = accepted(town)
    reported(town.lane_grid)
    assert numbers(signed_in(town.mei), q="路灯", state="accepted") == [told]
    assert numbers(signed_in(town.wen), q="路灯") == []


def test_pages_follow_each_other_without_gap_or_twin(town: Town) -> None:
    told = [reported(town.lane_grid) for _ in range(5)]
    for q in ("", "路灯"):
        seen: list[str] = []
        cursor = ""
        for _ in range(3):
            page = signed_in(town.mei).get(CASES, {"limit": 2, "cursor": cursor, "q": q}).json()
            seen += [case["number"] for case in page["cases"]]
            cursor = page["next"] or ""
        assert (seen, cursor) == (told[::-1], "")


def test_a_list_asks_as_much_for_three_cases_as_for_one(town: Town) -> None:
    def questions(client: Client, **asked: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            numbers(client, **asked)
        return len(found)

    dispatched(town)
    clients = [(program(town.mei, town.two_wells, Duty.TRIAGE), {}), (program(town.wen, town.county, Duty.HANDLE), {}),
               (program(town.mei, town.two_wells, Duty.TRIAGE), {"q": "路灯"})]  # fmt: skip
    for client, asked in clients:
        numbers(client, **asked)
    one = [questions(client, **asked) for client, asked in clients]
    dispatched(town)
    dispatched(town)
    assert [questions(client, **asked) for client, asked in clients] == one


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"state": "lost"}, "state"), ({"since": "1"}, "since"), ({"since": "2026-03-02"}, "since"),
     ({"limit": 0}, "limit"), ({"lead": 0}, "lead"), ({"cursor": "1"}, "cursor"), ({"place": "x"}, "place"),
     ({"nobody": 1}, "nobody"),
     ({"overdue": "maybe"}, "overdue"), ({"q": "a" * 101}, "q")],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(town: Town, asked: dict[str, Any], field: str) -> None:
    assert [name for name, _ in wrong_fields(signed_in(town.mei).get(CASES, asked))] == [field]


def test_one_case_tells_its_history_and_masks_its_reporter(town: Town) -> None:
    number = reported(town.lane_grid, name="蓝居民", phone="13800000001")
    mei = signed_in(town.mei)
    post(mei, number, "accept", item="LAMP", place=town.lane_grid.code)
    said = mei.get(f"{CASES}/{number}").json()
    assert said["reporter"] == {"told": "resident", "name": "蓝**", "phone": "138****0001"}
    assert [(step["move"], step["state"]) for step in said["steps"]] == [
        ("report", "reported"),
        ("accept", "accepted"),
    ]
    assert said["steps"][1]["before"] == said["steps"][0]["hash"]
    assert (said["steps"][1]["actor"], said["steps"][1]["post"]) == (f"person:{town.mei.pk}", town.meis_post.pk)
    assert (said["step"], said["item"], said["parts"], said["notes"]) == (2, "LAMP", [], [])
    assert "13800000001" not in str(said)


def test_a_signed_in_resident_is_nobody_by_name_in_the_history(town: Town) -> None:
    said = signed_in(town.lan).post(
        "/api/v1/reports", {"text": "路灯坏了", "place": town.yard.code}, "application/json"
    )
    history = signed_in(town.mei).get(f"{CASES}/{said.json()['number']}").json()
    assert [step["actor"] for step in history["steps"]] == ["reporter"]
    assert f"person:{town.lan.pk}" not in str(history)


def test_a_case_with_parts_names_posts_and_clocks(town: Town) -> None:
    number = dispatched(town)
    [part] = signed_in(town.mei).get(f"{CASES}/{number}").json()["parts"]
    assert (part["post"], part["part"], part["ended_at"]) == (town.water_post.pk, "lead", None)


def test_a_sealed_case_is_nobodys_to_see_who_only_looks_after_the_ground(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_item("S", secrecy=Secrecy.SEALED, keywords=("收钱",), examples=())
    number = reported(town.lane_grid, "有人收钱", item="S")
    gu = signed_in(town.gu)
    assert (numbers(gu), numbers(gu, q="收钱"), gu.get(f"{CASES}/{number}").status_code) == ([], [], 404)
    with standing_on(EVERYWHERE):
        inspector = make_person("inspector", ground=town.county)
        inspecting = make_post(role=Role.objects.get(code="discipline_inspector"), ground=town.county)
        make_holding(inspector, inspecting)
    clean = signed_in(inspector)
    assert (numbers(clean), numbers(clean, q="收钱")) == ([number], [number])
    assert clean.get(f"{CASES}/{number}").status_code == 200


def test_the_moves_open_to_a_clerk_say_what_they_need(town: Town) -> None:
    number = reported(town.lane_grid)
    said = signed_in(town.mei).get(f"{CASES}/{number}/moves").json()
    offered = {move["move"]: move for move in said["moves"]}
    assert (said["state"], said["step"]) == ("reported", 1)
    assert {"accept", "decline", "merge", "split", "pass_up"} <= set(offered)
    assert "dispatch" not in offered
    assert offered["decline"]["words"] == "Decline"
    needs = {need["name"]: (need["type"], need["required"]) for need in offered["accept"]["takes"]}
    assert needs == {"seen": ("integer", False), "item": ("string", True), "place": ("string", True)}


def test_the_moves_of_a_handler_are_their_own(town: Town) -> None:
    number = dispatched(town)
    said = signed_in(town.wen).get(f"{CASES}/{number}/moves").json()
    offered = {move["move"] for move in said["moves"]}
    assert {"sign_for", "hand_back"} <= offered
    assert "recall" not in offered


def test_every_move_that_people_make_is_offered_with_what_it_needs() -> None:
    peoples = {name for name, move in LIFE.moves.items() if move.by - {Capacity.CLOCK, Capacity.REPORTER}}
    assert set(OFFERS) == peoples | {"no_answer"}
    takes = {name: set(offer.takes.model_fields) for name, offer in OFFERS.items()}
    assert not [name for name in peoples if LIFE.moves[name].needs - takes[name]]
    assert peoples <= set(MOVE_WORDS)


def test_a_stale_move_is_refused_and_changes_nothing(town: Town) -> None:
    number = accepted(town)
    gu = signed_in(town.gu)
    late = post(gu, number, "accept", item="LAMP", place=town.lane_grid.code)
    assert (late.status_code, problem_of(late).code) == (409, "move_too_late")
    stale = post(gu, number, "decline", reason="seen too early", seen=1)
    assert (stale.status_code, problem_of(stale).code) == (409, "case_changed")
    with standing_on(EVERYWHERE):
        assert Step.objects.filter(number=int(number)).count() == 2
    assert post(gu, number, "decline", reason="seen in time", seen=2).json()["state"] == "declined"


def test_what_one_sees_and_may_not_do_is_forbidden(town: Town) -> None:
    refused = post(signed_in(town.bo), reported(town.lane_grid), "accept", item="LAMP", place=town.lane_grid.code)
    assert (refused.status_code, problem_of(refused).code) == (403, "move_not_yours")


def test_a_rule_that_refuses_a_move_is_worded(town: Town) -> None:
    number = accepted(town)
    refused = post(signed_in(town.mei), number, "dispatch", lead=2**62)
    assert (refused.status_code, problem_of(refused).code) == (422, "post_not_there")


@pytest.mark.parametrize(
    ("move", "body", "field"),
    [
        ("accept", {"item": "LAMP"}, "place"),
        ("accept", {"item": "LAMP", "place": "990101", "nobody": 1}, "nobody"),
        ("decline", {"reason": ""}, "reason"),
        ("decline", {"reason": "x", "seen": "1"}, "seen"),
        ("merge", {"into": 1}, "into"),
        ("dispatch", {"lead": "1"}, "lead"),
        ("split", {"parts": []}, "parts"),
    ],
)
def test_a_body_that_does_not_fit_the_move_names_the_field(
    town: Town, move: str, body: dict[str, Any], field: str
) -> None:
    assert field in {
        name for name, _ in wrong_fields(post(signed_in(town.mei), reported(town.lane_grid), move, **body))
    }


def test_a_split_report_goes_on_in_its_parts(town: Town) -> None:
    number, mei = reported(town.lane_grid), signed_in(town.mei)
    said = post(mei, number, "split", parts=[{"text": "灯坏了"}, {"text": "井盖松了", "place": town.upper_lane.code}])
    assert said.json()["state"] == "split"
    parts = mei.get(f"{CASES}/{number}").json()["split_into"]
    assert [mei.get(f"{CASES}/{part}").json()["part_of"] for part in parts] == [number, number]


def test_a_move_that_is_refused_halfway_leaves_nothing_of_it(town: Town) -> None:
    number, mei = reported(town.lane_grid), signed_in(town.mei)
    refused = post(mei, number, "split", parts=[{"text": "灯坏了"}, {"text": "井盖松了", "item": "NOSUCH"}])
    assert (refused.status_code, problem_of(refused).code) == (422, "no_such_item")
    assert numbers(mei) == [number]
    assert mei.get(f"{CASES}/{number}").json()["state"] == "reported"


def test_a_move_is_one_transaction_and_not_two(town: Town) -> None:
    number, desk = reported(town.lane_grid), program(town.mei, town.two_wells, Duty.TRIAGE)
    desk.get(CASES)  # notes when the token was used
    with CaptureQueriesContext(connection) as asked:
        assert post(desk, number, "accept", item="LAMP", place=town.lane_grid.code).status_code == 200
    # The request's alone, which is a whole transaction where no test stands around it.
    assert sum(one["sql"].startswith("SAVEPOINT") for one in asked.captured_queries) == 1


def test_a_report_is_merged_into_another(town: Town) -> None:
    known, again = accepted(town), reported(town.lane_grid)
    assert post(signed_in(town.mei), again, "merge", into=known).json()["merged_into"] == known

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases import numbers
from yiwang.cases.models import Case
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, with_token, wrong_fields
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports"


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()


@pytest.fixture
def lamp(town: Town) -> dict[str, Any]:
    return {"text": "井巷口的路灯不亮了", "item": "LAMP", "place": town.lane_grid.code}


def sent(body: Any, by: Client | None = None, key: str | None = None) -> Any:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"accept-language": "en"} | ({"Idempotency-Key": key} if key is not None else {})
    return (by or Client()).generic("POST", REPORTS, raw, content_type="application/json", headers=headers)


def kept() -> list[Case]:
    with standing_on(EVERYWHERE):
        return list(Case.objects.order_by("number"))


def test_a_resident_reports_a_lamp_without_signing_in(town: Town, lamp: dict[str, Any]) -> None:
    answer = sent(lamp | {"contact": {"name": "蓝居民", "phone": "13800000001"}, "address": "井巷3号"})
    said = answer.json()
    assert (answer.status_code, said["state"], said["item"]) == (201, "reported", "LAMP")
    assert (said["place"], said["lead"]) == (town.lane_grid.code, town.meis_post.pk)
    assert said["url"] == f"http://testserver/r/{said['number']}?secret={said['secret']}"
    [case] = kept()
    assert f"{case.number:016}" == said["number"]
    assert (case.told, case.teller, case.contact_name, case.channel) == ("resident", "reporter", "蓝**", "api")
    assert case.due_at is not None
    assert said["due_at"] == case.due_at.isoformat().replace("+00:00", "Z")


def test_a_grid_worker_reports_as_a_worker_on_their_ground_and_as_a_resident_elsewhere(
    town: Town, lamp: dict[str, Any]
) -> None:
    bo = signed_in(town.bo)
    assert sent(lamp, bo).status_code == 201
    assert sent(lamp | {"place": town.bridge_grid.code}, bo).status_code == 201
    told = [(case.told, case.teller) for case in kept()]
    assert told == [("worker", f"person:{town.bo.pk}"), ("resident", f"person:{town.bo.pk}")]


def test_a_program_reports_with_its_token(town: Town, lamp: dict[str, Any]) -> None:
    assert sent(lamp, program(town.mei, town.two_wells, Duty.REPORT)).status_code == 201
    assert [case.told for case in kept()] == ["worker"]


def test_a_program_that_only_looks_and_a_wrong_token_report_nothing(town: Town, lamp: dict[str, Any]) -> None:
    looking = program(town.ning, town.county, Duty.SEE_NUMBERS)
    assert problem_of(sent(lamp, looking)).code == "duty_not_held_there"
    assert problem_of(sent(lamp, with_token("yw_wrong"))).code == "sign_in_needed"
    assert problem_of(sent(lamp, signed_in(town.bo, enforce_csrf_checks=True))).code == "csrf_failed"
    assert kept() == []


def test_anonymous_keeps_nobody_even_when_somebody_is_signed_in(town: Town, lamp: dict[str, Any]) -> None:
    sent(lamp | {"anonymous": True, "contact": {"name": "蓝居民", "phone": "13800000001"}}, signed_in(town.lan))
    [case] = kept()
    assert (case.told, case.teller, case.contact, case.contact_name, case.phone_mark) == (
        "anonymous",
        "",
        None,
        "",
        None,
    )


def test_a_report_asks_the_database_one_thing(
    town: Town, lamp: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(lamp)
    # Numbers come in blocks: a fresh one, wherever the tests before have come to in theirs.
    numbers._left.clear()
    numbers.next_number(town.county.code, timezone.localdate())
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def telling(cursor: Any, query: Any, *values: Any, **how: Any) -> Any:
        asked.append(str(query))
        return execute(cursor, query, *values, **how)

    # Below Django's cursor, past which intake goes.
    monkeypatch.setattr(psycopg.Cursor, "execute", telling)
    assert sent(lamp | {"position": {"lat": 27.8, "lon": 114.9}}, key="a").status_code == 201
    assert [query[:21] for query in asked] == ["SELECT cases_take_in("]


def test_both_ways_to_the_endpoint_answer_alike(town: Town, lamp: dict[str, Any]) -> None:
    """Plain JSON goes through the front door; a character set named with it is left to the endpoint."""
    plain = sent(lamp)
    english = Client(headers={"accept-language": "en"})
    other = english.post("/api/v1/reports", lamp, content_type="application/json; charset=utf-8")
    unlike = {"number", "secret", "url"}
    assert {k: v for k, v in plain.json().items() if k not in unlike} == {
        k: v for k, v in other.json().items() if k not in unlike
    }
    assert dict(plain.headers) | {"X-Request-ID": ""} == dict(other.headers) | {"X-Request-ID": ""}
    assert [case.told for case in kept()] == ["resident", "resident"]


def test_the_same_key_is_answered_the_same_and_kept_once(town: Town, lamp: dict[str, Any]) -> None:
    key = "phone-7/1"
    first, again = sent(lamp, key=key), sent(dict(reversed(lamp.items())), key=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = sent(lamp | {"text": "井盖不见了"}, key=key)
    assert (other.status_code, problem_of(other).code) == (422, "key_used_for_another")
    assert len(kept()) == 1


def test_two_senders_with_the_same_key_do_not_hear_of_each_other(town: Town, lamp: dict[str, Any]) -> None:
    key = "1"
    numbers = {sent(lamp, by, key=key).json()["number"] for by in (Client(), signed_in(town.bo), signed_in(town.mei))}
    assert len(numbers) == 3


@pytest.mark.parametrize("key", ["", "灯".encode().decode("latin-1"), "a" * 201])
def test_a_key_that_is_none_is_refused(town: Town, lamp: dict[str, Any], key: str) -> None:
    assert [name for name, _ in wrong_fields(sent(lamp, key=key))] == ["Idempotency-Key"]


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"text": ""}, "text", "string_too_short"),
        ({"text": "灯" * 5001}, "text", "string_too_long"),
        ({"nobody": 1}, "nobody", "extra_forbidden"),
        ({"position": {"lat": 1.0}}, "position.lon", "missing"),
        ({"position": {"lat": 91.0, "lon": 0.0}}, "position.lat", "less_than_equal"),
        ({"contact": {"phone": "call me"}}, "contact.phone", "string_pattern_mismatch"),
        ({"contact": {"mail": "a"}}, "contact.mail", "extra_forbidden"),
        ({"anonymous": "yes"}, "anonymous", "bool_type"),
        ({"reported_at": 1}, "reported_at", "datetime_type"),
        ({"reported_at": "2026-03-02T09:30:00"}, "reported_at", "timezone_aware"),
        ({"photos": ["x"]}, "photos.0", "uuid_parsing"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    town: Town, lamp: dict[str, Any], more: dict[str, Any], field: str, code: str
) -> None:
    assert (field, code) in wrong_fields(sent(lamp | more))
    assert kept() == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": "  "}, "nothing_told"),
        ({"item": "NONE"}, "no_such_item"),
        ({"place": "990101999"}, "no_such_place"),
        ({"reported_at": "1900-01-01T00:00:00+08:00"}, "told_too_long_ago"),
        ({"reported_at": "0001-01-01T00:00:00+14:00"}, "told_too_long_ago"),
        ({"reported_at": "2999-12-31T23:59:59Z"}, "told_in_the_future"),
        ({"reported_at": "9999-12-31T23:59:59-12:00"}, "told_in_the_future"),
        ({"photos": [str(uuid4())]}, "photo_unknown"),
    ],
)
def test_what_a_rule_refuses_is_worded(town: Town, lamp: dict[str, Any], more: dict[str, Any], code: str) -> None:
    answer = sent(lamp | more)
    assert (answer.status_code, problem_of(answer).code) == (422, code)
    assert kept() == []


def test_a_position_in_the_sea_does_not_say_which_county(town: Town, lamp: dict[str, Any]) -> None:
    del lamp["place"]
    assert problem_of(sent(lamp | {"position": {"lat": 10.0, "lon": 150.0}})).code == "place_unknown"


def test_a_report_kept_on_a_phone_for_a_day_keeps_its_time(town: Town, lamp: dict[str, Any]) -> None:
    told = timezone.now() - timedelta(days=1)
    sent(lamp | {"reported_at": told.isoformat(), "text": "路灯坏了 😀"})
    assert [(case.reported_at, case.text) for case in kept()] == [(told, "路灯坏了 😀")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400), ("[]", 422), ("null", 422), (b"\xff\xfe", 400), ('{"text": "\\ud800"}', 400),
        ('{"text": "a\\u0000"}', 400), ('{"text": "' + "a" * 10_000_000 + '"}', 422),
    ],
)  # fmt: skip
def test_what_is_no_report_is_a_problem(town: Town, body: str | bytes, status: int) -> None:
    assert problem_of(sent(body)).status == status
    assert kept() == []


def test_one_address_reports_only_so_often(town: Town, lamp: dict[str, Any], settings: Settings) -> None:
    settings.RATE_LIMIT = "2/hour"
    statuses = [sent(lamp, Client(REMOTE_ADDR="192.0.2.9")).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]

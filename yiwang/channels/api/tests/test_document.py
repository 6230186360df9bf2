"""The API against its own document: whatever is sent, it answers what the document says, and never with a fault."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.town import Town
from yiwang.channels.api.documented import OPEN
from yiwang.channels.api.root import api
from yiwang.channels.api.tests.callers import program, signed_in, token
from yiwang.people.rules import Duty
from yiwang.places.tests.make import box, make_boundary
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
HOST = "http://localhost"
CASES = 100


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As Django's own test client does: a request's end does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
schema.app = WSGIHandler()
schema.config.update(base_url=HOST)


@pytest.fixture
def bearer(town: Town, _one_connection: None) -> dict[str, str]:
    """A program of the county, which has a drawn community."""
    with standing_on(EVERYWHERE):
        make_boundary(town.well_lane.code, box(0, 0, 2, 2))
    _, secret = token(town.ning, town.county, Duty.ADMINISTER)
    return {"Authorization": f"Bearer {secret}"}


@schema.parametrize()
@settings(
    max_examples=CASES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_gets_an_answer_of_the_document(case: Any, bearer: dict[str, str]) -> None:
    # No schema can say which bytes are a photo, which item there is, or what a case allows by now: what fits the
    # document may still be refused by a rule.
    by_rules = [positive_data_acceptance] if case.method == "POST" else []
    case.call_and_validate(headers=bearer, excluded_checks=by_rules)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    document = api.get_openapi_schema()
    return [(path, method, one) for path, methods in document["paths"].items() for method, one in methods.items()]


@pytest.mark.parametrize(("path", "method", "operation"), operations())
def test_every_operation_refuses_strangers_and_what_nobody_knows(
    town: Town, path: str, method: str, operation: dict[str, Any]
) -> None:
    address = path.replace("{code}", town.county.code).replace("{number}", "9901012600000001")
    media = next(iter(operation.get("requestBody", {}).get("content", {})), "text/plain")
    body = b"{}" if media == "application/json" else b"--x--"
    ask: dict[str, Any] = {"method": method.upper(), "content_type": f"{media}; boundary=x", "data": body}
    needed = {"at": "?lat=32&lon=106"}.get(path.rsplit("/", 1)[-1], "")
    # Where nobody need sign in, a stranger hears what is wrong with the request instead.
    refused = 422 if operation.get(OPEN) else 401
    assert Client().generic(path=address + needed, **ask).status_code == refused
    assert Client().generic(path=f"{address}?nobody=1", **ask).status_code == 422
    assert Client().generic(path=address, **ask | {"method": "PATCH"}).status_code == 405
    assert {"401", "403", "422", "500"} <= {str(status) for status in operation["responses"]}


def test_the_document_is_open_to_everybody_and_asks_no_other_machine() -> None:
    page = Client().get("/api/v1/docs")
    assert page.status_code == 200
    assert b"//" not in page.content.replace(b"<!DOCTYPE", b"")
    assert Client().get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_a_program_and_a_person_read_the_same_document(town: Town) -> None:
    answers = [
        caller.get("/api/v1/openapi.json").content
        for caller in (Client(), signed_in(town.bo), program(town.mei, town.two_wells, Duty.TRIAGE))
    ]
    assert len(set(answers)) == 1

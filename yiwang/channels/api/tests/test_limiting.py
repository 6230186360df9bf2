"""One client calls too often where nobody signs in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.channels.api.root import api
from yiwang.channels.api.tests.callers import problem_of, program, signed_in
from yiwang.people.rules import Duty

pytestmark = pytest.mark.django_db
FILES = "/api/v1/files"


@pytest.fixture(autouse=True)
def _two_an_hour(settings: Settings) -> None:
    settings.RATE_LIMIT = "2/hour"


def sends(client: Client, address: str) -> object:
    return client.post(FILES, {"file": SimpleUploadedFile("a.txt", b"hello")}, REMOTE_ADDR=address)


def statuses(client: Client, address: str, times: int) -> list[int]:
    return [sends(client, address).status_code for _ in range(times)]  # type: ignore[attr-defined]


def test_the_third_call_is_told_when_to_come_back(town: Town) -> None:
    english = Client(headers={"accept-language": "en"})
    assert statuses(english, "10.1.0.1", 2) == [201, 201]
    refused = sends(english, "10.1.0.1")
    said = problem_of(refused)
    assert (said.status, said.code) == (429, "too_often")
    assert said.detail.startswith("Too many requests")
    assert 1 <= int(refused["Retry-After"]) <= 3600  # type: ignore[index]


def test_another_client_is_not_kept_waiting(town: Town) -> None:
    assert statuses(Client(), "10.1.0.2", 3) == [201, 201, 429]
    assert statuses(Client(), "10.1.0.3", 1) == [201]


def test_whoever_signs_in_is_not_counted(town: Town) -> None:
    assert statuses(signed_in(town.lan), "10.1.0.4", 4) == [201] * 4
    assert statuses(program(town.mei, town.well_lane, Duty.TRIAGE), "10.1.0.4", 4) == [201] * 4
    assert statuses(Client(), "10.1.0.4", 3) == [201, 201, 429]


def test_off_counts_nobody(town: Town, settings: Settings) -> None:
    settings.RATE_LIMIT = ""
    assert statuses(Client(), "10.1.0.5", 4) == [201] * 4


def test_the_document_says_where_nobody_signs_in_and_how_that_ends() -> None:
    document = api.get_openapi_schema()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            is_open = path.endswith("/files") or "/reports" in path
            assert (429 in operation["responses"]) == is_open
            assert ({} in operation["security"]) == is_open

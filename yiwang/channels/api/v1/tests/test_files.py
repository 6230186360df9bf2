from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, with_token, wrong_fields
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
FILES = "/api/v1/files"
TEXT_FOR_A_FILE = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--'


def send(client: Client, content: bytes, name: str = "灯.jpg", **more: Any) -> Any:
    return client.post(FILES, {"file": SimpleUploadedFile(name, content), **more})


def kept() -> list[tuple[str, str]]:
    with standing_on(EVERYWHERE):
        return list(StoredFile.objects.order_by("at").values_list("ground", "uploaded_by"))


def test_a_program_sends_a_photo_onto_its_own_ground(town: Town) -> None:
    answer = send(program(town.mei, town.well_lane, Duty.TRIAGE), make.jpeg(exif=make.exif()))
    said = answer.json()
    assert (answer.status_code, said["kind"]) == (201, "photo")
    assert said["position"] == {"lat": 27.81, "lon": 114.93}
    [(ground, by)] = kept()
    assert ground == town.well_lane.code
    assert by.startswith("token:")
    with standing_on(EVERYWHERE):
        assert Entry.objects.filter(act="keep_file", actor=by).exists()


def test_a_resident_who_holds_no_post_sends_a_photo(town: Town) -> None:
    assert send(signed_in(town.lan), make.jpeg()).status_code == 201
    assert kept() == [(town.yard.code, f"person:{town.lan.pk}")]


def test_whoever_belongs_to_no_place_sends_for_the_whole_installation(town: Town) -> None:
    with standing_on(EVERYWHERE):
        Person.objects.filter(pk=town.lan.pk).update(ground=None)
    assert send(signed_in(town.lan), make.pdf(), "plan.pdf").status_code == 201
    assert kept() == [("", f"person:{town.lan.pk}")]


def test_the_link_opens_the_file_for_whoever_has_it_and_nothing_else_does(town: Town) -> None:
    said = send(signed_in(town.bo), make.pdf(), "plan.pdf").json()
    assert b"".join(Client().get(said["link"])) == make.pdf()
    for client in (Client(), signed_in(town.ding), signed_in(town.operator)):
        assert client.get(said["link"][:-1] + "x").status_code == 404
        assert client.get(f"/files/{said['id']}").status_code == 404
        assert client.get(f"{FILES}/{said['id']}").status_code == 404


def test_a_program_that_may_only_look_sends_nothing(town: Town) -> None:
    refused = send(program(town.ning, town.county, Duty.SEE_NUMBERS), make.jpeg())
    assert problem_of(refused).code == "duty_not_held_there"
    assert kept() == []


def test_a_reporter_sends_a_photo_without_signing_in(town: Town) -> None:
    said = send(Client(), make.jpeg(exif=make.exif())).json()
    assert said["position"] == {"lat": 27.81, "lon": 114.93}
    assert Client().get(said["link"]).status_code == 200
    assert kept() == [("", "reporter")]


def test_a_wrong_token_sends_nothing_though_nobody_need_have_one(town: Town) -> None:
    assert problem_of(send(with_token("yw_wrong"), make.jpeg())).code == "sign_in_needed"
    assert kept() == []


def test_a_page_sends_nothing_without_its_csrf_token(town: Town) -> None:
    assert problem_of(send(signed_in(town.bo, enforce_csrf_checks=True), make.jpeg())).code == "csrf_failed"


def test_what_is_no_photo_and_no_document_is_refused_in_words(town: Town) -> None:
    said = problem_of(send(signed_in(town.bo), b"<svg onload=alert(1)>", "a.svg"))
    assert (said.status, said.code) == (422, "file_is_markup")
    assert kept() == []


def test_a_file_too_large_is_refused_before_a_byte_is_read(town: Town, settings: Settings) -> None:
    settings.FILE_LIMITS = replace(settings.FILE_LIMITS, photo=1000, document=1000)
    client = signed_in(town.bo)
    answer = client.generic("POST", FILES, b"never read", "multipart/form-data; boundary=x", CONTENT_LENGTH="99999999")
    assert problem_of(answer).code == "too_large"
    assert problem_of(send(client, b"a" * 1001, "a.txt")).code == "file_too_large"


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/json", b'{"file": 1}', 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=" + "b" * 300, b"x", 400),
        ("multipart/form-data; boundary=x", b"\r\n\x00garbage", 422),
        ("multipart/form-data; boundary=x", TEXT_FOR_A_FILE, 422),
    ],
)  # fmt: skip
def test_what_is_no_upload_is_refused(town: Town, media: str, body: bytes, status: int) -> None:
    answer = signed_in(town.bo).generic("POST", FILES, body, media)
    assert problem_of(answer).status == status


def test_a_part_that_nobody_asked_for_is_not_lost_silently(town: Town) -> None:
    client = signed_in(town.bo)
    assert wrong_fields(send(client, make.jpeg(), note="see here")) == [("note", "extra_forbidden")]
    two = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    assert wrong_fields(client.post(FILES, {"file": two})) == [("file", "given_twice")]
    assert kept() == []


@pytest.mark.parametrize("name", ["a\x00b.txt", "😀" * 200 + ".txt", "../../etc/passwd", '".txt', "\u202e.txt"])
def test_any_name_is_taken_and_cleaned(town: Town, name: str) -> None:
    answer = send(signed_in(town.bo), b"hello", name)
    assert answer.status_code == 201, answer.content
    assert Client().get(answer.json()["link"]).status_code == 200


def test_a_broken_shelf_is_a_fault_and_leaves_no_row(town: Town, settings: Settings, tmp_path: Path) -> None:
    backend = {"BACKEND": "yiwang.plumbing.files.folder.Folder", "OPTIONS": {"location": "/dev/null/files"}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    client = signed_in(town.bo, raise_request_exception=False)
    said = problem_of(send(client, make.pdf(), "plan.pdf"))
    assert said.code == "fault"
    assert kept() == []

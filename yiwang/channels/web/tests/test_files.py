from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from yiwang.plumbing.files import actions, queries
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.walls.ground import standing_on

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)


def address(content: bytes, name: str, valid_for: timedelta = HOUR) -> str:
    with standing_on(["990101"]):
        file = actions.keep(content, name=name, by="person:12", ground="990101").file
    return reverse("file", args=[queries.link(file, valid_for)])


def test_a_photo_is_shown(client: Client) -> None:
    answer = client.get(address(make.jpeg(), "灯.jpg"))
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Length"] == str(len(body))
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%E7%81%AF.jpg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"].startswith("private, immutable, max-age=")
    assert b"SECRETPHONE" not in body


def test_a_text_that_a_browser_could_run_is_downloaded(client: Client) -> None:
    answer = client.get(address(b"hello <script>alert(1)</script>", "page.html"))
    assert answer["Content-Disposition"] == 'attachment; filename="page.html.txt"'
    assert answer["Content-Type"] == "text/plain"
    assert b"".join(answer.streaming_content) == b"hello <script>alert(1)</script>"  # type: ignore[attr-defined]


def test_a_stranger_without_a_valid_link_finds_nothing(client: Client) -> None:
    good = address(make.pdf(), "plan.pdf")
    assert client.get(good).status_code == 200
    for wrong in (good[:-2], "/files/1", "/files/x:y", address(b"old", "old.txt", timedelta(hours=-9))):
        assert client.get(wrong).status_code == 404


def test_a_link_only_reads(client: Client) -> None:
    good = address(make.pdf(), "plan.pdf")
    assert [client.post(good).status_code, client.delete(good).status_code] == [405, 405]
    assert client.head(good)["Content-Length"] == str(len(make.pdf()))

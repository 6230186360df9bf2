"""Qualities that every page has, whoever sits before it: few questions, however many rows; forms that lose nothing."""

import html
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.browser.pages import PAGES, Shown, browser_of, fill, person_of, prepare
from tests.desk import MOST_QUERIES, queries_of, with_password
from tests.shelf import keep_files_in
from tests.town import PASSWORD, Town

pytestmark = pytest.mark.django_db
TYPED = "键入的一句话"
_NOT_TYPED = {"password", "file", "radio", "checkbox", "date", "datetime-local", "number", "submit", "button"}
# They change nothing that was typed: the language, and leaving.
_LEFT_OUT = {"/language", "/sign-out"}


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    keep_files_in(tmp_path, settings)
    settings.RATE_LIMIT = ""
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"
    prepare(town_behind_the_wall)
    return town_behind_the_wall


@dataclass
class Form:
    """A form of a page: where it is sent, what it sends by itself, and into which of its fields one types."""

    action: str
    method: str
    sends: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self._in: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = Form(about.get("action") or self.address, about.get("method", "get").lower())
            self.found.append(self._in)
        name = about.get("name", "")
        if self._in is None or not name:
            return
        kind = about.get("type", "text") if tag == "input" else tag
        if kind == "hidden" or (kind == "button" and name not in self._in.sends):
            self._in.sends[name] = about.get("value", "")
        elif tag in {"input", "textarea"} and kind not in _NOT_TYPED:
            self._in.typed.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None


def forms_of(client: Client, address: str) -> list[Form]:
    """The forms of the page into which one types, and that change something."""
    found = Forms(client.get(address).content.decode(), address).found
    return [form for form in found if form.method == "post" and form.typed and form.action not in _LEFT_OUT]


def sent(client: Client, form: Form, address: str) -> Any:
    given = form.sends | dict.fromkeys(form.typed, TYPED)
    return client.post(html.unescape(form.action), given, HTTP_REFERER=f"http://testserver{address}")


@pytest.fixture(params=sorted({shown.seat for shown in PAGES}), ids=lambda seat: seat or "nobody")
def seat(request: pytest.FixtureRequest) -> str:
    """Who sits there, one after the other."""
    return str(request.param)


def pages_of(seat: str) -> list[Shown]:
    return [shown for shown in PAGES if shown.seat == seat]


def test_a_page_asks_few_questions_and_no_more_for_more_rows(town: Town, seat: str) -> None:
    there, client = fill(town), browser_of(town, seat)
    addresses = [shown.address.format(**there) for shown in pages_of(seat)]
    few = {address: queries_of(client, address) for address in addresses}
    fill(town, 2)
    assert {address: queries_of(client, address) for address in addresses} == few
    assert not {address: asked for address, asked in few.items() if asked > MOST_QUERIES}


def test_a_refused_form_keeps_what_was_typed(town: Town, seat: str) -> None:
    client = browser_of(town, seat)
    lost = []
    for shown in pages_of(seat):
        for number in range(len(forms_of(client, shown.address.format(**fill(town))))):
            # Anew, since the form before may have been taken and moved its case on.
            address = shown.address.format(**fill(town))
            form = forms_of(client, address)[number]
            answer = sent(client, form, address)
            if answer.status_code not in {301, 302} and TYPED not in answer.content.decode():
                lost.append((shown.address, form.action, form.typed, answer.status_code))
    assert lost == []


def test_a_form_whose_session_has_ended_is_there_again_after_signing_in(town: Town, seat: str) -> None:
    if not seat:
        pytest.skip("nobody's forms need no session")
    there, client, person = fill(town), browser_of(town, seat), person_of(town, seat)
    with_password(person, PASSWORD)
    for address in (shown.address.format(**there) for shown in pages_of(seat)):
        for form in forms_of(client, address):
            stranger = Client()
            asked = sent(stranger, form, address)
            assert asked.status_code == 401
            [carried] = re.findall(r'name="carried" value="([^"]+)"', asked.content.decode())
            given = {"login": person.login, "password": PASSWORD, "carried": html.unescape(carried)}
            assert stranger.post("/sign-in", given)["Location"] == address
            _second_factor_passed(stranger, person.pk)
            [told] = re.findall(_TOLD, stranger.get(address).content.decode())
            typed = json.loads(told)
            assert typed["to"] == html.unescape(form.action).split("?")[0]
            assert {name for name, value in typed["fields"] if value == TYPED} == set(form.typed)
            assert re.findall(_TOLD, stranger.get(address).content.decode()) == [], "it is shown once"


_TOLD = r'<script id="unsent" type="application/json">(.*?)</script>'


def _second_factor_passed(client: Client, person: int) -> None:
    # How the code is asked for in between is walked in the browser.
    session = client.session
    session["second_factor_passed"] = person
    session.save()

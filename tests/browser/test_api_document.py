"""The API's own page, under our content security policy and without another machine's scripts."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from yiwang.channels.api.root import api

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_document_opens_and_shows_every_operation(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/docs")
    operations = sum(len(methods) for methods in api.get_openapi_schema()["paths"].values())
    expect(page.locator(".opblock")).to_have_count(operations)
    page.locator(".opblock-summary-path", has_text="/places/at").click()
    expect(page.get_by_text("The innermost place that contains the position.")).to_be_visible()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []

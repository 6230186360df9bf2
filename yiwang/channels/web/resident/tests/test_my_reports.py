"""A resident finds what they told."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.numbers import secret_of
from yiwang.cases.tests.make import at, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item

pytestmark = pytest.mark.django_db
PAGE = "/my-reports"
PHONE = "13857924681"


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def told(town: Town, hours: int, **more: Any) -> int:
    what = {"text": "路灯不亮", "place": town.lane_grid.code, "phone": PHONE} | more
    return actions.report(actions.Report(**what), by=reporter(), now=at(hours=hours)).number


def found(phone: str, secret: str) -> list[int]:
    page = Client().post(PAGE, {"phone": phone, "secret": secret})
    return [one.number for one, _address in page.context["mine"]]


def test_the_code_of_the_first_report_shows_all_of_the_phone(town: Town) -> None:
    first, second = told(town, 0), told(town, 1)
    told(town, 2, phone="13900000002")
    assert found(PHONE, secret_of(first)) == [second, first]
    assert found("138 5792-4681", secret_of(first).lower()) == [second, first]


def test_whoever_tells_something_with_anothers_number_sees_only_that(town: Town) -> None:
    told(town, 0)
    strange = told(town, 1)
    page = Client().post(PAGE, {"phone": PHONE, "secret": secret_of(strange)})
    assert [one.number for one, _address in page.context["mine"]] == [strange]
    assert page.context["hidden"] == 1


def test_first_is_what_was_taken_in_first_whatever_its_number_or_its_telling(town: Town) -> None:
    later, earlier = told(town, 5, reported_at=at(days=-3)), told(town, 0)
    assert later < earlier
    assert found(PHONE, secret_of(later)) == [later]
    assert found(PHONE, secret_of(earlier)) == [later, earlier]


def test_a_wrong_phone_or_a_wrong_code_finds_nothing_and_keeps_what_was_typed(town: Town) -> None:
    number, other = told(town, 0), reported(town)
    for phone, secret in ((PHONE, secret_of(other)), ("13900000002", secret_of(number)), (PHONE, "x")):
        page = Client().post(PAGE, {"phone": phone, "secret": secret})
        assert page.context["mine"] == []
        assert page.context["form"].non_field_errors()
        assert f'value="{phone}"' in page.content.decode()
    assert "mine" not in Client().post(PAGE, {"phone": "", "secret": ""}).context


def test_a_line_leads_to_its_report(town: Town) -> None:
    number = told(town, 0)
    page = Client().post(PAGE, {"phone": PHONE, "secret": secret_of(number)})
    ((_one, address),) = page.context["mine"]
    assert Client().get(address).context["view"].number == str(number)


def test_of_a_sealed_report_the_list_says_only_how_it_stands(town: Town) -> None:
    make_item("SEAL", name="干部作风问题", secrecy=Secrecy.SEALED)
    number = told(town, 0, item="SEAL")
    page = Client().post(PAGE, {"phone": PHONE, "secret": secret_of(number)})
    assert [one.number for one, _address in page.context["mine"]] == [number]
    assert "干部作风问题" not in page.content.decode()


def test_phone_and_code_stand_in_no_address(town: Town) -> None:
    number = told(town, 0)
    assert "mine" not in Client().get(PAGE, {"phone": PHONE, "secret": secret_of(number)}).context
    assert Client().get(PAGE)["Referrer-Policy"] == "strict-origin"


def test_trying_is_slowed_down(town: Town, settings: Settings) -> None:
    settings.RATE_LIMIT = "2/hour"
    client = Client(REMOTE_ADDR="10.3.0.2")
    tries = [client.post(PAGE, {"phone": PHONE, "secret": "A" * 16}).status_code for _ in range(3)]
    assert tries == [200, 200, 429]


def test_more_reports_cost_no_more_queries(town: Town, django_assert_max_num_queries: Any) -> None:
    first = told(town, 0)
    found(PHONE, secret_of(first))
    for hour in (1, 2):
        told(town, hour)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(found(PHONE, secret_of(first))) == 3

"""How somebody wants to be told."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.jobs import asked_for
from tests.town import Town
from yiwang.notices import jobs
from yiwang.notices.actions.choices import code_of
from yiwang.notices.models import OwnChoices
from yiwang.notices.tests.make import mail_server
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
ADDRESS = "/account/notices"
GIVEN = {"email": "wen@example.cn", "language": "en", "quiet_since": "21:30", "quiet_until": "06:30"}


@pytest.fixture
def wen(town_behind_the_wall: Town, settings: Settings) -> Client:
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"
    settings.SMS_URL = "http://127.0.0.1:9/send"
    return at_the_desk(town_behind_the_wall.wen)


def kept() -> OwnChoices:
    with standing_on(EVERYWHERE):
        return OwnChoices.objects.get()


def test_the_rules_are_ticked_as_long_as_nothing_was_chosen(wen: Client) -> None:
    page = wen.get(ADDRESS)
    assert "dispatched.email" in page.context["ticked"]
    assert "dispatched.sms" not in page.context["ticked"]
    assert "22:00" in page.content.decode()
    assert "没有登记您的手机号" in page.content.decode()


def test_what_is_chosen_is_kept_and_shown_again(wen: Client) -> None:
    assert wen.post(ADDRESS, {**GIVEN, "on": ["urged.sms", "dispatched.email"]})["Location"] == ADDRESS
    own = kept()
    assert (own.email, own.language, str(own.quiet_since)) == ("wen@example.cn", "en", "21:30:00")
    assert "overdue.email" in own.no
    assert {"urged.sms", "dispatched.email"} <= set(own.yes)
    page = wen.get(ADDRESS)
    assert {"urged.sms", "dispatched.email"} == page.context["ticked"] - {"emergency.email", "emergency.sms"}


def test_a_new_address_is_used_once_its_code_came_back(
    wen: Client, settings: Settings, town_behind_the_wall: Town
) -> None:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = box.port
        wen.post(ADDRESS, GIVEN)
        assert not kept().reached_at
        (asked,) = asked_for("notices.jobs.send_code")
        jobs.send_code.func(fact=asked.args["fact"])
    ((to, content),) = box.taken
    code = code_of(town_behind_the_wall.wen.pk, "wen@example.cn")
    assert to == "wen@example.cn"
    assert code in content.decode()
    assert "wen@example.cn" in wen.get(ADDRESS).content.decode()
    assert wen.post(ADDRESS, {**GIVEN, "code": "AAAAAAAA"}).status_code == 422
    assert wen.post(ADDRESS, {**GIVEN, "code": code.lower()}).status_code == 302
    assert kept().reached_at == "wen@example.cn"
    wen.post(ADDRESS, GIVEN)
    assert kept().confirmed
    wen.post(ADDRESS, {**GIVEN, "email": "other@example.cn", "code": code})
    assert not kept().reached_at


def test_nobody_opts_out_of_emergencies(wen: Client) -> None:
    wen.post(ADDRESS, {**GIVEN, "on": []})
    assert not [name for name in kept().no if name.startswith("emergency")]
    assert {"emergency.email", "emergency.sms"} <= wen.get(ADDRESS).context["ticked"]


def test_what_is_no_choice_is_not_kept(wen: Client) -> None:
    wen.post(ADDRESS, {**GIVEN, "on": ["taken_on.sms", "dispatched.pigeon", "x"]})
    assert kept().yes == []


_WRONG: list[dict[str, str]] = [{"email": "wen@"}, {"quiet_since": ""}, {"quiet_until": "25:00"}, {"language": "fr"}]


@pytest.mark.parametrize("wrong", _WRONG)
def test_what_is_refused_stays_on_the_form(wen: Client, wrong: dict[str, str]) -> None:
    page = wen.post(ADDRESS, {**GIVEN, "on": ["urged.sms"], **wrong})
    assert page.status_code == 422
    assert page.context["form"].errors
    assert page.context["ticked"] == {"urged.sms"}
    with standing_on(EVERYWHERE):
        assert not OwnChoices.objects.exists()


def test_without_a_channel_it_says_so(wen: Client, settings: Settings) -> None:
    settings.EMAIL_HOST = settings.SMS_URL = ""
    assert "还没有开通" in wen.get(ADDRESS).content.decode()
    wen.post(ADDRESS, GIVEN)
    assert kept().no == []


def test_a_stranger_is_sent_to_the_sign_in_and_nobody_sees_anothers(wen: Client, town_behind_the_wall: Town) -> None:
    assert Client().get(ADDRESS)["Location"] == f"/sign-in?next={ADDRESS}"
    wen.post(ADDRESS, GIVEN)
    assert "wen@example.cn" not in at_the_desk(town_behind_the_wall.ning).get(ADDRESS).content.decode()
    # Behind the wall nobody's address is found by a query that forgot whose it asks for.
    with standing_on(["990101"]):
        assert not OwnChoices.objects.exists()


def test_the_page_costs_few_queries(wen: Client) -> None:
    assert queries_of(wen, ADDRESS) <= MOST_QUERIES

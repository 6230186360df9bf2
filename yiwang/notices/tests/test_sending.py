"""Messages that really go out: by SMTP and by HTTP, to servers on loopback."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, at, dispatched, make_lamp, reported
from yiwang.notices import actions
from yiwang.notices.adapters import open_channels
from yiwang.notices.models import Notice
from yiwang.notices.rules.occasions import Channel
from yiwang.notices.rules.sending import LOST_AFTER, MOST_TRIES, State
from yiwang.notices.tests.make import COUNTY, goes_out, has_address, hear, mail_server, sms_gateway
from yiwang.people.models import Person
from yiwang.plumbing.refusals import Unseen

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _lamp(town: Town, settings: Settings) -> None:
    make_lamp()
    settings.EMAIL_BACKEND, settings.MAIL_FROM, settings.ADDRESS = SMTP, "yiwang@example.cn", "https://yw.example.cn"


def waiting(
    person: Person, *, many: int = 1, occasion: str = "dispatched", channel: str = "email", **more: object
) -> list[Notice]:
    """Notices to one person that are due."""
    here = Case.objects.get(number=reported(_town_of[0])) if not Case.objects.exists() else Case.objects.first()
    assert here is not None
    given = {
        "county": COUNTY, "occasion": occasion, "case": here.number, "place": here.place, "item": here.item_id,
        "recipient": f"person:{person.pk}", "channel": channel, "state": "waiting", "at": MONDAY, "next_at": MONDAY,
    } | more  # fmt: skip
    return [Notice.objects.create(key=f"{occasion}:{uuid4()}", **given) for _ in range(many)]


_town_of: list[Town] = []


@pytest.fixture(autouse=True)
def _remember(town: Town) -> None:
    _town_of[:] = [town]


def states() -> list[str]:
    return list(Notice.objects.exclude(channel="page").order_by("pk").values_list("state", flat=True))


def test_a_mail_says_number_matter_place_until_when_and_a_link(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen)
        number = dispatched(town, name="蓝晓雨", phone="13857924681", address="老槐树旁")
        hear()
        now = Notice.objects.get(channel="email").next_at
        assert now is not None
        assert goes_out(now) == [State.SENT]
        assert goes_out(now + timedelta(days=1)) == []
    ((to, content),) = box.taken
    mail = message_from_bytes(content, policy=policy.default)
    text = mail.get_content()
    assert to == "wen@example.cn"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert written(number) in text
    assert "双井街道" in text
    assert f"https://yw.example.cn/cases/{written(number)}" in text
    assert Case.objects.get().due_at is not None
    for secret in ("蓝", "1385", "槐", "井巷口"):
        assert secret not in content.decode() + text + str(mail["Subject"])


def test_each_reads_it_in_their_own_language(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen, language="en")
        has_address(town.mei, "mei@example.cn", language="zh-hans")
        waiting(town.wen)
        waiting(town.mei)
        goes_out(MONDAY)
    subjects = {to: str(message_from_bytes(text, policy=policy.default)["Subject"]) for to, text in box.taken}
    assert subjects["wen@example.cn"].startswith("Given to you")
    assert subjects["mei@example.cn"].startswith("派给您")


def test_a_flood_is_one_mail(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen)
        waiting(town.wen, many=25)
        assert goes_out(MONDAY) == [State.SENT]
        waiting(town.wen, many=2)
        assert goes_out(MONDAY + timedelta(minutes=1)) == []
        assert goes_out(MONDAY + timedelta(minutes=11)) == [State.SENT, State.SENT]
    assert len(box.taken) == 3
    text = message_from_bytes(box.taken[0][1], policy=policy.default).get_content()
    assert "25" in text
    assert "https://yw.example.cn/notices" in text
    assert states() == ["sent"] * 27


def test_what_the_night_kept_comes_as_one_in_the_morning(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen)
        waiting(town.wen, many=2, held=True)
        waiting(town.wen, occasion="overdue", held=True)
        assert goes_out(MONDAY) == [State.SENT]
    assert len(box.taken) == 1


def test_a_server_that_is_away_is_tried_again_later_and_later_and_then_it_failed(
    town: Town, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    has_address(town.wen)
    (notice,) = waiting(town.wen)
    tried = 0
    while notice.next_at is not None:
        assert goes_out(notice.next_at) == [State.WAITING if tried < MOST_TRIES - 1 else State.FAILED]
        notice.refresh_from_db()
        tried += 1
    assert (tried, notice.state, notice.trouble) == (MOST_TRIES, "failed", "no_connection")


def test_what_is_refused_for_good_fails_at_once_and_may_be_tried_again(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT, box.answer = "127.0.0.1", box.port, "550 nobody here"
        has_address(town.wen)
        (notice,) = waiting(town.wen)
        assert goes_out(MONDAY) == [State.FAILED]
        notice.refresh_from_db()
        assert (notice.trouble, notice.message is not None) == ("refused", True)
        with pytest.raises(Unseen):
            actions.try_again(notice.pk, by=town.qiao, now=at(hours=1), today=MONDAY.date())
        actions.try_again(notice.pk, by=town.ning, now=at(hours=1), today=MONDAY.date())
        box.answer = "250 OK"
        assert goes_out(at(hours=1)) == [State.SENT]
    before = notice.message
    notice.refresh_from_db()
    assert notice.message == before
    assert str(before) in box.taken[0][1].decode()


def test_what_was_killed_between_is_sent_again_under_the_same_id(town: Town, settings: Settings) -> None:
    """The process dies after the server took the mail and before that was written down."""
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen)
        (notice,) = waiting(town.wen)
        (message,) = actions.hand_out(COUNTY, now=MONDAY).messages
        actions.deliver(message, now=MONDAY)
        # What the killed transaction would have left behind.
        Notice.objects.filter(pk=notice.pk).update(state="sending", next_at=MONDAY + LOST_AFTER, gone_at=None, tries=0)
        assert goes_out(MONDAY + timedelta(minutes=1)) == []
        assert goes_out(MONDAY + LOST_AFTER) == [State.SENT]
        assert actions.deliver(message, now=MONDAY + LOST_AFTER) is None
    ids = {message_from_bytes(text, policy=policy.default)["Message-ID"] for _to, text in box.taken}
    assert len(box.taken) == 2
    assert ids == {f"<{message}@example.cn>"}


def test_an_sms_to_a_reporter_opens_the_contact_and_keeps_it_nowhere(town: Town, settings: Settings) -> None:
    with sms_gateway() as gateway:
        settings.SMS_URL, settings.SMS_TOKEN = gateway.url, "geheim"
        number = dispatched(town, name="蓝晓雨", phone="138 5792 4681")
        hear()
        notice = Notice.objects.get(recipient="reporter")
        assert notice.next_at is not None
        assert goes_out(notice.next_at) == [State.SENT]
    ((headers, body),) = gateway.asked
    assert headers["Authorization"] == "Bearer geheim"
    assert headers["Idempotency-Key"] == body["id"]
    assert body["to"] == "13857924681"
    assert body["template"] == "yiwang_taken_on_zh"
    assert body["parameters"]["number"] == written(number)
    assert body["parameters"]["link"] == f"https://yw.example.cn/r/{written(number)}"
    assert "secret" not in str(body)
    assert "蓝" not in str(body)
    assert "1385" not in str(list(Notice.objects.values()))


def test_a_landline_and_a_case_that_was_sealed_meanwhile_are_nobodys_failure(town: Town, settings: Settings) -> None:
    with sms_gateway() as gateway:
        settings.SMS_URL = gateway.url
        dispatched(town, name="蓝", phone="0839-1234567")
        hear()
        later = datetime.max.replace(tzinfo=MONDAY.tzinfo) - timedelta(days=2)
        assert goes_out(later) == [State.DROPPED]
        sealed = dispatched(town, name="蓝", phone="13857924681")
        hear()
        Case.objects.filter(number=sealed).update(secrecy="sealed")
        assert goes_out(later) == [None]
    assert gateway.asked == []
    assert list(Notice.objects.filter(state="dropped").order_by("trouble").values_list("trouble", flat=True)) == [
        "not_a_mobile", "sealed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "state", "trouble"),
    [(200, "sent", ""), (202, "sent", ""), (503, "waiting", "server_busy"), (429, "waiting", "server_busy"),
     (401, "waiting", "not_signed_in"), (400, "failed", "refused"), (302, "failed", "refused")],
)  # fmt: skip
def test_a_gateway_is_understood(town: Town, settings: Settings, answer: int, state: str, trouble: str) -> None:
    with sms_gateway() as gateway:
        settings.SMS_URL, gateway.answer = gateway.url, answer
        Person.objects.filter(pk=town.wen.pk).update(phone="13900000001")
        (notice,) = waiting(town.wen, channel="sms", occasion="emergency")
        goes_out(MONDAY)
    notice.refresh_from_db()
    assert (notice.state, notice.trouble) == (state, trouble)
    assert len(gateway.asked) == 1


def test_a_gateway_that_does_not_answer_is_not_waited_for(town: Town, settings: Settings) -> None:
    settings.SMS_URL, settings.NOTICE_SECONDS = "http://127.0.0.1:1/send", 2
    Person.objects.filter(pk=town.wen.pk).update(phone="13900000001")
    (notice,) = waiting(town.wen, channel="sms")
    assert goes_out(MONDAY) == [State.WAITING]
    notice.refresh_from_db()
    assert notice.trouble == "no_connection"


def test_of_a_digest_only_what_was_not_sealed_meanwhile_goes(town: Town, settings: Settings) -> None:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        has_address(town.wen)
        sealed = reported(town)
        waiting(town.wen, many=2, held=True)
        waiting(town.wen, many=1, held=True, case=reported(town))
        Case.objects.filter(number=sealed).update(secrecy="sealed")
        assert goes_out(MONDAY) == [State.SENT]
    assert states() == ["dropped", "dropped", "sent"]
    assert written(sealed) not in box.taken[0][1].decode()


def test_the_demonstration_rings_nobodys_phone(settings: Settings) -> None:
    settings.SMS_URL, settings.DEMONSTRATION = "https://sms.example.cn/send", True
    assert open_channels() == []
    settings.SMS_URL = "http://127.0.0.1:8124/send"
    assert open_channels() == [Channel.SMS]
    settings.SMS_URL, settings.DEMONSTRATION = "https://sms.example.cn/send", False
    assert open_channels() == [Channel.SMS]


def test_old_notices_go_and_what_waits_stays(town: Town) -> None:
    waiting(town.wen)
    waiting(town.wen, channel="page", state="sent", next_at=None)
    keep = timedelta(days=90)
    assert actions.sweep(now=at(days=89), keep=keep) == 0
    assert actions.sweep(now=at(days=91), keep=keep) == 1
    assert states() == ["waiting"]

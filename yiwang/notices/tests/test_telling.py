"""Who is told of what, after what rooms announce."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, dispatched, finished, in_hand, make_lamp, reported
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import has_address, hear, told
from yiwang.people.models import Holding, Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def by_mail(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"


@pytest.fixture
def by_sms(settings: Settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/send"


def make_head(town: Town) -> Person:
    """Head of the water company."""
    head = make_person("head", name="水总", ground=town.county)
    role = Role.objects.get(code="department_head")
    make_holding(head, make_post(role=role, unit=town.water_company, ground=town.county, title="水总岗"))
    return head


def test_who_is_given_a_case_hears_of_it_once_and_nobody_else(town: Town) -> None:
    number = dispatched(town)
    hear()
    hear()
    assert told(town.wen) == ["dispatched"]
    assert told(town.mei) == told(town.ding) == told(town.gu) == []
    notice = Notice.objects.get()
    assert (notice.case, notice.place, notice.until) == (number, town.lane_grid.code, Case.objects.get().due_at)


def test_what_is_over_is_not_told(town: Town) -> None:
    number = dispatched(town)
    cases.hand_back(number, reason="不是我们的管网", by=as_(town.wen), now=at(hours=1))
    hear()
    assert told(town.wen) == []
    assert told(town.mei) == ["handed_back"]


def test_whoever_did_it_knows_already(town: Town) -> None:
    number = in_hand(town)
    cases.urge(number, text="记一下", by=as_(town.wen), now=at(minutes=1))
    hear()
    assert told(town.wen) == ["dispatched"]


def test_where_nobody_holds_the_post_the_head_of_the_unit_hears(town: Town) -> None:
    head = make_head(town)
    Holding.objects.filter(person=town.wen).update(until=MONDAY.date())
    forget()
    number = accepted(town)
    cases.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    hear()
    assert (told(head), told(town.wen)) == (["dispatched"], [])


def test_more_time_goes_to_who_decides_and_the_answer_back(town: Town) -> None:
    head = make_head(town)
    number = in_hand(town)
    cases.ask_more_time(number, hours=1, reason="缺件", by=as_(town.wen), now=at(minutes=1))
    hear()
    assert told(head) == ["asked"]
    cases.grant_more_time(number, by=as_(head), now=at(minutes=2))
    hear()
    assert told(town.wen) == ["dispatched", "decided"]
    assert Notice.objects.get(occasion="decided").about == "more_time|granted"


def test_of_two_who_may_decide_the_other_is_not_asked_any_more(town: Town) -> None:
    head = make_head(town)
    other = make_person("other_head", name="水副总", ground=town.county)
    make_holding(other, Holding.objects.get(person=head).post)
    number = in_hand(town)
    cases.ask_more_time(number, hours=1, reason="缺件", by=as_(town.wen), now=at(minutes=1))
    hear()
    assert told(head) == told(other) == ["asked"]
    assert Notice.objects.filter(occasion="asked", over_at=None, read_at=None).count() == 2
    cases.grant_more_time(number, by=as_(head), now=at(minutes=2))
    hear()
    assert told(other) == ["asked"]
    assert not Notice.objects.filter(occasion="asked", over_at=None).exists()
    assert not Notice.objects.filter(occasion="asked", read_at=None).exists()


def test_helpers_whistles_urging_and_instructions_are_heard(town: Town) -> None:
    number = in_hand(town)
    by = as_(town.gu)
    cases.call_in(number, post=town.bos_post.pk, reason="要人手", by=by, now=at(minutes=1))
    cases.whistle(number, posts=[town.bos_post.pk], reason="到场", by=by, now=at(minutes=2))
    cases.urge(number, text="快些", by=reporter(), now=at(minutes=3))
    cases.instruct(number, text="今天办好", by=by, now=at(minutes=4))
    hear()
    assert sorted(told(town.bo)) == ["help", "whistled"]
    assert sorted(told(town.wen)) == ["dispatched", "instructed", "urged"]


def test_it_is_checked_by_another_and_reopened_to_the_same(town: Town) -> None:
    number = finished(town, name="蓝晓雨", phone="13857924681")
    hear()
    assert told(town.bo) == ["to_check"]
    cases.confirm(number, by=as_(town.bo), now=at(hours=1))
    cases.call_back(number, solved=False, satisfied=False, by=as_(town.mei), now=at(hours=2))
    cases.reopen(number, reason="还是不亮", by=as_(town.mei), now=at(hours=3))
    hear()
    assert told(town.wen)[-1] == "reopened"


def test_the_reporter_hears_by_sms_where_they_left_a_phone(town: Town, by_sms: None) -> None:
    number = in_hand(town, name="蓝晓雨", phone="13857924681")
    hear()
    cases.ask(number, text="哪一根灯杆？", by=as_(town.wen), now=at(minutes=1))
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=as_(town.wen), now=at(minutes=2))
    hear()
    rows = Notice.objects.filter(recipient="reporter").order_by("pk")
    assert [(row.occasion, row.channel) for row in rows] == [("taken_on", "sms"), ("question", "sms")]
    assert "1385" not in str(list(Notice.objects.values()))
    assert "蓝" not in str(list(Notice.objects.values()))


def test_the_reporter_hears_how_it_ended(town: Town, by_sms: None) -> None:
    number = reported(town, name="蓝晓雨", phone="13857924681")
    cases.decline(number, reason="属市政管", by=as_(town.mei), now=at(hours=1))
    hear()
    notice = Notice.objects.get(recipient="reporter")
    assert (notice.occasion, notice.about) == ("ended", "declined")


def test_without_a_phone_or_a_gateway_nobody_is_told_outside(town: Town) -> None:
    dispatched(town, name="蓝晓雨", phone="13857924681")
    hear()
    assert not Notice.objects.exclude(channel="page").exists()


def test_a_worker_who_told_it_hears_on_their_page(town: Town) -> None:
    told_by = cases.Report("井盖松了", place=town.lane_grid.code, item="LAMP", told=Told.WORKER)
    number = cases.report(told_by, by=as_(town.bo), now=MONDAY).number
    cases.decline(number, reason="已有人报", by=as_(town.mei), now=at(hours=1))
    hear()
    assert told(town.bo) == ["ended"]


def test_what_is_sealed_stays_on_the_page_of_who_may_open_it(town: Town, by_sms: None, by_mail: None) -> None:
    has_address(town.wen)
    number = dispatched(town, name="蓝晓雨", phone="13857924681")
    Case.objects.filter(number=number).update(secrecy="sealed")
    hear()
    assert not Notice.objects.exists()


def test_email_goes_to_who_gave_an_address_and_not_to_who_chose_otherwise(town: Town, by_mail: None) -> None:
    has_address(town.wen)
    dispatched(town)
    hear()
    assert told(town.wen, "email") == ["dispatched"]
    has_address(town.wen, no=["dispatched.email"])
    dispatched(town)
    hear()
    assert told(town.wen, "email") == ["dispatched"]
    assert told(town.wen) == ["dispatched", "dispatched"]


def test_what_comes_in_quiet_hours_waits_for_the_morning(town: Town, by_mail: None) -> None:
    has_address(town.wen, quiet_since="00:00", quiet_until="23:59:59.999999")
    dispatched(town)
    hear()
    notice = Notice.objects.get(channel="email")
    assert notice.held
    assert notice.next_at is not None
    assert notice.next_at > MONDAY


def test_a_case_that_follows_another_hears_how_that_ended(town: Town, by_sms: None) -> None:
    number = in_hand(town)
    same = cases.Report("这里的灯也不亮", item="LAMP", place=town.lane_grid.code, name="孙", phone="13857924682")
    follower = cases.report_same(same, into=number, by=reporter(), now=MONDAY).number
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=as_(town.wen), now=at(hours=1))
    cases.confirm(number, by=as_(town.bo), now=at(hours=2))
    cases.close(number, by=as_(town.mei), now=at(hours=2) + timedelta(minutes=1))
    hear()
    assert [(n.case, n.about) for n in Notice.objects.filter(recipient="reporter")] == [(follower, "closed")]

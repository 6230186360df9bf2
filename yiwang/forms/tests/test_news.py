"""Who is asked a form is told, reminded once before it is due, and told when nobody wants it any more."""

from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_, at, refused
from yiwang.forms import actions, jobs
from yiwang.forms.models import Reminder
from yiwang.forms.tests.make import answers, asked, hear
from yiwang.notices.models import Notice, Rule
from yiwang.notices.queries import page_of
from yiwang.notices.rules.occasions import Channel
from yiwang.notices.tests.make import COUNTY, goes_out, has_address, mail_server, told
from yiwang.notices.wording import said
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
DUE = MONDAY + timedelta(days=2)


@pytest.fixture
def bai(town: Town) -> Person:
    """Another worker of the same grid."""
    person = make_person("bai", name="白网格", ground=town.two_wells)
    post = make_post(role=Role.objects.get(code="grid_worker"), unit=town.centre, ground=town.lane_grid, title="白岗")
    make_holding(person, post)
    return person


def soon() -> None:
    """The clock looks an hour after the moment from which on is reminded."""
    actions.remind_of_due(COUNTY, now=DUE - timedelta(hours=23))


def test_whoever_is_asked_is_told_once_and_nobody_else(town: Town, bai: Person) -> None:
    form = asked(town)
    hear()
    hear()
    assert told(town.bo) == told(bai) == ["form_asked"]
    assert told(town.gu) == told(town.mei) == told(town.ding) == told(town.wen) == []
    notice = Notice.objects.get(recipient=f"person:{town.bo.pk}")
    assert (notice.case, notice.subject, notice.place) == (None, f"form:{form.pk}", town.lane_grid.code)
    words = said(notice)
    assert (words.matter, words.number, words.until) == ("水井摸底", "", "2026-03-04 09:30")
    assert words.sentence.startswith("双井街道指挥中心")


def test_the_job_says_what_was_announced(town: Town) -> None:
    asked(town)
    (waiting,) = asked_for("forms.jobs.tell")
    jobs.tell.func(fact=waiting.args["fact"])
    assert told(town.bo) == []  # long closed: by the clock of the wall nobody has to fill it in


def test_what_was_withdrawn_before_it_was_told_is_not_told_as_asked(town: Town) -> None:
    form = asked(town)
    actions.withdraw(form.pk, because="县里已有", by=as_(town.gu), now=at(minutes=1))
    hear()
    assert told(town.bo) == ["form_ended"]
    assert "不用再填" in said(Notice.objects.get()).sentence


def test_what_was_stopped_is_told_to_who_has_not_returned_it(town: Town, bai: Person) -> None:
    form = asked(town)
    hear()
    actions.send_in(form.pk, answers(form, "3"), by=as_(bai), now=at(hours=1))
    actions.stop(form.pk, because="重复", by=as_(town.gu), now=at(hours=2))
    hear()
    assert (told(town.bo), told(bai)) == (["form_asked", "form_ended"], ["form_asked"])


def test_of_what_had_closed_before_nobody_hears(town: Town) -> None:
    form = asked(town)
    hear()
    actions.withdraw(form.pk, because="作废", by=as_(town.gu), now=form.closes_at + timedelta(hours=1))
    hear()
    assert told(town.bo) == ["form_asked"]


def test_the_clock_reminds_once_a_day_before_it_is_due_and_only_who_is_missing(town: Town, bai: Person) -> None:
    form = asked(town)
    hear()
    assert actions.remind_of_due(COUNTY, now=DUE - timedelta(hours=25)) == []
    actions.send_in(form.pk, answers(form, "3"), by=as_(bai), now=at(hours=1))
    soon()
    soon()
    hear(now=DUE - timedelta(hours=23))
    assert (told(town.bo), told(bai)) == (["form_asked", "form_due"], ["form_asked"])
    reminder = Reminder.objects.get()
    assert (reminder.author, reminder.people) == ("clock", 1)
    with refused("form_reminded_today"):
        actions.remind(form.pk, by=as_(town.gu), now=DUE - timedelta(hours=22))


def test_the_clock_waits_for_the_next_day_where_the_asker_reminded(town: Town) -> None:
    form = asked(town, due_at=DUE + timedelta(hours=6))
    actions.remind(form.pk, by=as_(town.gu), now=DUE - timedelta(hours=16))
    assert actions.remind_of_due(COUNTY, now=DUE - timedelta(hours=15)) == []
    (mine,) = actions.remind_of_due(COUNTY, now=DUE)
    hear(now=DUE)
    assert told(town.bo) == ["form_asked", "form_due", "form_due"]
    assert mine.author == "clock"


def test_nobody_is_reminded_of_what_is_over_or_returned(town: Town) -> None:
    over = asked(town)
    actions.withdraw(over.pk, because="县里已有", by=as_(town.gu), now=at(minutes=1))
    done = asked(town, nevertheless="再问")
    actions.send_in(done.pk, answers(done, "3"), by=as_(town.bo), now=at(hours=1))
    soon()
    assert not Reminder.objects.exists()


def test_it_goes_by_mail_with_a_link_and_several_as_a_digest(town: Town, settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.ADDRESS = "django.core.mail.backends.smtp.EmailBackend", "https://yw.example.cn"
    has_address(town.bo)
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_FROM = "127.0.0.1", box.port, "yiwang@example.cn"
        form = asked(town)
        hear()
        assert goes_out(MONDAY) == ["sent"]
        for number in range(4):
            asked(town, title=f"再摸底{number}", nevertheless="再问")
        hear(now=at(minutes=20))
        assert goes_out(at(minutes=20)) == ["sent"]
    single, digest = (message_from_bytes(text, policy=policy.default) for _to, text in box.taken)
    assert f"https://yw.example.cn/today/forms/{form.pk}" in single.get_content()
    assert (single["Subject"], digest["Subject"]) == ("请您填报: 水井摸底", "请您填报：4 张报表")


def test_quiet_hours_own_choice_and_the_rules_hold(town: Town, bai: Person, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"
    settings.SMS_URL = "http://127.0.0.1:9/send"
    has_address(town.bo, no=["form_asked.email"])
    has_address(bai, "bai@example.cn", quiet_since="08:00", quiet_until="12:00")
    role = Role.objects.get(code="grid_worker")
    Rule.objects.create(occasion="form_asked", channel="sms", role=role)
    Person.objects.filter(pk=town.bo.pk).update(phone="13800000001")
    asked(town)
    hear()
    assert (told(town.bo, Channel.EMAIL), told(town.bo, Channel.SMS)) == ([], ["form_asked"])
    kept = Notice.objects.get(recipient=f"person:{bai.pk}", channel=Channel.EMAIL)
    assert (kept.held, kept.next_at) == (True, at(hours=2, minutes=30))


def test_the_walls_hold_and_a_notice_is_about_one_thing(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        form = asked(town)
        hear()
    with standing_on([town.lane_grid.code]):
        assert [one.subject for one in page_of(town.bo)] == [f"form:{form.pk}"]
    with standing_on([town.bridge_grid.code]):
        assert not Notice.objects.exists()
    usual = {
        "county": COUNTY, "occasion": "form_asked", "place": town.lane_grid.code, "at": MONDAY,
        "recipient": "person:1", "channel": "page", "state": "sent",
    }  # fmt: skip
    for wrong in ({}, {"case": 1, "subject": "form:1", "title": "x"}, {"subject": "form:1"}):
        with standing_on(EVERYWHERE), pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(key=str(uuid4()), **usual, **wrong)

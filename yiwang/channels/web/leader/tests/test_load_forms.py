"""The forms behind the number of one worker: exactly those, and only for whoever supervises them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.forms import actions
from yiwang.forms.models import Addressee, Form
from yiwang.forms.tests.make import answers, asked
from yiwang.people.models import Person
from yiwang.workload import actions as workload
from yiwang.workload.rules import monday_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gu(town: Town) -> Client:
    """Gu supervises Two Wells."""
    return at_the_desk(town.gu)


def now_asked(town: Town, *, by: Person | None = None, **said: str) -> Form:
    now = timezone.now()
    return asked(town, by=acting(by or town.gu, on=timezone.localdate(now)), now=now, **said)


def test_the_number_leads_to_exactly_the_forms_asked_of_that_worker(town: Town, gu: Client) -> None:
    mine, theirs, before = (now_asked(town, title=title, nevertheless="再核") for title in ("甲", "乙", "丙"))
    Addressee.objects.filter(form=theirs).update(person=town.wen.pk)
    Form.objects.filter(pk=before.pk).update(asked_at=timezone.now() - timedelta(days=7))
    today = timezone.localdate()
    workload.reckon("990101", week=monday_of(today), today=today)
    address = f"/load/{town.bo.pk}/forms?week={monday_of(today)}"
    assert f'href="{address}"' in gu.get("/load").content.decode()
    page = gu.get(address, headers={"Accept-Language": "en"})
    assert [(one.form, one.returned, one.seen) for one in page.context["forms"]] == [(mine, None, True)]
    assert "20 minutes" in page.content.decode()
    last_week = gu.get(f"/load/{town.bo.pk}/forms?week={monday_of(today) - timedelta(weeks=1)}")
    assert [one.form for one in last_week.context["forms"]] == [before]


def test_what_somebody_above_asked_is_named_and_its_answers_are_not_shown(town: Town, gu: Client) -> None:
    form = now_asked(town)
    now = timezone.now()
    actions.send_in(form.pk, answers(form, "3"), by=acting(town.bo, on=timezone.localdate(now)), now=now)
    Form.objects.filter(pk=form.pk).update(place=town.county.code, unit=town.water_company.pk)
    page = gu.get(f"/load/{town.bo.pk}/forms")
    (one,) = page.context["forms"]
    assert (one.seen, one.returned) == (False, now)
    assert f'href="/forms/{form.pk}"' not in page.content.decode()
    assert gu.get(f"/forms/{form.pk}").status_code == 404


def test_strangers_find_nothing(town: Town, gu: Client) -> None:
    assert gu.get(f"/load/{town.bo.pk}/forms").status_code == 404
    now_asked(town)
    assert gu.get(f"/load/{town.bo.pk}/forms").status_code == 200
    assert gu.get(f"/load/{town.bo.pk}/forms?week=2020-01-06").status_code == 404
    assert gu.get(f"/load/{town.mei.pk}/forms").status_code == 404
    for stranger in (town.ding, town.mei, town.bo, town.wen):
        assert at_the_desk(stranger).get(f"/load/{town.bo.pk}/forms").status_code == 404


def test_it_asks_no_more_for_more_forms(town: Town, gu: Client) -> None:
    now_asked(town)
    first = queries_of(gu, f"/load/{town.bo.pk}/forms")
    now_asked(town, nevertheless="再核")
    now_asked(town, nevertheless="三核")
    assert queries_of(gu, f"/load/{town.bo.pk}/forms") == first <= MOST_QUERIES

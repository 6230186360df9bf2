"""My numbers this month."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import dispatched, finished, in_hand, make_lamp
from yiwang.catalogue.tests.make import make_item
from yiwang.forms.models import Form
from yiwang.forms.tests.make import asked
from yiwang.insight.actions import follow
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def load(client: Client) -> list[tuple[str, int]]:
    return [(code, n) for code, _words, n in client.get("/today/month").context["load"]]


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    assert at_the_desk(town.ning).get("/today/month").status_code == 404
    assert Client().get("/today/month")["Location"] == "/sign-in?next=/today/month"


def test_what_i_did_this_month_is_counted(town: Town) -> None:
    now = timezone.now()
    photo_free = actions.Brought("当场清理干净")
    make_item("SPOT", on_the_spot=True)
    bo, wen = acting(town.bo, on=now.date()), acting(town.wen, on=now.date())
    told = actions.Report(text="有人乱扔垃圾", told=Told.WORKER, item="SPOT", place=town.lane_grid.code)
    settled = actions.report(told, by=bo, now=now).number
    actions.settle(settled, evidence=photo_free, by=bo, now=now)
    number = in_hand(town)
    actions.finish(number, evidence=actions.Brought("换了灯泡"), by=wen, now=now)
    actions.send_back(number, reason="还是不亮", by=bo, now=now)
    follow(now=now)
    done = at_the_desk(town.bo).get("/today/month").context["done"]
    assert (done.reported, done.settled, done.checked, done.finished, done.in_time) == (1, 1, 1, 1, 1)
    done = at_the_desk(town.wen).get("/today/month").context["done"]
    assert (done.reported, done.checked, done.sent_back) == (0, 0, 1)


@pytest.mark.parametrize("code", ["courtyard_head", "building_head"])
def test_whoever_has_a_yard_reads_what_they_did_there(town: Town, code: str) -> None:
    """Months are counted by grids, and their ground is a part of one."""
    now = timezone.now()
    make_item("SPOT", on_the_spot=True)
    make_holding(town.lan, make_post(role=Role.objects.get(code=code), unit=town.centre, ground=town.yard))
    forget()
    lan = acting(town.lan, on=timezone.localdate(now))
    told = actions.Report(text="院里有人乱扔垃圾", told=Told.WORKER, item="SPOT", place=town.yard.code)
    settled = actions.report(told, by=lan, now=now).number
    actions.settle(settled, evidence=actions.Brought("扫干净了"), by=lan, now=now)
    follow(now=now)
    done = at_the_desk(town.lan).get("/today/month").context["done"]
    assert (done.reported, done.settled) == (1, 1)
    assert at_the_desk(town.bo).get("/today/month").context["done"].reported == 0, "it is nobody else's"


def test_what_is_asked_of_me_now_is_counted_by_its_kind(town: Town) -> None:
    dispatched(town), in_hand(town), in_hand(town), finished(town)
    wen = at_the_desk(town.wen)
    assert load(wen) == [("sign", 1), ("handle", 2)]
    # They were told in March.
    assert wen.get("/today/month").context["late"] == 3
    assert load(at_the_desk(town.bo)) == [("check", 1)]
    assert load(at_the_desk(town.ding)) == []


def test_a_form_to_fill_in_is_counted_here_as_on_today(town: Town) -> None:
    finished(town)
    now = timezone.now()
    form = asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)
    bo = at_the_desk(town.bo)
    assert load(bo) == [("check", 1), ("form", 1)]
    kinds = bo.get("/today").context["kinds"]
    assert [(one.code, one.waiting) for one in kinds] == [("", 2), ("check", 1), ("form", 1)]
    assert bo.get("/today/month").context["late"] == 1
    Form.objects.filter(pk=form.pk).update(due_at=now - timedelta(hours=1))
    assert bo.get("/today/month").context["late"] == 2


def test_three_cases_cost_no_more_queries_than_one(town: Town) -> None:
    dispatched(town)
    wen = at_the_desk(town.wen)
    one = queries_of(wen, "/today/month")
    dispatched(town)
    in_hand(town)
    assert queries_of(wen, "/today/month") == one <= MOST_QUERIES

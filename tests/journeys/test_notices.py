"""What supervision says reaches people: rungs of the ladder, alarms, orders; and the whole way of a mail."""

import pytest
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp, reported
from yiwang.meetings import actions as committee
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import has_address, hear, told
from yiwang.supervision import actions as supervision
from yiwang.supervision.tests.make import make_head, make_leader, passes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def by_mail(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"


def test_each_rung_of_the_ladder_is_an_occasion(town: Town) -> None:
    head, _post = make_head(town)
    in_hand(town)
    passes(at(days=40))
    hear()
    assert told(town.wen)[-1] == "soon"
    assert "escalated" in told(head)
    assert "escalated" in told(town.gu)


def test_an_emergency_is_told_to_everybody_at_once(town: Town, by_mail: None) -> None:
    has_address(town.mei, "mei@example.cn", no=["emergency.email"])
    number = reported(town, text="三号楼着火了，冒浓烟")
    assert Case.objects.get(number=number).urgency == "emergency"
    passes(at(minutes=1))
    hear()
    assert told(town.mei) == ["emergency"]
    assert told(town.mei, "email") == ["emergency"]
    assert told(town.gu) == ["emergency"]


def test_an_order_names_somebody_and_the_answer_comes_back(town: Town) -> None:
    number = in_hand(town)
    wanted = supervision.WantedOrder(number, "三天内修好", town.wen.pk, town.water_post.pk, at(days=3))
    order = supervision.list_case(wanted, by=as_(town.gu), now=at(hours=1))
    hear()
    assert told(town.wen) == ["dispatched", "ordered"], "the order and its instruction are one thing"
    supervision.move(order.pk, "report", text="已订灯泡", by=as_(town.wen), now=at(hours=2))
    hear()
    assert told(town.gu) == ["order_moved"]
    assert Notice.objects.get(occasion="order_moved").about == f"{order.number}|report"


def test_whoever_has_the_case_hears_that_somebody_else_was_ordered_to_see_to_it(town: Town, by_mail: None) -> None:
    leader, post = make_leader(town)
    has_address(town.wen)
    has_address(leader, "lu@example.cn")
    number = in_hand(town)
    wanted = supervision.WantedOrder(number, "盯到修好", leader.pk, post.pk, at(days=3))
    supervision.give(wanted, by=as_(town.gu), now=at(hours=1))
    hear()
    hear()
    assert told(leader) == told(leader, "email") == ["ordered"]
    assert told(town.wen) == ["dispatched", "instructed"]
    assert told(town.wen, "email").count("instructed") == 1
    assert told(town.gu) == [], "who ordered it knows"


def test_a_committee_tells_whom_it_names_who_has_the_case_and_its_chair(town: Town) -> None:
    leader, post = make_leader(town)
    number = in_hand(town)
    item = committee.bring(number, text="三家推诿", by=as_(town.gu), now=MONDAY)
    hear()
    assert told(town.wen)[-1:] == told(leader) == ["item_moved"]
    assert told(town.gu) == [], "who brought it knows"
    meeting = committee.call(town.two_wells.code, day=MONDAY.date(), by=as_(town.gu), now=MONDAY)
    decision = committee.Decision(meeting.pk, leader.pk, post.pk, at(days=10), "十日内修好线路")
    committee.decide(item.pk, decision, by=as_(town.gu), now=MONDAY)
    hear()
    assert told(leader) == ["item_moved", "named"]
    assert Notice.objects.get(occasion="named").until == at(days=10)
    assert Notice.objects.filter(occasion="item_moved", recipient=f"person:{town.wen.pk}").count() == 2
    committee.move(item.pk, "report", text="方案已定", by=as_(leader), now=at(days=1))
    hear()
    abouts = set(Notice.objects.filter(occasion="item_moved").values_list("about", flat=True))
    assert abouts == {"item_bring", "item_decide"}, "the chair is the one who told of progress"
    assert told(town.ding) == told(town.mei) == []

"""Appeals on one page: made by who was late, decided by two of others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting, reporter
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.naming import moment
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import hear, told
from yiwang.notices.wording import said
from yiwang.supervision.models import Appeal, Overrun
from yiwang.supervision.tests.make import make_leader, passes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def late(town: Town) -> int:
    """A lamp that the water company mended after a month; closed now."""
    then, now, today = timezone.now() - timedelta(days=30), timezone.now(), timezone.localdate()
    mei, wen, bo = (acting(person, on=today) for person in (town.mei, town.wen, town.bo))
    told = cases.Report("井巷口的路灯不亮了", place=town.lane_grid.code)
    number = cases.report(told, by=reporter(), now=then).number
    cases.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=then)
    cases.dispatch(number, lead=town.water_post.pk, by=mei, now=then)
    cases.sign_for(number, by=wen, now=then)
    passes(now)
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=wen, now=now)
    cases.confirm(number, by=bo, now=now)
    cases.call_back(number, solved=True, satisfied=True, by=mei, now=now)
    cases.close(number, by=mei, now=now)
    return number


def ask(client: Client, number: int, reason: str = "停电三周") -> int:
    said = {"do": "ask", "case": written(number), "reason": reason}
    return client.post("/appeals/new", said).status_code


def test_it_is_asked_and_granted_by_two(town: Town) -> None:
    wen, gu, number = at_the_desk(town.wen), at_the_desk(town.gu), late(town)
    leader = at_the_desk(make_leader(town)[0])
    assert [one.case.number for one in wen.get("/appeals").context["mine"]] == [number]
    assert ask(wen, number, " ") == 422
    assert ask(wen, number) == 302
    appeal = Appeal.objects.get(case=number)
    for client in (gu, leader):
        assert "停电三周" in client.get("/appeals").content.decode()
        assert client.post(f"/appeals/{appeal.pk}", {"do": "approve"}).status_code == 302
    appeal.refresh_from_db()
    assert appeal.state == "granted"
    assert "不计入考核" in wen.get("/appeals").content.decode()


def test_whoever_decides_is_told_and_whoever_asked_hears_what_was_decided(town: Town) -> None:
    (leader, _post), number = make_leader(town), late(town)
    wen, gu, lu = at_the_desk(town.wen), at_the_desk(town.gu), at_the_desk(leader)
    ask(wen, number)
    hear()
    appeal = Appeal.objects.get(case=number)
    assert (told(town.gu)[-1], told(leader)[-1]) == ("asked", "asked")
    for client in (gu, lu):
        assert "1 件超期申诉等您审批" in client.get("/mine").content.decode()
    assert "等您审批" not in wen.get("/mine").content.decode()
    page = gu.post(f"/appeals/{appeal.pk}", {"do": "approve"}, follow=True).content.decode()
    assert "您已同意：一人已同意，待另一人审批。" in page
    assert "等您审批" not in gu.get("/mine").content.decode()
    page = lu.post(f"/appeals/{appeal.pk}", {"do": "approve"}, follow=True).content.decode()
    assert town.gu.name in page, "both who agreed are named"
    hear()
    notice = Notice.objects.filter(recipient=f"person:{town.wen.pk}", occasion="decided").get()
    assert said(notice).sentence == "您的申请有结果了：超期申诉 · 已批准。"
    assert wen.post(f"/notices/{notice.pk}")["Location"] == "/appeals"


def test_how_late_it_was_stands_beside_the_reason(town: Town) -> None:
    wen, gu, number = at_the_desk(town.wen), at_the_desk(town.gu), late(town)
    limit = moment(Overrun.objects.filter(case=number).earliest("due_at").due_at)
    assert limit in wen.get("/appeals").content.decode()
    ask(wen, number)
    assert limit in gu.get("/appeals").content.decode()


def test_after_a_refused_form_the_filter_leads_back_to_the_page(town: Town) -> None:
    wen, number = at_the_desk(town.wen), late(town)
    assert ask(wen, number, " ") == 422
    place = town.lane_grid.code
    assert wen.get(f"/appeals/new?place={place}")["Location"] == f"/appeals?place={place}"


def test_a_refusal_says_why(town: Town) -> None:
    wen, gu, number = at_the_desk(town.wen), at_the_desk(town.gu), late(town)
    ask(wen, number)
    appeal = Appeal.objects.get(case=number)
    assert gu.post(f"/appeals/{appeal.pk}", {"do": "refuse", "reason": ""}).status_code == 422
    assert gu.post(f"/appeals/{appeal.pk}", {"do": "refuse", "reason": "只停了两天"}).status_code == 302
    assert "只停了两天" in wen.get("/appeals").content.decode()


def test_appeals_are_narrowed_and_sorted_and_taken_away_so(town: Town) -> None:
    wen, gu = at_the_desk(town.wen), at_the_desk(town.gu)
    numbers = [late(town), late(town)]
    for number in numbers:
        ask(wen, number, f"停电 {number}")

    def waiting(**asked: str) -> list[int]:
        return [one.case.number for one in gu.get("/appeals", asked).context["waiting"]]

    assert waiting() == numbers
    assert waiting(sort="newest") == numbers[::-1]
    assert waiting(sort="place", place=town.lane_grid.code) == numbers
    assert waiting(place=town.stone_bridge.code) == []
    assert gu.get("/appeals?place=nowhere").context["wrong"]
    assert gu.get("/appeals.csv?place=nowhere").status_code == 404
    assert "停电" not in taken(gu.get(f"/appeals.csv?place={town.stone_bridge.code}")).decode()
    text = taken(gu.get("/appeals.csv?sort=newest")).decode()
    assert text.index(f"停电 {numbers[1]}") < text.index(f"停电 {numbers[0]}")


def test_strangers_find_nothing(town: Town) -> None:
    wen, number = at_the_desk(town.wen), late(town)
    ask(wen, number)
    appeal = Appeal.objects.get(case=number)
    assert Client().get("/appeals")["Location"] == "/sign-in?next=/appeals"
    assert at_the_desk(town.lan).get("/appeals").status_code == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/appeals").context["waiting"] == []
    assert ding.post(f"/appeals/{appeal.pk}", {"do": "approve"}).status_code == 404
    assert ask(ding, number) == 404
    assert wen.post(f"/appeals/{appeal.pk}", {"do": "whatever"}).status_code == 404
    assert wen.post(f"/appeals/{appeal.pk}", {"do": "approve"}).status_code == 422


def test_more_appeals_cost_no_more_queries(town: Town) -> None:
    wen, gu = at_the_desk(town.wen), at_the_desk(town.gu)
    ask(wen, late(town))
    late(town)
    one = [queries_of(client, "/appeals") for client in (wen, gu)]
    for _more in range(2):
        ask(wen, late(town))
        late(town)
    assert len(gu.get("/appeals").context["waiting"]) == 3
    assert len(wen.get("/appeals").context["mine"]) == 3
    assert [queries_of(client, "/appeals") for client in (wen, gu)] == one
    assert max(one) <= MOST_QUERIES


def test_appeals_are_taken_away_by_those_who_see_them(town: Town) -> None:
    number = late(town)
    wen = at_the_desk(town.wen)
    ask(wen, number, "停电三周")
    text = taken(wen.get("/appeals.csv")).decode()
    assert "停电三周" in text
    assert str(number) in text
    assert "停电三周" not in taken(at_the_desk(town.ding).get("/appeals.csv")).decode()
    assert at_the_desk(town.sun).get("/appeals.csv").status_code == 404

"""Appeals on one page: made by who was late, decided by two of others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting, reporter
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.naming import moment
from yiwang.notices.models import Notice
from yiwang.notices.queries import unread
from yiwang.notices.tests.make import has_address, hear, told
from yiwang.notices.wording import said
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post, make_unit
from yiwang.supervision.models import Appeal, Overrun
from yiwang.supervision.tests.make import make_county_leader, make_leader, passes

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


def leaders_of(town: Town) -> list[Person]:
    """Two leaders of the street, and one of the county, who may all decide about an appeal."""
    first, post = make_leader(town)
    second = make_person("second_leader", name="何镇长", ground=town.two_wells)
    make_holding(second, make_post(role=post.role, unit=post.unit, ground=town.two_wells, title="双井街道副职岗"))
    return [first, second, make_county_leader(town)[0]]


def asked_of(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(recipient=f"person:{person.pk}", channel="page", occasion="asked"))


def test_all_who_may_decide_hear_of_it_once(town: Town) -> None:
    deciding, number = leaders_of(town), late(town)
    ask(at_the_desk(town.wen), number)
    hear()
    appeal = Appeal.objects.get(case=number)
    for person in (town.gu, *deciding):
        assert len(asked_of(person)) == 1
        assert "1 件超期申诉等您审批" in at_the_desk(person).get("/mine").content.decode()
    assert not any(asked_of(person) for person in (town.wen, town.mei, town.bo, town.ding))
    at_the_desk(town.gu).post(f"/appeals/{appeal.pk}", {"do": "approve"})
    hear()
    assert [len(asked_of(person)) for person in deciding] == [1, 1, 1], "one who agreed is no new thing to decide"


def test_nobody_hears_who_may_not_decide(town: Town) -> None:
    leader, post = make_leader(town)
    make_holding(leader, make_post(role=post.role, unit=town.water_company, ground=town.county, title="水司监事"))
    office = make_unit("督查室", ground=town.two_wells)
    make_post(role=post.role, unit=office, ground=town.two_wells, title="督查岗")
    head = make_person("office_head", name="何主任", ground=town.two_wells)
    role = Role.objects.get(code="department_head")
    make_holding(head, make_post(role=role, unit=office, ground=town.two_wells, title="督查室主任"))
    number = late(town)
    ask(at_the_desk(town.wen), number)
    hear()
    assert len(asked_of(town.gu)) == 1
    assert asked_of(leader) == [], "they are of the unit that asks, too"
    assert asked_of(head) == [], "nobody decides in the stead of a post that nobody holds"


def test_once_it_is_decided_nobody_is_asked_any_more(town: Town, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"
    (first, second, county), number = leaders_of(town), late(town)
    has_address(county)
    ask(at_the_desk(town.wen), number)
    hear()
    appeal = Appeal.objects.get(case=number)
    at_the_desk(first).post(f"/appeals/{appeal.pk}", {"do": "refuse", "reason": "只停了两天"})
    hear()
    for person in (town.gu, second, county):
        (notice,) = asked_of(person)
        assert (said(notice).title, said(notice).sentence) == (
            "已有结果", "超期申诉：已作出决定，无需您再处理。",
        )  # fmt: skip
        assert not unread(person).filter(occasion="asked").exists()
        assert "已有结果" in at_the_desk(person).get("/notices").content.decode()
        assert "等您审批" not in at_the_desk(person).get("/mine").content.decode()
    mail = Notice.objects.get(channel="email", occasion="asked")
    assert (mail.state, mail.trouble, mail.next_at) == ("dropped", "over", None)


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

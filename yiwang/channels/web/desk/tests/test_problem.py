"""One problem: its measures are written and ended here, by whoever may."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, as_, in_hand, make_lamp
from yiwang.lists import actions
from yiwang.lists.models import Measure
from yiwang.lists.tests.make import counted, lamp
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(town: Town) -> Client:
    make_lamp()
    return at_the_desk(town.mei)


def of(town: Town, **more: str) -> dict[str, str]:
    return {"place": town.two_wells.code, "period": "2026-03", "item": str(lamp()), **more}


def test_a_desk_reads_one_problem_and_goes_to_its_cases(town: Town, desk: Client) -> None:
    number = in_hand(town)
    counted()
    page = desk.get("/lists/problem", of(town)).content.decode()
    assert f'href="/cases/{written(number)}"' in page
    assert town.water_company.name in page


def test_a_measure_is_written_and_ended_with_who_and_when(town: Town, desk: Client) -> None:
    said = desk.post("/lists/problem/measure", of(town, text="每周三夜间巡灯"), follow=True)
    measure = Measure.objects.get()
    assert (measure.text, measure.author) == ("每周三夜间巡灯", f"person:{town.mei.pk}")
    assert said.request["PATH_INFO"] == "/lists/problem"
    today = of(town, period="")
    page = desk.get("/lists/problem", today).content.decode()
    assert town.mei.name in page
    end = f"/lists/problem/measure/{measure.pk}/end"
    assert desk.post(end, today | {"text": " "}).status_code == 422
    assert desk.post(end, today | {"text": "改为每晚"}).status_code == 302
    page = desk.get("/lists/problem", today).content.decode()
    assert "改为每晚" in page
    assert end not in page


def test_a_measure_of_the_county_is_marked_as_the_countys_and_not_ended_here(town: Town, desk: Client) -> None:
    give(town.lan, [Duty.SUPERVISE], ground=town.county)
    in_hand(town)
    counted()
    measure = actions.write(town.county.code, lamp(), text="全县换灯", by=as_(town.lan), now=MONDAY)
    for page in (desk.get("/lists/problem", of(town)), desk.get("/lists", {"period": "2026-03"})):
        assert '<span class="soft">云岭县：</span>全县换灯' in page.content.decode()
    end = f"/lists/problem/measure/{measure.pk}/end"
    assert end not in desk.get("/lists/problem", of(town)).content.decode()
    assert desk.post(end, of(town, text="够了")).status_code == 404


def test_words_that_do_not_fit_come_back_to_be_mended(town: Town, desk: Client) -> None:
    answer = desk.post("/lists/problem/measure", of(town, text="长" * 301))
    assert answer.status_code == 422
    assert "长" * 301 in answer.content.decode()
    assert not Measure.objects.exists()


def test_a_stranger_reads_no_problem_and_writes_nothing(town: Town, desk: Client) -> None:
    measure = actions.write(town.two_wells.code, lamp(), text="巡灯", by=as_(town.mei), now=MONDAY)
    for stranger in (town.ding, town.bo, town.wen, town.lan):
        there = at_the_desk(stranger)
        assert there.get("/lists/problem", of(town)).status_code == 404
        assert there.post("/lists/problem/measure", of(town, text="别的")).status_code == 404
        assert there.post(f"/lists/problem/measure/{measure.pk}/end", of(town, text="别的")).status_code == 404
    assert Measure.objects.count() == 1
    for unfit in ({"item": ""}, {"item": "x"}):
        assert desk.get("/lists/problem", of(town) | unfit).status_code == 404


def test_a_company_writes_its_own_measure(town: Town, desk: Client) -> None:
    in_hand(town)
    counted()
    own = {
        "place": town.county.code, "period": "2026-03", "item": str(lamp()), "unit": str(town.water_company.pk),
    }  # fmt: skip
    there = at_the_desk(town.wen)
    assert "measure" in there.get("/lists/problem", own).content.decode()
    assert there.post("/lists/problem/measure", own | {"text": "夜间巡灯"}).status_code == 302
    assert Measure.objects.get().post_id == town.water_post.pk


def test_three_cases_and_measures_cost_no_more_queries_than_one(town: Town, desk: Client) -> None:
    def more(n: int) -> int:
        for _ in range(n):
            in_hand(town)
            text = f"措施{Measure.objects.count()}"
            actions.write(town.two_wells.code, lamp(), text=text, by=as_(town.mei), now=MONDAY)
        counted()
        return queries_of(desk, f"/lists/problem?place={town.two_wells.code}&period=2026-03&item={lamp()}")

    more(1)
    one = more(0)
    assert more(2) == one <= MOST_QUERIES

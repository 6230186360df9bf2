"""Drawing the ground anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.places.models import Place, Redrawing
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/ground/redrawings"
HEAD = "原区划代码,新区划代码,新名称,类型,无承接原因\n"
MERGED = HEAD + "990101001002,990101001009,新巷社区,,\n"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def sent(client: Client, sheet: str = MERGED, *, title: str = "并村", days: int = 30) -> Any:
    day = timezone.localdate() + timedelta(days=days)
    file = SimpleUploadedFile("plan.csv", sheet.encode())
    return client.post(PAGE, {"title": title, "effective": day.isoformat(), "file": file})


def planned() -> list[Redrawing]:
    with standing_on(EVERYWHERE):
        return list(Redrawing.objects.order_by("pk"))


def test_it_does_not_exist_for_whoever_draws_no_ground(town_behind_the_wall: Town) -> None:
    bo = at_the_desk(town_behind_the_wall.bo)
    assert bo.get(PAGE).status_code == 404
    assert sent(bo).status_code == 404
    assert planned() == []


def test_a_sheet_is_planned_and_stands_in_the_list(ning: Client) -> None:
    assert sent(ning)["Location"] == PAGE
    said = ning.get(PAGE).content.decode()
    assert "并村" in said
    assert (timezone.localdate() + timedelta(days=30)).isoformat() in said


def test_a_redrawing_of_today_is_in_force_at_once(ning: Client) -> None:
    sent(ning, days=0)
    with standing_on(EVERYWHERE):
        assert Place.objects.get(pk="990101001009").name == "新巷社区"
    assert planned()[0].state == "in_force"
    said = ning.get(PAGE).content.decode()
    assert "区划调整已生效" in said
    assert "岗位名称" not in said


def test_what_stands_against_the_plan_is_said_and_what_was_typed_is_kept(ning: Client) -> None:
    page = sent(ning, HEAD + "990101001777,990101001009,新巷社区,,\n", title="不成的并村")
    assert any("990101001777" in fault for fault in page.context["faults"])
    assert 'value="不成的并村"' in page.content.decode()
    assert planned() == []


def test_a_sheet_that_is_none_gets_a_sentence(ning: Client) -> None:
    assert sent(ning, "一,二\n1,2\n").context["faults"]
    assert planned() == []


def test_nobody_redraws_anothers_ground(town_behind_the_wall: Town) -> None:
    qiao = at_the_desk(town_behind_the_wall.qiao)
    assert sent(qiao).context["faults"]
    assert planned() == []


def test_the_same_sheet_sent_twice_is_planned_once(ning: Client) -> None:
    sent(ning)
    assert sent(ning).context["faults"]
    assert len(planned()) == 1


def test_it_is_called_off_with_a_reason_and_only_once(ning: Client) -> None:
    sent(ning)
    address = f"{PAGE}/{planned()[0].pk}/call-off"
    assert ning.get(address).status_code == 405
    ning.post(address, {"because": ""})
    assert planned()[0].state == "planned"
    assert ning.post(address, {"because": "居民不同意"})["Location"] == PAGE
    ning.post(address, {"because": "第二次"})
    assert (planned()[0].state, planned()[0].called_off_because) == ("called_off", "居民不同意")
    assert "居民不同意" in ning.get(PAGE).content.decode()


def test_anothers_redrawing_does_not_exist(town_behind_the_wall: Town, ning: Client) -> None:
    sent(ning)
    qiao = at_the_desk(town_behind_the_wall.qiao)
    assert "并村" not in qiao.get(PAGE).content.decode()
    assert qiao.post(f"{PAGE}/{planned()[0].pk}/call-off", {"because": "不关我事"}).status_code == 404
    assert planned()[0].state == "planned"


def test_the_list_costs_the_same_for_one_redrawing_and_for_three(ning: Client) -> None:
    for old in ("990101001002", "990101101001001", "990101001001001001"):
        assert sent(ning, f"{HEAD}{old},{old[:-1]}9,新地,,\n").status_code == 302
        if len(planned()) == 1:
            one = queries_of(ning, PAGE)
    assert len(planned()) == 3
    assert queries_of(ning, PAGE) == one
    assert one <= MOST_QUERIES

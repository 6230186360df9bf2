from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.numbers import secret_of
from yiwang.cases.queries import ReportView, by_phone, told
from yiwang.cases.tests.make import (
    MONDAY,
    accepted,
    as_,
    at,
    called_back,
    case,
    closed,
    in_hand,
    make_lamp,
    reported,
)
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.walls.ground import NOWHERE, standing_on

LAN: dict[str, Any] = {"name": "蓝晓雨", "phone": "13857924681"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> Iterator[None]:
    make_lamp()
    with translation.override("en"):
        yield


def seen(number: int) -> ReportView:
    view = told(number, secret_of(number))
    assert view is not None
    return view


def test_the_number_and_its_secret_are_enough_on_no_ground_at_all(town: Town) -> None:
    number = in_hand(town, **LAN)
    with standing_on(NOWHERE):
        view = seen(number)
    assert (view.number, view.state, view.words) == (str(number), "in_hand", "In hand")
    assert (view.item, view.unit, view.text) == ("Street lamp out", "云岭县自来水公司", "井巷口的路灯不亮了")
    assert view.place == "云岭县双井街道井巷社区井巷第一网格"
    assert view.due_at == case(number).due_at


def test_a_stranger_sees_nothing(town: Town) -> None:
    number, other = reported(town), reported(town)
    assert told(number, secret_of(other)) is None
    assert told(number, "") is None
    assert told(9901012699999999, secret_of(9901012699999999)) is None


def test_the_item_is_named_in_the_readers_language(town: Town) -> None:
    number = accepted(town)
    with translation.override("zh-hans"):
        assert seen(number).item == "路灯不亮"


def test_while_it_waits_the_desk_has_it(town: Town) -> None:
    assert seen(accepted(town)).unit == "双井街道指挥中心"


def test_no_person_is_named_and_what_is_internal_stays_inside(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,), **LAN)
    actions.internal(number, text="家属情绪激动", by=as_(town.wen), now=MONDAY)
    actions.instruct(number, text="三日内办结", by=as_(town.gu), now=MONDAY)
    actions.comment(number, text="明天上门", by=as_(town.wen), now=MONDAY)
    actions.reveal(number, purpose="约时间", by=as_(town.mei), now=at(hours=1))
    view = seen(number)
    assert [(note.kind, note.text, note.unit) for note in view.notes] == [
        ("comment", "明天上门", "云岭县自来水公司")
    ]  # fmt: skip
    assert [(look.at, look.unit, look.purpose) for look in view.looked] == [
        (at(hours=1), "双井街道指挥中心", "约时间")
    ]  # fmt: skip
    said = repr(view)
    for hidden in ("家属", "三日内", "温水务", "梅受理", "顾主任", "薄网格", "person:", "晓雨", "57924681"):
        assert hidden not in said


def test_the_history_is_told_in_plain_words_with_reasons_for_the_reporter_only(town: Town) -> None:
    number = accepted(town)
    actions.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    actions.hand_back(number, reason="管子不归我们", by=as_(town.wen), now=MONDAY)
    actions.decline(number, reason="属于小区物业", by=as_(town.mei), now=MONDAY)
    view = seen(number)
    assert [(step.move, step.reason) for step in view.steps] == [
        ("report", ""), ("accept", ""), ("dispatch", ""), ("hand_back", ""), ("decline", "属于小区物业"),
    ]  # fmt: skip
    assert all(step.words for step in view.steps)
    assert (view.due_at, view.closed_at, view.unit, view.moves) == (None, MONDAY, "", ())


def test_why_a_case_was_opened_again_is_told(town: Town) -> None:
    number = called_back(town, satisfied=False)
    assert seen(number).moves == ("reopen",)
    actions.reopen(number, reason="灯又灭了", by=reporter(), now=MONDAY)
    assert [step.reason for step in seen(number).steps if step.move == "reopen"] == ["灯又灭了"]


def test_why_a_case_is_paused_is_told_as_it_was_asked(town: Town) -> None:
    number = in_hand(town)
    actions.ask_pause(number, until=at(days=9), reason="等待配件", by=as_(town.wen), now=MONDAY)
    actions.grant_pause(number, by=as_(town.gu), now=MONDAY)
    assert [step.reason for step in seen(number).steps if step.move == "grant_pause"] == ["等待配件"]


def test_what_was_merged_shows_how_far_the_other_is(town: Town) -> None:
    known, number = accepted(town, text="老人天天摔跤"), reported(town)
    actions.merge(number, into=known, by=as_(town.mei), now=MONDAY)
    actions.dispatch(known, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    view = seen(number)
    other = view.merged_into
    assert other is not None
    assert (other.number, other.state, other.unit) == (str(known), "dispatched", "云岭县自来水公司")
    assert other.due_at == case(known).due_at
    assert "摔跤" not in repr(view)


def test_what_was_split_shows_how_far_the_parts_are(town: Town) -> None:
    number = accepted(town)
    actions.split(
        number, parts=[actions.PartTold("灯坏了"), actions.PartTold("井盖松了")], by=as_(town.mei), now=MONDAY
    )  # fmt: skip
    first = Case.objects.filter(part_of=number).order_by("number")[0]
    actions.decline(first.number, reason="mended already", by=as_(town.mei), now=MONDAY)
    assert [part.state for part in seen(number).parts] == ["declined", "reported"]


def test_of_a_sealed_case_only_the_state_is_shown(town: Town) -> None:
    make_item("OFFICIAL", secrecy=Secrecy.SEALED)
    number = reported(town, item="OFFICIAL", **LAN)
    assert seen(number) == ReportView(str(number), "reported", "Waiting to be accepted", ("withdraw",))


def test_a_sealed_part_shows_no_more_than_that(town: Town) -> None:
    number = reported(town)
    make_item("OFFICIAL", secrecy=Secrecy.SEALED)
    parts = [actions.PartTold("某主任收钱", item="OFFICIAL"), actions.PartTold("灯坏了")]
    actions.split(number, parts=parts, by=as_(town.mei), now=MONDAY)
    first, second = seen(number).parts
    assert (first.item, first.unit, first.due_at) == ("", "", None)
    assert second.item == "Street lamp out"


def test_reports_are_found_by_the_phone_they_were_told_with(town: Town, settings: Settings) -> None:
    first, second = closed(town, **LAN), reported(town, name="蓝晓雨", phone="+86 138-5792-4681")
    reported(town, name="孙大爷", phone="13900000002")
    reported(town)
    assert by_phone("138 5792 4681") == [second, first]
    assert by_phone(" ") == []
    settings.SEAL_KEYS = ["a newer key, forty letters or more, as it should be", *settings.SEAL_KEYS]
    with standing_on(NOWHERE):
        assert by_phone("13857924681") == [second, first]

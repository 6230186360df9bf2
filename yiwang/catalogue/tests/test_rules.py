import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.catalogue.rules import (
    LIMIT_FORM,
    Claim,
    Claims,
    Evidence,
    Limit,
    NotALimit,
    Shown,
    Stage,
    Urgency,
    missing,
    read_limit,
    usual_limits,
    write_limit,
)
from yiwang.places.tests.make import shared
from yiwang.plumbing.worktime.rules import Promise, Unit

DAY = date(2026, 3, 2)
UNITS = {
    "小时": (Unit.HOUR, True), "天": (Unit.DAY, True), "紧急工作时": (Unit.HOUR, False),
    "紧急工作日": (Unit.DAY, False),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "working", "span", "remark"),
    [
        ("2紧急工作时", Unit.HOUR, False, timedelta(hours=2), ""),
        ("4小时", Unit.HOUR, True, timedelta(hours=4), ""),
        ("1天", Unit.DAY, True, timedelta(hours=8), ""),
        ("2紧急工作日", Unit.DAY, False, timedelta(days=2), ""),
        ("1紧急工作时制止", Unit.HOUR, False, timedelta(hours=1), "制止"),
        ("3个工作日", Unit.DAY, True, timedelta(hours=24), ""),
        ("0.5 running hours", Unit.HOUR, False, timedelta(minutes=30), ""),
    ],
)
def test_limits_are_read_as_the_field_writes_them(
    text: str,
    unit: Unit,
    working: bool,  # noqa: FBT001
    span: timedelta,
    remark: str,
) -> None:
    limit = read_limit(text)
    assert (limit.promise.unit, limit.promise.working, limit.promise.span, limit.remark) == (
        unit, working, span, remark
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "天", "0天", "两天", "-1天", "1", "1.234天", "99999天", "1天2小时", "1周", "1\n天x2"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(NotALimit):
        read_limit(text)


@given(
    hundredths=st.integers(1, 999_999), unit=st.sampled_from(Unit), working=st.booleans(),
    remark=st.sampled_from(["", "制止", "内修复", "时", "工作日", "（雨天顺延）"]),
)  # fmt: skip
def test_a_limit_written_is_read_back_the_same(hundredths: int, unit: Unit, working: bool, remark: str) -> None:  # noqa: FBT001
    limit = Limit(Promise(hundredths / 100, unit, working), remark)
    text = write_limit(limit)
    assert read_limit(text) == limit
    assert re.fullmatch(LIMIT_FORM, text)


def test_every_limit_of_a_real_city_is_right() -> None:
    with shared("standards.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 519
    for row in rows:
        limit = read_limit(row["limit_text"])
        assert (limit.promise.unit, limit.promise.working) == UNITS[row["limit_unit"]]
        assert limit.promise.amount == float(row["limit_value"])
        assert write_limit(limit) == row["limit_text"]


def test_an_item_without_limits_gets_shorter_ones_the_more_urgent_it_is() -> None:
    handle = [read_limit(usual_limits(urgency)[Stage.HANDLE]).promise for urgency in Urgency]
    assert [promise.working for promise in handle] == [True, True, True, False]
    assert [promise.span for promise in handle] == sorted((p.span for p in handle), reverse=True)
    assert all(read_limit(text) for urgency in Urgency for text in usual_limits(urgency).values())


@pytest.mark.parametrize(
    ("shown", "wanting"),
    [
        (Shown(), ("photos", "photo_nearby", "note", "before_and_after")),
        (Shown(photos=(None, 49.0), note="换了灯泡", before=True, after=True), ()),
        (Shown(photos=(None, 51.0), note="换了灯泡", before=True, after=True), ("photo_nearby",)),
        (Shown(photos=(50.0,), note=" ", before=True), ("photos", "note", "before_and_after")),
    ],
)
def test_what_is_still_wanting_to_finish_is_named(shown: Shown, wanting: tuple[str, ...]) -> None:
    assert missing(Evidence(photos=2, within_metres=50, note=True, before_and_after=True), shown) == wanting
    assert missing(Evidence(), shown) == ()


def test_the_longest_place_wins_and_then_the_nearest_item() -> None:
    lamp, lights, everything = 3, 2, 1
    claims = Claims([
        Claim(everything, "990101", 10), Claim(lights, "990101001", 20), Claim(lamp, "990101", 30),
        Claim(lamp, "990101001", 40),
    ])  # fmt: skip
    assert claims.answering((lamp, lights, everything), "990101001001", on=DAY) == 40
    assert claims.answering((lights, everything), "990101001001", on=DAY) == 20
    assert claims.answering((lamp, lights, everything), "990101101", on=DAY) == 30
    assert claims.answering((9, everything), "990101101", on=DAY) == 10
    assert claims.answering((lamp,), "990102", on=DAY) is None
    # The town's branch stands nearer to the place than the county's item.
    assert Claims([Claim(everything, "990101001", 1), Claim(lamp, "990101", 2)]).answering(
        (lamp, everything), "990101001", on=DAY
    ) == 1  # fmt: skip


def test_a_claim_holds_from_its_first_day_up_to_its_last() -> None:
    claims = Claims([Claim(1, "99", 5, DAY, DAY + timedelta(2))])
    held = [claims.answering((1,), "99", on=DAY + timedelta(days)) for days in (-1, 0, 1, 2)]
    assert held == [None, 5, 5, None]


places = st.lists(st.sampled_from(["001", "002"]), max_size=4).map("".join)
days = st.integers(0, 6).map(lambda number: DAY + timedelta(number))


@given(
    listed=st.lists(st.tuples(st.integers(1, 4), places, st.integers(1, 9), days, days), max_size=12),
    path=st.permutations([1, 2, 3, 4]).flatmap(lambda p: st.integers(0, 4).map(lambda n: tuple(p[:n]))),
    place=places, on=days, retired=st.sets(st.integers(1, 9), max_size=3),
)  # fmt: skip
def test_who_answers_is_what_a_search_through_everything_finds(
    listed: list[tuple[int, str, int, date, date]], path: tuple[int, ...], place: str, on: date, retired: set[int]
) -> None:
    claims = [Claim(*row) for row in listed]
    fit = [
        (len(claim.place), -path.index(claim.item), claim.since, -number, claim.post)
        for number, claim in enumerate(claims)
        if claim.item in path
        and place.startswith(claim.place)
        and claim.since <= on < claim.until
        and claim.post not in retired
    ]
    expected = max(fit)[-1] if fit else None
    laid = Claims(claims)
    assert laid.answering(path, place, on=on, serves=lambda post: post not in retired) == expected
    holders = laid.places_of(path, on=on, serves=lambda post: post not in retired)
    assert (expected is not None) == any(place.startswith(holder) for holder in holders)

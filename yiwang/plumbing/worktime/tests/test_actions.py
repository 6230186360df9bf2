"""What administrators do to the calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused, is_worded
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime import actions, statutory
from yiwang.plumbing.worktime.models import Day, Hours, Year
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import DayKind

pytestmark = pytest.mark.django_db
MEI = "person:12"
COUNTY, OTHER_COUNTY = "990101", "990102"
A_WEDNESDAY, A_SATURDAY = date(2025, 3, 12), date(2025, 3, 15)


@pytest.fixture(autouse=True)
def _everywhere() -> Iterator[None]:
    with standing_on(EVERYWHERE):
        yield


def works(day: date, ground: str = "") -> bool:
    # The test's transaction never commits, and only a commit is told to the processes.
    forget("calendar")
    return bool(calendar_for(ground).spans_on(day))


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


def test_the_state_councils_calendar_comes_in_and_twice_is_as_once() -> None:
    first = actions.import_statutory([2024, 2025], by=MEI)
    rows = list(Day.objects.filter(date__year=2025).values_list("date", "kind", "name").order_by("date"))
    again = actions.import_statutory([2024, 2025], by=MEI)
    assert (first.years, first.unknown) == ((2024, 2025), ())
    assert again == first
    assert list(Day.objects.filter(date__year=2025).values_list("date", "kind", "name").order_by("date")) == rows
    assert (date(2025, 1, 1), "holiday", "元旦") in rows
    assert (date(2025, 1, 26), "working", "春节调休上班") in rows


def test_a_year_nobody_knows_yet_stays_provisional_and_breaks_nothing() -> None:
    beyond = statutory.known_years()[-1] + 1
    assert actions.import_statutory([beyond], by=MEI).unknown == (beyond,)
    assert not Year.objects.filter(number=beyond).exists()


def test_a_year_entered_by_hand_is_no_longer_provisional() -> None:
    actions.confirm_year(2031, source="国办发明电〔2030〕7号", by=MEI)
    assert 2031 in calendar_for("").known_years


def test_an_import_keeps_what_a_person_entered() -> None:
    actions.set_day(date(2025, 10, 1), DayKind.SPECIAL, by=MEI, hours="09:00-11:00", name="值班")
    actions.import_statutory([2025], by=MEI)
    assert Day.objects.get(ground="", date=date(2025, 10, 1)).name == "值班"


def test_a_day_off_holds_on_its_ground_only_and_leaves_a_trail() -> None:
    actions.set_day(A_WEDNESDAY, DayKind.HOLIDAY, by=MEI, ground=COUNTY, name="赶集")
    assert [works(A_WEDNESDAY, COUNTY), works(A_WEDNESDAY, OTHER_COUNTY)] == [False, True]
    entry = last_entry()
    assert (entry.act, entry.actor, entry.ground, entry.details["kind"]) == (
        "set_day", MEI, COUNTY, "holiday",
    )  # fmt: skip


def test_a_weekend_day_can_be_worked_in_exchange() -> None:
    assert not works(A_SATURDAY)
    actions.set_day(A_SATURDAY, DayKind.WORKING, by=MEI)
    assert works(A_SATURDAY)


def test_a_day_set_again_is_what_was_said_last() -> None:
    actions.set_day(A_WEDNESDAY, DayKind.SPECIAL, by=MEI, hours="10:00-11:00")
    actions.set_day(A_WEDNESDAY, DayKind.HOLIDAY, by=MEI)
    assert not works(A_WEDNESDAY)


def test_a_day_cleared_is_like_any_other_and_cannot_be_cleared_again() -> None:
    actions.set_day(A_WEDNESDAY, DayKind.HOLIDAY, by=MEI)
    actions.clear_day(A_WEDNESDAY, by=MEI)
    assert works(A_WEDNESDAY)
    with pytest.raises(Refused, match="2025-03-12"):
        actions.clear_day(A_WEDNESDAY, by=MEI)


@pytest.mark.parametrize(
    ("kind", "hours", "code"),
    [
        (DayKind.SPECIAL, "", "worktime_hours_only_on_a_special_day"),
        (DayKind.HOLIDAY, "09:00-12:00", "worktime_hours_only_on_a_special_day"),
        (DayKind.SPECIAL, "all day", "worktime_hours_unreadable"),
    ],
)
def test_a_day_with_the_wrong_hours_is_refused(kind: DayKind, hours: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_day(A_WEDNESDAY, kind, by=MEI, hours=hours)
    assert refused.value.code == code
    assert is_worded(code)
    assert works(A_WEDNESDAY)


def test_new_hours_hold_from_their_day_on() -> None:
    actions.set_hours("09:00-17:00", valid_from=A_WEDNESDAY, by=MEI, ground=COUNTY, weekend={7})
    assert len(calendar_for(COUNTY).spans_on(date(2025, 3, 11))) == 2
    assert len(calendar_for(COUNTY).spans_on(A_WEDNESDAY)) == 1
    assert [works(A_SATURDAY, COUNTY), works(A_SATURDAY)] == [True, False]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"hours": "9-5"}, "worktime_hours_unreadable"),
        ({"weekend": range(1, 8)}, "worktime_no_working_day_left"),
        ({"weekend": {0, 7}}, "worktime_no_working_day_left"),
        ({"zone": "Asia/Atlantis"}, "worktime_no_such_zone"),
        ({"zone": "../etc/passwd"}, "worktime_no_such_zone"),
        ({"zone": ""}, "worktime_no_such_zone"),
    ],
)
def test_hours_that_make_no_sense_are_refused(changed: dict[str, Any], code: str) -> None:
    wanted: dict[str, Any] = {"hours": "09:00-17:00", "valid_from": A_WEDNESDAY, "by": MEI, "ground": COUNTY} | changed
    with pytest.raises(Refused) as refused:
        actions.set_hours(wanted.pop("hours"), **wanted)
    assert refused.value.code == code
    assert is_worded(code)
    assert not Hours.objects.filter(ground=COUNTY).exists()


def test_the_database_refuses_a_special_day_without_hours() -> None:
    with pytest.raises(IntegrityError, match="odd_day_has_hours_if_special"), transaction.atomic():
        Day.objects.create(date=A_WEDNESDAY, kind=DayKind.SPECIAL)


def test_an_administrator_of_one_county_cannot_touch_anothers_calendar_nor_everybodys() -> None:
    with standing_on([COUNTY]):
        actions.set_day(A_WEDNESDAY, DayKind.HOLIDAY, by=MEI, ground=f"{COUNTY}001")
        for ground in (OTHER_COUNTY, ""):
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                actions.set_day(A_WEDNESDAY, DayKind.HOLIDAY, by=MEI, ground=ground)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            actions.confirm_year(2031, source="—", by=MEI)


def test_years_that_the_library_has_learned_come_in_once_and_leave_the_others_alone() -> None:
    newest = statutory.known_years()[-1]
    actions.set_day(date(newest - 1, 1, 1), DayKind.WORKING, by=MEI)
    Day.objects.filter(date__year=newest).delete()
    Year.objects.filter(number=newest).delete()
    assert actions.import_new_years(by="system").years == (newest,)
    assert Day.objects.filter(date__year=newest).count() == len(statutory.days_of(newest))
    assert Day.objects.get(date=date(newest - 1, 1, 1)).kind == DayKind.WORKING
    assert (last_entry().actor, last_entry().details["years"]) == ("system", [newest])
    lines = Entry.objects.count()
    assert actions.import_new_years(by="system").years == ()
    assert Entry.objects.count() == lines

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, at, dispatched, make_lamp, refused, reported
from yiwang.catalogue.rules import Urgency
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.audit.models import Entry as Trail
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.shifts import actions, queries
from yiwang.shifts.models import Entry, Shift
from yiwang.shifts.rules import Kind, State

DAY = date(2026, 3, 2)


def on_duty(town: Town) -> Shift:
    """Mei came on duty at Two Wells on Monday morning."""
    return actions.come_on_duty(town.two_wells.code, by=as_(town.mei), now=MONDAY)


def test_somebody_comes_on_duty_at_a_desk_of_theirs_and_nobody_twice(town: Town) -> None:
    shift = on_duty(town)
    assert (shift.county, shift.place, shift.state, shift.keeper, shift.post_id) == (
        "990101", town.two_wells.code, State.ON_DUTY, f"person:{town.mei.pk}", town.meis_post.pk,
    )  # fmt: skip
    with refused("desk_is_kept", Overtaken):
        actions.come_on_duty(town.two_wells.code, by=as_(town.gu), now=MONDAY)
    for stranger in (town.ding, town.bo, town.lan):
        with refused("not_at_this_desk", NotYours):
            actions.come_on_duty(town.two_wells.code, by=as_(stranger), now=MONDAY)


def test_what_happens_is_written_by_whoever_sits_there_and_stays(town: Town) -> None:
    make_lamp()
    shift, number = on_duty(town), reported(town)
    actions.write(shift.pk, kind=Kind.CALL, text=" 居民来电 ", case=number, by=as_(town.mei), now=at(hours=1))
    actions.write(shift.pk, kind=Kind.URGENT, text="管道爆裂", by=as_(town.gu), now=at(hours=2))
    (logged,) = queries.on_day(as_(town.gu), town.two_wells.code, DAY)
    assert [(entry.kind, entry.text, entry.case, entry.author) for entry in logged.entries] == [
        ("call", "居民来电", number, f"person:{town.mei.pk}"), ("urgent", "管道爆裂", None, f"person:{town.gu.pk}"),
    ]  # fmt: skip
    for change in (Entry.objects.all().delete, lambda: Entry.objects.update(text="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_empty_line_a_foreign_case_and_a_long_tale_are_refused(town: Town) -> None:
    make_lamp()
    shift, mei = on_duty(town), as_(town.mei)
    with refused("shift_lacks_text"):
        actions.write(shift.pk, kind=Kind.HAPPENED, text=" ", by=mei, now=MONDAY)
    with refused("entry_too_long"):
        actions.write(shift.pk, kind=Kind.HAPPENED, text="长" * 2001, by=mei, now=MONDAY)
    with refused("entry_kind_unknown"):
        actions.write(shift.pk, kind=Kind.TAKEN_OVER, text="x", by=mei, now=MONDAY)
    elsewhere = reported(town, place=town.bridge_grid.code)
    with refused("no_such_case", Unseen):
        actions.write(shift.pk, kind=Kind.HAPPENED, text="x", case=elsewhere, by=mei, now=MONDAY)


def test_what_is_open_is_counted_and_kept_at_the_moment_of_handing_over(town: Town) -> None:
    make_lamp()
    make_item("FIRE", urgency=Urgency.EMERGENCY)
    shift = on_duty(town)
    waiting, given = reported(town), dispatched(town)
    fire = reported(town, text="起火了", item="FIRE")
    reported(town, place=town.bridge_grid.code)
    cases.whistle(given, posts=[town.bos_post.pk], reason="来人", by=as_(town.mei), now=MONDAY)
    actions.hand_over(shift.pk, note="盯住起火点", by=as_(town.mei), now=at(days=60))
    (entry,) = Entry.objects.filter(kind=Kind.HANDED_OVER)
    assert (entry.text, entry.matters) == ("盯住起火点", {
        "waiting": {"n": 2, "more": False}, "overdue": {"n": 3, "more": False}, "emergencies": [fire],
        "unanswered": [[given, town.bos_post.pk]],
    })  # fmt: skip
    cases.decline(waiting, reason="重复", by=as_(town.mei), now=at(days=60))
    entry.refresh_from_db()
    assert entry.matters is not None
    assert entry.matters["waiting"]["n"] == 2
    with refused("shift_too_late", Overtaken):
        actions.write(shift.pk, kind=Kind.HAPPENED, text="x", by=as_(town.mei), now=at(days=60))


def test_the_next_one_confirms_having_read_and_is_on_duty(town: Town) -> None:
    shift = on_duty(town)
    with refused("shift_lacks_note"):
        actions.hand_over(shift.pk, note=" ", by=as_(town.mei), now=at(hours=8))
    actions.hand_over(shift.pk, note="无特殊情况", by=as_(town.mei), now=at(hours=8))
    with refused("take_over_first", Overtaken):
        actions.come_on_duty(town.two_wells.code, by=as_(town.gu), now=at(hours=8))
    with refused("shift_lacks_read"):
        actions.take_over(shift.pk, read=False, by=as_(town.gu), now=at(hours=8))
    following = actions.take_over(shift.pk, read=True, by=as_(town.gu), now=at(hours=9))
    shift.refresh_from_db()
    assert (shift.state, following.state, following.follows, following.keeper) == (
        State.TAKEN_OVER, State.ON_DUTY, shift.pk, f"person:{town.gu.pk}",
    )  # fmt: skip
    with refused("shift_too_late", Overtaken):
        actions.take_over(shift.pk, read=True, by=as_(town.mei), now=at(hours=9))


def test_only_the_keeper_or_a_supervisor_hands_over(town: Town) -> None:
    from yiwang.people.models import Role
    from yiwang.people.tests.make import make_holding, make_person, make_post

    role = Role.objects.get(code="centre_clerk")
    other = make_person("other", ground=town.two_wells)
    make_holding(other, make_post(role=role, unit=town.centre, ground=town.two_wells))
    shift = on_duty(town)
    with refused("shift_not_yours", NotYours):
        actions.hand_over(shift.pk, note="我来交", by=as_(other), now=MONDAY)
    assert actions.hand_over(shift.pk, note="代交", by=as_(town.gu), now=MONDAY).state == State.HANDED_OVER


def test_a_stranger_finds_no_log_on_either_side_of_the_wall(town: Town) -> None:
    shift = on_duty(town)
    for stranger in (town.ding, town.bo, town.wen):
        assert queries.on_day(as_(stranger), town.two_wells.code, DAY) == []
        assert queries.now_at(as_(stranger), town.two_wells.code) is None
        with refused("no_such_shift", Unseen):
            actions.write(shift.pk, kind=Kind.HAPPENED, text="x", by=as_(stranger), now=MONDAY)


@pytest.mark.django_db
def test_the_wall_hides_the_log_of_another_town(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        shift = on_duty(town)
        actions.write(shift.pk, kind=Kind.HAPPENED, text="x", by=as_(town.mei), now=MONDAY)
    with standing_on([town.stone_bridge.code]):
        assert not Shift.objects.exists()
        assert not Entry.objects.exists()
    with standing_on([town.two_wells.code]):
        assert Entry.objects.count() == 1


def test_a_shift_through_the_night_is_found_on_both_days_and_no_other(town: Town) -> None:
    mei = as_(town.mei)
    actions.come_on_duty(town.two_wells.code, by=mei, now=at(hours=12))  # 21:30 in China
    actions.hand_over(Shift.objects.get().pk, note="平安", by=mei, now=at(hours=22))
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    assert [len(queries.on_day(mei, town.two_wells.code, day)) for day in days] == [0, 1, 1, 0]


def test_who_took_a_day_away_stands_in_the_trail(town: Town) -> None:
    on_duty(town)
    assert len(actions.give_out(town.two_wells.code, DAY, by=as_(town.mei), now=MONDAY, form="csv")) == 1
    assert Trail.objects.get(act="export_cases").details["day"] == "2026-03-02"
    assert not Case.objects.exists()

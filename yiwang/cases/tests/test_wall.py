"""The second wall: a query that forgot to ask who is asking finds nothing of other grounds."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Assignment, Case, Note, Receipt, Step, Words
from yiwang.cases.rules import sought_of
from yiwang.cases.tests.make import MONDAY, as_, dispatched, make_lamp, refused, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

TABLES = (Case, Step, Words, Assignment)


@pytest.fixture
def lamp(town_behind_the_wall: Town) -> int:
    """A case in Bo's grid, given to the water company, told while nobody stood anywhere."""
    with standing_on(EVERYWHERE):
        make_lamp()
    return _everywhere(partial(dispatched, town_behind_the_wall))


def _everywhere(make: partial[int]) -> int:
    with standing_on(EVERYWHERE):
        return make()


def test_a_report_is_taken_in_from_whoever_stands_nowhere(town_behind_the_wall: Town) -> None:
    number = reported(town_behind_the_wall)
    with standing_on([town_behind_the_wall.two_wells.code]):
        assert Case.objects.get().number == number


@pytest.mark.parametrize("model", TABLES)
def test_another_street_finds_nothing(town_behind_the_wall: Town, lamp: int, model: type) -> None:
    with standing_on([town_behind_the_wall.stone_bridge.code]):
        assert not model.objects.exists()  # type: ignore[attr-defined]
    with standing_on([town_behind_the_wall.two_wells.code]):
        assert model.objects.exists()  # type: ignore[attr-defined]


def test_another_street_changes_nothing_and_adds_no_step(town_behind_the_wall: Town, lamp: int) -> None:
    with standing_on([town_behind_the_wall.stone_bridge.code]):
        assert Case.objects.filter(number=lamp).update(text="changed") == 0
    step = Step(
        county="990101", number=lamp, seq=9, at=MONDAY, move="close", state="closed", actor="person:1",
        capacity="caller", channel="web", before=b"", hash=b"",
    )  # fmt: skip
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        standing_on([town_behind_the_wall.stone_bridge.code]),
    ):
        step.save(force_insert=True)


@pytest.mark.parametrize("statement", ["UPDATE cases_step SET reason = 'x'", "DELETE FROM cases_step"])
def test_steps_are_never_changed(lamp: int, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), standing_on(EVERYWHERE), connection.cursor() as cursor:
        cursor.execute(statement)


def test_notes_are_never_changed(lamp: int) -> None:
    with standing_on(EVERYWHERE):
        Note.objects.create(county="990101", case_id=lamp, place="990101", at=MONDAY, kind="comment", text="x")
    with pytest.raises(DatabaseError, match="append-only"), standing_on(EVERYWHERE):
        Note.objects.update(text="y")


def test_receipts_are_nobodys_to_read(town_behind_the_wall: Town, lamp: int) -> None:
    with standing_on(EVERYWHERE):
        Receipt.objects.create(key=b"k", body=b"b", number=lamp, answer={})
    with standing_on([town_behind_the_wall.county.code]):
        assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("ground", "found"), [("990101001", True), ("990101", True), ("990101101", False), ("", False)]
)
def test_searching_keeps_to_the_ground(lamp: int, ground: str, *, found: bool) -> None:
    with standing_on([ground] if ground else []):
        assert _found(sought_of("路灯"), "") == ([lamp] if found else [])


def test_searching_everywhere_finds_it_and_inside_another_place_does_not(lamp: int) -> None:
    with standing_on(EVERYWHERE):
        assert _found(sought_of("路灯不亮"), "990101001") == [lamp]
        assert _found(sought_of("路灯不亮"), "990101101") == []


def test_searching_everywhere_goes_from_county_to_county(town_behind_the_wall: Town, lamp: int) -> None:
    abroad = _everywhere(partial(reported, town_behind_the_wall, place=town_behind_the_wall.other_town.code))
    with standing_on(EVERYWHERE):
        assert _found(sought_of("路灯"), "") == [abroad, lamp]
    with standing_on([town_behind_the_wall.other_county.code]):
        assert _found(sought_of("路灯"), "") == [abroad]
    with standing_on([town_behind_the_wall.county.code]):
        assert _found(sought_of("路灯"), "") == [lamp]


@pytest.mark.parametrize("nasty", ["'; DROP TABLE cases_case; --", "路灯' | '井", "\\", "!路灯 & <-> (", "🚰", ""])
def test_no_text_breaks_out_of_a_search(lamp: int, nasty: str) -> None:
    sought = sought_of(nasty)
    with standing_on(EVERYWHERE), transaction.atomic():
        assert set(_found(sought, "")) <= {lamp}
        assert Case.objects.count() == 1


def _found(sought: list[str], inside: str) -> list[int]:
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_found(%s::text[], '{}', %s, %s, %s, %s)", [sought, inside, 2**62, 10, 100])
        return [number for (number,) in cursor.fetchall()]


def test_an_actor_of_another_street_is_refused_before_the_wall_is_asked(town_behind_the_wall: Town, lamp: int) -> None:
    ding = as_(town_behind_the_wall.ding)
    with standing_on(EVERYWHERE):
        from yiwang.cases.actions.moving import is_visible

        assert not is_visible(Case.objects.get(), ding)
        assert is_visible(Case.objects.get(), as_(town_behind_the_wall.mei))
        assert is_visible(Case.objects.get(), as_(town_behind_the_wall.wen))


@pytest.fixture
def accusation(town_behind_the_wall: Town) -> int:
    """A complaint against an official, told in Bo's grid."""
    with standing_on(EVERYWHERE):
        make_item("ACCUSED", name="干部作风问题", secrecy=Secrecy.SEALED, keywords=("村干部",))
    return reported(town_behind_the_wall, item="ACCUSED")


def test_what_is_sealed_is_seen_only_where_one_investigates(town_behind_the_wall: Town, accusation: int) -> None:
    county, street = town_behind_the_wall.county.code, town_behind_the_wall.two_wells.code
    for ground, sealed in (([county], []), (EVERYWHERE, []), ([county], [town_behind_the_wall.stone_bridge.code])):
        with standing_on(ground, sealed=sealed):
            assert not any(model.objects.exists() for model in (Case, Step, Words))
    with standing_on([county], sealed=[street]):
        assert all(model.objects.exists() for model in (Case, Step, Words))


def test_a_clerk_who_finds_an_accusation_seals_it_and_sees_it_no_more(town_behind_the_wall: Town) -> None:
    number = reported(town_behind_the_wall)
    with standing_on(EVERYWHERE):
        make_item("ACCUSED", name="干部作风问题", secrecy=Secrecy.SEALED)
    grid, mei = town_behind_the_wall.lane_grid.code, as_(town_behind_the_wall.mei)
    with standing_on([town_behind_the_wall.two_wells.code]):
        actions.accept(number, item="ACCUSED", place=grid, by=mei, now=MONDAY)
        assert not Case.objects.exists()
        with refused("no_such_case", Unseen):
            actions.decline(number, reason="nothing to it", by=mei, now=MONDAY)
    with standing_on(EVERYWHERE):
        assert Case.objects.get().is_sealed

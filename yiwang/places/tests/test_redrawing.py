"""Drawing the ground anew, on real names."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from shapely.geometry import mapping

from tests.jobs import asked_for
from yiwang.places import jobs, queries, words
from yiwang.places.actions import call_off, carry_out, import_places, plan_redrawing
from yiwang.places.facts import GroundRedrawn
from yiwang.places.models import Boundary, Place, Redrawing, Succession
from yiwang.places.rules import LIFE, Established, Plan, Retired, State
from yiwang.places.tests.make import (
    COMMUNITY,
    COUNTY,
    GRID,
    SIZE,
    TODAY,
    TOWN,
    box,
    make_boundary,
    make_ground,
    make_place,
    shared,
)
from yiwang.plumbing import facts
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.facts import listen
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.jobs import job
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import standing_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_ground")]
DAY = TODAY + timedelta(days=30)


@job()
def somebody_upstairs_listens(fact: dict[str, object]) -> None:
    """Stands for the rooms above, which follow the ground."""


@pytest.fixture
def upstairs() -> Iterator[None]:
    before = list(facts._listeners[GroundRedrawn])
    listen(GroundRedrawn, somebody_upstairs_listens)
    yield
    facts._listeners[GroundRedrawn][:] = before


def split(east: str = f"{COMMUNITY}003") -> Plan:
    """The grid is split in two, west and east."""
    west = f"{COMMUNITY}002"
    return Plan(
        retires=(Retired(GRID),),
        establishes=(
            Established(west, "西格", "grid", mapping(box(0, 0))),
            Established(east, "东格", "grid", mapping(box(1, 0))),
        ),
        successions=((GRID, west), (GRID, east)),
    )


def planned(plan: Plan, effective: date = DAY) -> Redrawing:
    return plan_redrawing("a redrawing", plan, effective=effective, by="person:1", today=TODAY)


def test_a_grid_is_split_in_two_on_its_day(upstairs: None) -> None:
    make_ground(GRID)
    make_boundary(GRID, box(0, 0, 2, 1))
    redrawing = planned(split())
    assert (redrawing.ground, redrawing.state) == (COMMUNITY, "planned")
    at = (106 + SIZE / 2, 32 + SIZE / 2)
    assert queries.locate(*at) == GRID

    carry_out(redrawing, by="person:1", today=DAY)
    forget()
    assert Redrawing.objects.get().state == "in_force"
    assert queries.locate(*at) == f"{COMMUNITY}002"
    assert queries.successors(GRID) == [f"{COMMUNITY}002", f"{COMMUNITY}003"]
    assert queries.home_of(GRID) is None
    assert Boundary.objects.get(place=GRID).valid_to == DAY
    west = Place.objects.get(code=f"{COMMUNITY}002")
    assert (west.name, west.parent_id, west.valid_from, west.valid_to) == ("西格", COMMUNITY, DAY, None)
    (told,) = asked_for(somebody_upstairs_listens.name)
    assert told.args["fact"] == {
        "redrawing": redrawing.pk,
        "effective": DAY.isoformat(),
        "successors": {GRID: [f"{COMMUNITY}002", f"{COMMUNITY}003"]},
    }
    trail = Entry.objects.filter(subject=f"redrawing:{redrawing.pk}").order_by("id").values_list("act", "ground")
    assert list(trail) == [("plan_redrawing", COMMUNITY), ("carry_out_redrawing", COMMUNITY)]


def test_statistics_of_the_past_keep_the_old_ground() -> None:
    make_ground(GRID)
    carry_out(planned(split()), by="person:1", today=DAY)
    before, after = (set(queries.as_of(day).filter(kind="grid").values_list("code", flat=True))
                     for day in (DAY - timedelta(days=1), DAY))  # fmt: skip
    assert before == {GRID}
    assert after == {f"{COMMUNITY}002", f"{COMMUNITY}003"}


def test_nine_real_villages_become_seven_communities() -> None:
    import_places(shared("communities.csv"), by="person:1", today=TODAY, keep_good=True)
    with shared("communities.csv").open(encoding="utf-8") as file:
        listed = [row["village"] for row in csv.DictReader(file) if row["town"] == "正直镇" and row["kind"] == "村"]
    town = Place.objects.get(name="正直镇").code
    villages = list(Place.objects.filter(parent=town, name__in=listed).order_by("code")[:9])
    assert len(villages) == 9
    taken = set(Place.objects.filter(parent=town).values_list("code", flat=True))
    free = [code for code in (f"{town}{n:03d}" for n in range(1, 200)) if code not in taken][:7]
    followers = [free[min(n, 6)] for n in range(9)]  # the last three villages become one community
    plan = Plan(
        retires=tuple(Retired(village.code) for village in villages),
        establishes=tuple(
            Established(code, villages[n].name.replace("村民委员会", "社区居民委员会"), "community")
            for n, code in enumerate(free)
        ),
        successions=tuple((village.code, new) for village, new in zip(villages, followers, strict=True)),
    )
    count = queries.present(TODAY).filter(parent=town).count()
    redrawing = carry_out(planned(plan), by="person:1", today=DAY)
    assert redrawing.ground == town
    assert queries.present(DAY).filter(parent=town).count() == count - 2
    assert queries.present(TODAY).filter(parent=town).count() == count
    forget()
    assert [queries.home_of(village.code) for village in villages] == followers
    assert Succession.objects.filter(effective=DAY).count() == 9


def test_a_plan_with_a_fault_is_refused_and_all_faults_can_be_asked() -> None:
    make_ground(GRID)
    faulty = Plan(retires=(Retired(TOWN),), establishes=(Established(GRID, "x", "grid", {"type": "Moon"}),))
    with pytest.raises(Refused) as refusal:
        planned(faulty)
    found = queries.faults_of_plan(faulty, effective=DAY)
    assert refusal.value.code == found[0].code
    assert [f.code for f in found] == [
        "redrawing_no_successor",
        "redrawing_code_given_before",
        "redrawing_left_inside",
        "redrawing_left_inside",
        "redrawing_boundary_unsound",
    ]
    assert all(str(fault) for fault in found)
    assert not Redrawing.objects.exists()


def test_two_plans_cannot_give_the_same_code() -> None:
    make_ground(GRID, f"{COMMUNITY}009")
    planned(split())
    again = Plan(retires=(Retired(f"{COMMUNITY}009", "none"),), establishes=split().establishes)
    assert {f.code for f in queries.faults_of_plan(again, effective=DAY)} == {"redrawing_code_given_before"}


def test_neither_the_past_nor_the_day_before_will_do() -> None:
    make_ground(GRID)
    with pytest.raises(Refused) as refusal:
        planned(split(), effective=TODAY - timedelta(days=1))
    assert refusal.value.code == "redrawing_in_the_past"
    redrawing = planned(split())
    with pytest.raises(Refused) as refusal:
        carry_out(redrawing, by="person:1", today=DAY - timedelta(days=1))
    assert refusal.value.code == "redrawing_too_early"


def test_a_redrawing_is_called_off_with_a_reason_and_never_carried_out() -> None:
    make_ground(GRID)
    redrawing = planned(split())
    with pytest.raises(Refused) as refusal:
        call_off(redrawing, because=" ", by="person:1")
    assert refusal.value.code == "redrawing_missing"
    call_off(redrawing, because="the villagers said no", by="person:1")
    assert Redrawing.objects.get().called_off_because == "the villagers said no"
    with pytest.raises(Refused) as refusal:
        carry_out(redrawing, by="person:1", today=DAY)
    assert refusal.value.code == "redrawing_wrong_state"
    with pytest.raises(Refused) as refusal:
        call_off(redrawing, because="again", by="person:1")
    assert refusal.value.code == "redrawing_wrong_state"
    assert Place.objects.filter(valid_to=None, code=GRID).exists()


def test_ground_that_changed_meanwhile_stops_the_plan() -> None:
    make_ground(GRID)
    redrawing = planned(split())
    make_place(f"{COMMUNITY}003")
    with pytest.raises(Refused) as refusal:
        carry_out(redrawing, by="person:1", today=DAY)
    assert refusal.value.code == "redrawing_code_given_before"
    assert Redrawing.objects.get().state == "planned"
    assert Place.objects.get(code=GRID).valid_to is None


def test_the_calendar_carries_out_what_is_due_once_however_often_it_is_asked() -> None:
    make_ground(GRID, f"{COMMUNITY}009")
    due = planned(split(), effective=TODAY)
    other = Plan(retires=(Retired(f"{COMMUNITY}009", "empty"),))
    later = planned(other, effective=date(9999, 1, 1))
    for _ in range(2):
        jobs.carry_out_due_redrawings(timestamp=0)
    asked = asked_for(jobs.carry_out_redrawing.name)
    assert [told.args["redrawing"] for told in asked] == [due.pk]
    for _ in range(2):
        jobs.carry_out_redrawing(redrawing=due.pk)
    assert [r.state for r in Redrawing.objects.order_by("id")] == ["in_force", "planned"]
    assert Succession.objects.count() == 2
    assert Place.objects.get(code=GRID).valid_to == TODAY
    assert Entry.objects.get(act="carry_out_redrawing").actor == "calendar"
    assert later.state == "planned"


def test_a_redrawing_is_seen_on_its_ground_and_not_elsewhere() -> None:
    make_ground(GRID)
    planned(split())
    for ground, seen in (([COUNTY], True), ([COMMUNITY], True), ([GRID], True), (["990102"], False)):
        with standing_on(ground):
            assert Redrawing.objects.exists() is seen


def test_a_redrawing_that_is_gone_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        call_off(Redrawing(pk=7), because="x", by="person:1")
    assert refusal.value.code == "redrawing_not_there"


def test_every_state_and_move_has_words_and_the_table_draws_itself() -> None:
    assert set(words.STATES) == set(State)
    assert set(words.MOVES) == set(LIFE.moves)
    assert "planned --> in_force: carry_out" in LIFE.diagram()

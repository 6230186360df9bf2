"""An order is answered by who was named; a listed one ends by strike-off alone, with evidence and consent."""

from datetime import timedelta
from typing import Any

import pytest

from tests.town import Town
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, at, case, in_hand, make_file, make_lamp, refused
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Order, OrderEntry
from yiwang.supervision.rules.orders import LIFE, Kind, State, deadline_fault, has_move, number_of
from yiwang.supervision.tests.make import make_leader

WEEK = timedelta(days=7)


@pytest.fixture
def lamp(town: Town) -> int:
    """A lamp that lies with the water company."""
    make_lamp()
    return in_hand(town)


def wanted(town: Town, number: int, **instead: Any) -> actions.WantedOrder:
    """Wen is to see to it within a week."""
    said: dict[str, Any] = {"case": number, "text": "一周内换好", "owner": town.wen.pk, "post": town.water_post.pk}
    said["due_at"] = at(days=7)
    return actions.WantedOrder(**(said | instead))


def listed(town: Town, number: int, **more: Any) -> Order:
    return actions.list_case(wanted(town, number), by=as_(town.gu), now=MONDAY, **more)


def do(order: Order, name: str, person: Any, text: str = "", **more: Any) -> Order:
    return actions.move(order.pk, name, by=as_(person), now=at(days=1), text=text, **more)


@pytest.mark.django_db
def test_an_order_is_answered_and_accepted(town: Town, lamp: int) -> None:
    order = actions.give(wanted(town, lamp), by=as_(town.gu), now=MONDAY)
    assert (order.number, order.is_listed, order.owner) == ("", False, f"person:{town.wen.pk}")
    assert do(order, "answer", town.wen, "换好了").state == State.ANSWERED
    done = do(order, "accept", town.gu)
    assert (done.state, done.ended_at) == (State.ENDED, at(days=1))
    said = [(note.kind, note.text) for note in Note.objects.filter(case=lamp).order_by("pk")]
    assert said == [("instruction", "一周内换好"), ("internal", "【已答复】 换好了"), ("internal", "【已认可】")]


@pytest.mark.django_db
def test_a_listed_one_ends_only_by_strike_off_with_evidence_and_consent(town: Town, lamp: int) -> None:
    order = listed(town, lamp)
    assert order.number == "督〔2026〕1号"
    with refused("order_lacks_evidence"):
        do(order, "ask_strike_off", town.wen, "换好了")
    with refused("order_move_unknown"):
        do(order, "accept", town.gu)
    photo = make_file().pk
    asked = do(order, "ask_strike_off", town.wen, "换好了", files=[photo])
    assert asked.state == State.ANSWERED
    with refused("order_not_yours", NotYours):
        do(order, "strike_off", town.wen, "同意")
    assert do(order, "insist", town.gu, "灯还是不亮").state == State.OPEN
    with refused("order_too_late", Overtaken):
        do(order, "strike_off", town.gu, "同意")
    do(order, "ask_strike_off", town.wen, "又换了一次", files=[photo])
    assert do(order, "strike_off", town.gu, "现场看过，同意销号").ended_at == at(days=1)
    moves = [entry.move for entry in OrderEntry.objects.filter(order=order).order_by("pk")]
    assert moves == ["list", "ask_strike_off", "insist", "ask_strike_off", "strike_off"]


@pytest.mark.django_db
def test_progress_is_reported_and_guidance_on_the_spot_noted(town: Town, lamp: int) -> None:
    order = listed(town, lamp)
    leader, _post = make_leader(town)
    do(order, "report", town.wen, "配件到了")
    do(order, "visit", leader, "蹲点半日，现场协调供电")
    with refused("order_not_yours", NotYours):
        do(order, "visit", town.wen, "我也来过")
    with refused("order_lacks_text"):
        do(order, "report", town.wen)
    (shown,) = queries.ordered(as_(town.gu), Kind.LISTED)
    assert [entry.move for entry in shown.entries] == ["list", "report", "visit"]


@pytest.mark.django_db
def test_numbers_count_up_and_a_case_is_listed_once_at_a_time(town: Town, lamp: int) -> None:
    first, other = listed(town, lamp), in_hand(town)
    with refused("listed_already"):
        listed(town, lamp)
    assert [first.number, listed(town, other).number] == ["督〔2026〕1号", "督〔2026〕2号"]


@pytest.mark.django_db
def test_what_cannot_be_ordered_is_refused(town: Town, lamp: int) -> None:
    gu: dict[str, Any] = {"by": as_(town.gu), "now": MONDAY}
    for instead, code in (
        ({"text": "  "}, "order_lacks_text"), ({"text": "长" * 2001}, "order_text_too_long"),
        ({"due_at": MONDAY}, "order_due_unfit"), ({"due_at": at(days=400)}, "order_due_unfit"),
        ({"owner": town.gu.pk}, "order_owner_unfit"), ({"post": town.dings_post.pk}, "order_owner_unfit"),
    ):  # fmt: skip
        with refused(code, Refused):
            actions.give(wanted(town, lamp, **instead), **gu)
    with refused("move_not_yours", NotYours):
        actions.give(wanted(town, lamp), by=as_(town.mei), now=MONDAY)
    with refused("no_such_case", Unseen):
        actions.give(wanted(town, lamp), by=as_(town.ding), now=MONDAY)
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_confidential_case_is_not_shown_to_the_public(town: Town, lamp: int) -> None:
    type(case(lamp)).objects.filter(number=lamp).update(secrecy="confidential")
    with refused("confidential_is_not_public"):
        listed(town, lamp, public=True)
    assert listed(town, lamp).public is False


@pytest.mark.django_db
def test_everybody_reads_who_answers_and_nothing_that_was_told(town: Town, lamp: int) -> None:
    listed(town, lamp, public=True)
    listed(town, in_hand(town))
    (shown,) = queries.public_orders(town.county.code)
    assert (shown.number, shown.owner, shown.place) == ("督〔2026〕1号", town.wen.name, town.well_lane.code)
    assert queries.public_orders(town.stone_bridge.code) == []
    assert "路灯" not in repr(shown)
    type(case(lamp)).objects.filter(number=lamp).update(secrecy="confidential")
    assert queries.public_orders("") == [], "what became confidential since is not shown any more"


@pytest.mark.django_db
def test_those_above_are_named_as_owners_by_their_posts(town: Town, lamp: int) -> None:
    leader, post = make_leader(town)
    named = queries.candidates(as_(town.gu), lamp, on=MONDAY.date())
    assert (leader.pk, post.pk) in {(one.person, one.post) for one in named}
    assert (town.wen.pk, town.water_post.pk) in {(one.person, one.post) for one in named}


def test_another_street_sees_no_order(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        order = listed(town, in_hand(town))
    with standing_on([town.stone_bridge.code]):
        assert not Order.objects.exists()
        assert not OrderEntry.objects.exists()
        assert queries.ordered(as_(town.gu), Kind.LISTED) == []
        with refused("no_such_order", Unseen):
            do(order, "report", town.gu, "看看")
    with standing_on([town.two_wells.code]):
        assert queries.ordered(as_(town.ding), Kind.LISTED) == []
        assert len(queries.ordered(as_(town.gu), Kind.LISTED)) == 1


def test_a_life_ends_and_nowhere_else() -> None:
    assert LIFE.ends(list(State)) == {State.ENDED}
    assert [has_move(kind, "accept") for kind in Kind] == [True, False]


def test_a_deadline_lies_ahead_within_a_year() -> None:
    assert deadline_fault(MONDAY + WEEK, MONDAY) == ""
    assert number_of(2026, 3) == "督〔2026〕3号"

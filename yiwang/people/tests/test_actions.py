from datetime import date, timedelta

import pytest

from tests.town import PASSWORD, Town
from yiwang.people import access, actions
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.people.rules import WHOLE, Duty
from yiwang.people.tests.make import TODAY, give, make_person, make_post, make_role, make_unit
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused

NEXT = TODAY + timedelta(days=30)


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda no: no.code == code)


# Accounts


def test_an_administrator_opens_an_account_on_their_ground(town: Town) -> None:
    person, password = actions.open_account("fang", name="方", by=town.ning, today=TODAY, ground=town.well_lane)
    assert person.must_change_password
    assert person.check_password(password)
    assert password not in person.password
    trail = Entry.objects.get(act="open_account")
    assert (trail.actor, trail.subject, trail.ground) == (
        f"person:{town.ning.pk}", f"person:{person.pk}", town.well_lane.code,
    )  # fmt: skip
    assert password not in str(trail.details)


@pytest.mark.parametrize("who", ["mei", "qiao"])
def test_nobody_opens_an_account_where_they_do_not_administer(town: Town, who: str) -> None:
    with refused("duty_not_held_there"):
        actions.open_account("fang", name="方", by=getattr(town, who), today=TODAY, ground=town.well_lane)
    assert not Person.objects.filter(login="fang").exists()


def test_an_account_of_the_whole_installation_is_opened_by_the_operator_only(town: Town) -> None:
    with refused("duty_not_held_there") as refusal:
        actions.open_account("fang", name="方", by=town.ning, today=TODAY, ground=None)
    assert "*" not in str(refusal.value)
    person, _ = actions.open_account("fang", name="方", by=town.operator, today=TODAY, ground=None)
    assert person.ground is None


def test_a_name_or_number_somebody_has_is_not_given_again(town: Town) -> None:
    make_person("hong", phone="13800000001", ground=town.other_county)
    for login, phone, code in (
        ("hong", "", "login_taken"),
        ("13800000001", "", "login_taken"),
        ("fang", "13800000001", "phone_taken"),
    ):
        with refused(code):
            actions.open_account(login, name="方", by=town.ning, today=TODAY, ground=town.county, phone=phone)


def test_a_reset_password_opens_once_and_must_be_changed(town: Town) -> None:
    password = actions.reset_password(town.mei, by=town.ning, today=TODAY)
    mei = Person.objects.get(pk=town.mei.pk)
    assert mei.must_change_password
    assert mei.check_password(password)
    actions.choose_password(mei, old=password, new="a lamp in well lane 9")
    mei.refresh_from_db()
    assert not mei.must_change_password
    assert mei.check_password("a lamp in well lane 9")


def test_a_weak_or_unchanged_or_unproved_password_is_refused(town: Town) -> None:
    person = make_person("fang", password=PASSWORD, ground=town.well_lane)
    with refused("old_password_wrong"):
        actions.choose_password(person, old="guess", new="a lamp in well lane 9")
    with refused("password_not_new"):
        actions.choose_password(person, old=PASSWORD, new=PASSWORD)
    with refused("password_too_weak"):
        actions.choose_password(person, old=PASSWORD, new="12345")
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_nobody_resets_a_password_with_which_they_would_reach_further(town: Town) -> None:
    clerk = make_person("fang", ground=town.two_wells)
    give(clerk, [Duty.ADMINISTER], ground=town.two_wells)
    give(town.mei, [Duty.SEE_NUMBERS], ground=town.county)
    with refused("account_reaches_further"):
        actions.reset_password(town.mei, by=clerk, today=TODAY)
    assert actions.reset_password(town.gu, by=clerk, today=TODAY)


def test_an_inspectors_account_is_not_in_a_local_administrators_hand(town: Town) -> None:
    inspector = make_person("shi", ground=town.county)
    give(inspector, [Duty.INVESTIGATE], ground=town.county)
    with refused("only_for_the_whole_installation"):
        actions.reset_password(inspector, by=town.ning, today=TODAY)
    assert actions.reset_password(inspector, by=town.operator, today=TODAY)


def test_an_administrator_of_another_county_touches_nobody_here(town: Town) -> None:
    for act in (actions.reset_password, actions.reopen_account, actions.remove_second_factor):
        with refused("duty_not_held_there"):
            act(town.mei, by=town.qiao, today=TODAY)
    with refused("duty_not_held_there"):
        actions.close_account(town.mei, by=town.qiao, on=TODAY)


def test_a_closed_account_loses_its_posts_and_comes_back_without_them(town: Town) -> None:
    actions.close_account(town.mei, by=town.ning, on=TODAY)
    forget(access.TOPIC)
    assert access.grounds_of(town.mei.pk, TODAY) == ()
    assert Holding.objects.get(person=town.mei).until == TODAY
    password = actions.reopen_account(town.mei, by=town.ning, today=NEXT)
    forget(access.TOPIC)
    mei = Person.objects.get(pk=town.mei.pk)
    assert mei.is_active
    assert mei.check_password(password)
    assert access.grounds_of(mei.pk, NEXT) == ()


def test_an_account_given_to_other_ground_must_be_ones_own_on_both_sides(town: Town) -> None:
    same = {"login": "mei", "name": "梅受理", "phone": ""}
    with refused("duty_not_held_there"):
        actions.change_account(town.mei, by=town.ning, today=TODAY, ground=town.other_county, **same)
    moved = actions.change_account(town.mei, by=town.ning, today=TODAY, ground=town.stone_bridge, **same)
    assert moved.ground == town.stone_bridge


# Units and posts


def test_a_county_sets_up_an_office_with_a_post_and_fills_it(town: Town) -> None:
    office = actions.establish_unit(
        "双井街道党建办", kind=UnitKind.TOWN_OFFICE, by=town.ning, today=TODAY, ground=town.two_wells
    )
    role = Role.objects.get(code="board_party_building")
    post = actions.establish_post(
        "党的建设岗", unit=office, role=role, by=town.ning, today=TODAY, ground=town.two_wells
    )
    actions.appoint(town.lan, to=post, since=TODAY, by=town.ning, today=TODAY)
    forget(access.TOPIC)
    assert access.may(town.lan.pk, Duty.PUBLISH, town.well_lane.code, on=TODAY)


def test_nothing_is_given_outside_ones_own_ground(town: Town) -> None:
    elsewhere = make_post(Duty.REPORT, ground=town.other_town)
    with refused("duty_not_held_there"):
        actions.establish_unit("x", kind=UnitKind.TEAM, by=town.ning, today=TODAY, ground=town.other_town)
    with refused("duty_not_held_there"):
        actions.establish_post(
            "x", unit=elsewhere.unit, role=elsewhere.role, by=town.ning, today=TODAY, ground=town.other_town
        )
    with refused("duty_not_held_there"):
        actions.appoint(town.mei, to=elsewhere, since=TODAY, by=town.ning, today=TODAY)
    with refused("duty_not_held_there"):
        actions.abolish_post(elsewhere, on=NEXT, by=town.ning, today=TODAY)


def test_a_post_over_the_whole_installation_is_the_operators_to_give(town: Town) -> None:
    platform = Unit.objects.get(ground=None)
    role = make_role(Duty.SEE_NUMBERS)
    with refused("duty_not_held_there"):
        actions.establish_post("x", unit=platform, role=role, by=town.ning, today=TODAY, ground=None)
    post = actions.establish_post("x", unit=platform, role=role, by=town.operator, today=TODAY, ground=None)
    with refused("duty_not_held_there"):
        actions.appoint(town.mei, to=post, since=TODAY, by=town.ning, today=TODAY)


def test_nobody_appoints_themselves(town: Town) -> None:
    with refused("administering_oneself"):
        actions.appoint(town.ning, to=town.meis_post, since=TODAY, by=town.ning, today=TODAY)


def test_an_inspector_is_named_by_the_whole_installation(town: Town) -> None:
    office = make_unit("纪委", ground=town.county)
    role = Role.objects.get(code="discipline_inspector")
    with refused("only_for_the_whole_installation"):
        actions.establish_post("纪检", unit=office, role=role, by=town.ning, today=TODAY, ground=town.county)
    post = actions.establish_post("纪检", unit=office, role=role, by=town.operator, today=TODAY, ground=town.county)
    with refused("only_for_the_whole_installation"):
        actions.appoint(town.mei, to=post, since=TODAY, by=town.ning, today=TODAY)


def test_one_post_is_held_once_at_a_time(town: Town) -> None:
    appoint = {"to": town.bos_post, "by": town.ning, "today": TODAY}
    with refused("already_in_post"):
        actions.appoint(town.bo, since=TODAY, **appoint)  # type: ignore[arg-type]
    actions.end_holding(Holding.objects.get(person=town.bo), on=NEXT, by=town.ning, today=TODAY)
    actions.appoint(town.bo, since=NEXT, until=None, **appoint)  # type: ignore[arg-type]
    assert Holding.objects.filter(person=town.bo).count() == 2


def test_an_abolished_post_is_left_on_that_day_and_not_filled_after_it(town: Town) -> None:
    actions.abolish_post(town.bos_post, on=NEXT, by=town.ning, today=TODAY)
    forget(access.TOPIC)
    assert access.may(town.bo.pk, Duty.REPORT, town.yard.code, on=NEXT - timedelta(days=1))
    assert not access.may(town.bo.pk, Duty.REPORT, town.yard.code, on=NEXT)
    with refused("post_not_there_then"):
        actions.appoint(town.lan, to=town.bos_post, since=TODAY, by=town.ning, today=TODAY)


def test_a_holding_that_never_began_is_struck_out(town: Town) -> None:
    holding = actions.appoint(town.lan, to=town.bos_post, since=NEXT, by=town.ning, today=TODAY)
    actions.end_holding(holding, on=TODAY, by=town.ning, today=TODAY)
    assert not Holding.objects.filter(person=town.lan).exists()


def test_a_unit_is_not_above_itself_nor_closed_with_posts(town: Town) -> None:
    child = actions.establish_unit(
        "窗口", kind=UnitKind.CENTRE, by=town.ning, today=TODAY, ground=town.two_wells, parent=town.centre
    )
    with refused("unit_above_itself"):
        actions.change_unit(town.centre, by=town.ning, today=TODAY, name="中心", kind=UnitKind.CENTRE, parent=child)
    with refused("unit_still_has_posts"):
        actions.close_unit(town.centre, on=NEXT, by=town.ning, today=TODAY)
    assert actions.close_unit(child, on=NEXT, by=town.ning, today=TODAY).valid_to == NEXT


def test_a_post_lies_on_the_ground_of_its_unit(town: Town) -> None:
    with refused("post_outside_its_unit"):
        actions.establish_post(
            "x", unit=town.centre, role=make_role(Duty.REPORT), by=town.ning, today=TODAY, ground=town.stone_bridge
        )


# Roles


def test_a_county_defines_roles_of_its_own_and_leaves_the_ready_made_alone(town: Town) -> None:
    wanted = {"name": "河长", "name_en": "River chief", "by": town.ning, "today": TODAY}
    role = actions.define_role("river_chief", duties=[Duty.CHECK, Duty.REPORT], county=town.county, **wanted)  # type: ignore[arg-type]
    assert role.duties == ["report", "check"]
    with refused("duty_not_held_there"):
        actions.define_role("river_chief_2", duties=[Duty.CHECK], county=town.other_county, **wanted)  # type: ignore[arg-type]
    with refused("duty_not_held_there"):
        actions.change_role(Role.objects.get(code="grid_worker"), duties=[Duty.AUDIT], **wanted)  # type: ignore[arg-type]
    with refused("no_such_duty"):
        actions.define_role("king", duties=["rule"], county=town.county, **wanted)  # type: ignore[arg-type]


def test_nobody_adds_duties_to_a_role_of_their_own(town: Town) -> None:
    role = make_role(Duty.ADMINISTER, county=town.county)
    actions.appoint(town.mei, to=make_post(role=role, ground=town.county), since=TODAY, by=town.ning, today=TODAY)
    forget(access.TOPIC)
    with refused("administering_oneself"):
        actions.change_role(role, by=town.mei, today=TODAY, name="x", name_en="x", duties=["administer", "audit"])


def test_a_changed_role_changes_what_its_holders_may(town: Town) -> None:
    grid_worker = Role.objects.get(code="grid_worker")
    actions.change_role(
        grid_worker, by=town.operator, today=TODAY, name="网格员", name_en="Grid worker", duties=["report", "dispatch"]
    )
    forget(access.TOPIC)
    assert access.duties_of(town.bo.pk, town.yard.code, TODAY) == {Duty.REPORT, Duty.DISPATCH}


def test_ready_made_roles_carry_only_duties_that_exist(town: Town) -> None:
    roles = Role.objects.exclude(role_set="")
    assert {duty for role in roles for duty in role.duties} == set(Duty)
    assert roles.filter(role_set="four_level").count() == roles.filter(role_set="five_level").count() == 5


@pytest.mark.django_db
def test_the_first_account_is_opened_once() -> None:
    person, password = actions.found_installation("admin", name="平台运维", today=TODAY)
    assert person.check_password(password)
    assert access.may(person.pk, Duty.ADMINISTER, WHOLE, on=TODAY)
    with refused("not_the_first_account"):
        actions.found_installation("admin2", name="x", today=TODAY)


def test_a_post_taken_away_leaves_its_history(town: Town) -> None:
    actions.abolish_post(town.meis_post, on=date(2026, 5, 1), by=town.ning, today=TODAY)
    post = Post.objects.get(pk=town.meis_post.pk)
    assert post.holdings.get().until == post.valid_to == date(2026, 5, 1)

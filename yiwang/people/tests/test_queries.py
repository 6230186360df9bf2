from datetime import timedelta

from tests.town import Town
from yiwang.people import queries
from yiwang.people.models import Holding, Person, Post, Unit
from yiwang.people.roster import roster
from yiwang.people.rules import Duty
from yiwang.people.tests.make import TODAY, give, make_role
from yiwang.plumbing.walls.ground import standing_on


def test_a_clerk_of_another_street_sees_none_of_it(town: Town) -> None:
    seen = queries.visible_to(town.ding, Person, on=TODAY)
    assert not {town.mei, town.gu, town.bo, town.lan, town.sun, town.qiao} & set(seen)
    assert town.centre not in queries.visible_to(town.ding, Unit, on=TODAY)
    assert town.meis_post not in queries.visible_to(town.ding, Post, on=TODAY)


def test_one_sees_ones_own_ground_and_who_answers_for_it_from_above(town: Town) -> None:
    assert set(queries.visible_to(town.mei, Post, on=TODAY).values_list("ground__name", flat=True)) == {
        "云岭县", "双井街道", "井巷第一网格",
    }  # fmt: skip
    assert not queries.visible_to(town.lan, Person, on=TODAY).exists()


def test_what_is_above_is_seen_but_not_administered(town: Town) -> None:
    give(town.mei, [Duty.ADMINISTER], ground=town.two_wells)
    assert town.water_company in queries.visible_to(town.mei, Unit, on=TODAY)
    assert town.water_company not in queries.administered_by(town.mei, Unit, on=TODAY)
    assert town.centre in queries.administered_by(town.mei, Unit, on=TODAY)
    assert not queries.administered_by(town.gu, Unit, on=TODAY).exists()


def test_the_operator_sees_and_administers_all(town: Town) -> None:
    assert queries.visible_to(town.operator, Person, on=TODAY).count() == Person.objects.count()
    assert queries.visible_to(town.operator, Post, on=TODAY).count() == Post.objects.count()
    assert queries.administered_by(town.operator, Person, on=TODAY).count() == Person.objects.count()
    assert queries.grounds_for(town.operator, on=TODAY).filter(code=town.other_town.code).exists()


def test_the_crew_of_a_place_comes_from_inside_out(town: Town) -> None:
    crew = queries.crew_of(town.yard, on=TODAY)
    assert [member.name for member in crew] == ["薄网格", "梅受理", "顾主任", "温水务", "宁管理"]
    assert (crew[0].role, crew[0].ground) == ("grid_worker", town.lane_grid.code)


def test_the_crew_is_known_to_whoever_asks_and_changes_with_the_day(town: Town) -> None:
    Holding.objects.filter(person=town.bo).update(until=TODAY)
    with standing_on([town.yard.code]):
        names = {member.name for member in queries.crew_of(town.yard, on=TODAY)}
        before = {member.name for member in queries.crew_of(town.yard, on=TODAY - timedelta(days=1))}
    assert before - names == {"薄网格"}


def test_ones_posts_are_those_held_that_day(town: Town) -> None:
    assert list(queries.posts_of(town.bo, TODAY)) == [town.bos_post]
    town.bos_post.valid_to = TODAY
    town.bos_post.save()
    assert not queries.posts_of(town.bo, TODAY).exists()
    assert queries.holdings_of(town.mei, TODAY).get().post == town.meis_post


def test_the_directory_finds_by_name_login_and_number_and_leaves_out_who_left(town: Town) -> None:
    Person.objects.filter(pk=town.bo.pk).update(phone="13800000099")
    for text in ("薄", "BO", "0099"):
        assert list(queries.directory(town.mei, text, on=TODAY)) == [town.bo]
    assert not queries.directory(town.ding, "薄", on=TODAY).exists()
    Person.objects.filter(pk=town.bo.pk).update(is_active=False)
    assert not queries.directory(town.mei, "薄", on=TODAY).exists()


def test_a_county_may_give_the_ready_made_roles_and_its_own(town: Town) -> None:
    own, foreign = make_role(Duty.CHECK, county=town.county), make_role(Duty.CHECK, county=town.other_county)
    roles = set(queries.roles_for(town.ning, on=TODAY))
    assert own in roles
    assert foreign not in roles
    assert any(role.code == "grid_worker" for role in roles)
    assert foreign in queries.roles_for(town.operator, on=TODAY)


def test_the_posts_that_serve_a_place_are_those_around_it_the_innermost_first(town: Town) -> None:
    serving = [line.id for line in roster().serving(town.lane_grid.code, TODAY)]
    assert serving[0] == town.bos_post.pk
    assert {town.meis_post.pk, town.water_post.pk} < set(serving)
    assert town.dings_post.pk not in serving


def test_names_are_told_of_those_who_are_to_be_seen(town: Town) -> None:
    asked = {town.mei.pk, town.ding.pk}
    with standing_on([town.lane_grid.code]):
        assert queries.names_of(asked) == {town.mei.pk: "梅受理"}
    assert queries.names_of(set()) == {}

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.catalogue import actions, queries
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import TODAY, make_item, make_responsibility
from yiwang.people import actions as people
from yiwang.people.models import Holding, Role
from yiwang.people.tests.make import make_post
from yiwang.plumbing.freshness.snapshots import forget


def test_who_answers_is_asked_without_a_query(town: Town) -> None:
    lights = make_item("L")
    lamps = [make_item(f"L{number}", parent=lights) for number in range(3)]
    make_responsibility(lights, town.water_post, place=town.county)
    queries.answers_for(lamps[0].pk, town.yard.code, on=TODAY)
    with CaptureQueriesContext(connection) as asked:
        posts = {queries.answers_for(lamp.pk, town.yard.code, on=TODAY).post_id for lamp in lamps}
    assert posts == {town.water_post.pk}
    assert not asked.captured_queries


def test_the_grid_worker_answers_on_her_grid_and_the_company_elsewhere(town: Town) -> None:
    lights = make_item("L")
    lamp = make_item("L1", parent=lights)
    make_responsibility(lamp, town.water_post, place=town.county)
    make_responsibility(lights, town.bos_post, place=town.lane_grid)
    assert queries.answers_for(lamp.pk, town.yard.code, on=TODAY) == queries.Answer(town.bos_post.pk, gap=False)
    assert queries.answers_for(lamp.pk, town.upper_lane.code, on=TODAY).post_id == town.water_post.pk
    places = [town.yard.code, town.upper_lane.code, town.other_town.code]
    assert queries.answers_at(lamp.pk, places, on=TODAY) == [
        queries.answers_for(lamp.pk, place, on=TODAY) for place in places
    ]


def test_what_nobody_answers_for_goes_to_the_clerk_of_the_towns_centre(town: Town) -> None:
    lamp = make_item("L1")
    answer = queries.answers_for(lamp.pk, town.yard.code, on=TODAY)
    assert answer == queries.Answer(town.meis_post.pk, gap=True)
    assert queries.answers_for(lamp.pk, town.bridge_grid.code, on=TODAY).post_id == town.dings_post.pk
    assert queries.answers_for(lamp.pk, town.other_town.code, on=TODAY) == queries.Answer(None, gap=True)
    assert queries.answers_for(0, town.yard.code, on=TODAY) == queries.Answer(town.meis_post.pk, gap=True)
    make_post(role=Role.objects.get(code="county_centre_officer"), ground=town.other_county)
    forget()
    assert queries.answers_for(lamp.pk, town.other_town.code, on=TODAY).post_id is not None


def test_a_complaint_against_an_official_never_goes_to_a_command_centre(town: Town) -> None:
    bribe = make_item("Z1", secrecy=Secrecy.SEALED)
    assert queries.answers_for(bribe.pk, town.yard.code, on=TODAY) == queries.Answer(None, gap=True)
    inspector = make_post(role=Role.objects.get(code="discipline_inspector"), ground=town.county)
    forget()
    assert queries.answers_for(bribe.pk, town.yard.code, on=TODAY) == queries.Answer(inspector.pk, gap=True)


def test_a_branch_given_away_takes_no_complaint_against_an_official_along(town: Town) -> None:
    branch = make_item("Z")
    bribe, praise = make_item("Z1", parent=branch, secrecy=Secrecy.SEALED), make_item("Z2", parent=branch)
    make_responsibility(branch, town.water_post, place=town.county)
    assert queries.answers_for(praise.pk, town.yard.code, on=TODAY) == queries.Answer(town.water_post.pk, gap=False)
    assert queries.answers_for(bribe.pk, town.yard.code, on=TODAY) == queries.Answer(None, gap=True)
    lacking = [gap.items for gap in queries.gaps(town.ning, on=TODAY)]
    assert [[item.id for item in items] for items in lacking] == [[bribe.pk], [bribe.pk]]
    inspector = make_post(role=Role.objects.get(code="discipline_inspector"), ground=town.county)
    make_responsibility(bribe, inspector, place=town.county)
    forget()
    assert queries.answers_for(bribe.pk, town.yard.code, on=TODAY) == queries.Answer(inspector.pk, gap=False)


def test_an_abolished_post_answers_no_longer(town: Town) -> None:
    lamp = make_item("L1")
    make_responsibility(lamp, town.water_post, place=town.county)
    people.abolish_post(town.water_post, on=TODAY + timedelta(1), by=town.ning, today=TODAY)
    forget()
    assert not queries.answers_for(lamp.pk, town.yard.code, on=TODAY).gap
    assert queries.answers_for(lamp.pk, town.yard.code, on=TODAY + timedelta(1)).post_id == town.meis_post.pk


def test_the_centre_that_receives_reports_is_known_without_a_query(town: Town) -> None:
    inspector = make_post(role=Role.objects.get(code="discipline_inspector"), ground=town.county)
    queries.centre_at(town.yard.code, on=TODAY)
    with CaptureQueriesContext(connection) as asked:
        assert queries.centre_at(town.yard.code, on=TODAY) == town.meis_post.pk
        assert queries.centre_at(town.bridge_grid.code, on=TODAY) == town.dings_post.pk
        assert queries.centre_at(town.yard.code, sealed=True, on=TODAY) == inspector.pk
        assert queries.centre_at(town.other_town.code, on=TODAY) is None
        assert queries.serves(town.meis_post.pk, TODAY)
        assert not queries.serves(0, TODAY)
    assert not asked.captured_queries


def test_a_post_serves_until_it_is_abolished_and_the_centre_goes_to_whoever_is_left(town: Town) -> None:
    ends, gus_post = TODAY + timedelta(1), Holding.objects.get(person=town.gu).post_id
    people.abolish_post(town.meis_post, on=ends, by=town.ning, today=TODAY)
    forget()
    assert [queries.serves(town.meis_post.pk, day) for day in (TODAY, ends)] == [True, False]
    assert [queries.centre_at(town.yard.code, on=day) for day in (TODAY, ends)] == [town.meis_post.pk, gus_post]


def test_gaps_are_told_per_branch_and_town_to_who_administers_them(town: Town) -> None:
    lights, water = make_item("L"), make_item("W")
    lamps = [make_item(f"L{number}", parent=lights) for number in range(3)]
    make_item("W1", parent=water)
    make_responsibility(water, town.water_post, place=town.county)
    make_responsibility(lights, town.water_post, place=town.stone_bridge)

    def told() -> list[tuple[str, str, int]]:
        return [(gap.branch.code, gap.town.code, len(gap.items)) for gap in queries.gaps(town.ning, on=TODAY)]

    assert told() == [("L", town.two_wells.code, 3)]
    make_responsibility(lamps[0], town.water_post, place=town.well_lane)
    assert told() == [("L", town.two_wells.code, 3)]  # the upper lane is still nobody's
    make_responsibility(lamps[0], town.water_post, place=town.upper_lane)
    assert told() == [("L", town.two_wells.code, 2)]
    assert {gap.town.code for gap in queries.gaps(town.qiao, on=TODAY)} == {town.other_town.code}
    assert queries.gaps(town.mei, on=TODAY) == []


@pytest.mark.parametrize(
    ("said", "first"),
    [("路灯", "路灯不亮"), ("家门口路灯不亮", "路灯不亮"), ("井盖", "井盖缺失破损"), ("煤气", "燃气泄漏"),
     ("低保", "低保申请与复核"),
     ("street lamp", "路灯不亮"), ("拖欠农民工工资", "拖欠农民工工资"), ("MS01-01", "路灯不亮")],
)  # fmt: skip
def test_residents_words_find_the_item(town: Town, said: str, first: str) -> None:
    actions.load_default(by="system", today=TODAY)
    assert queries.search(said, on=TODAY)[0].name == first


def test_the_tree_is_listed_with_branches_first_and_by_board(town: Town) -> None:
    lights = make_item("L", name="照明")
    make_item("L2", parent=lights, name="灯")
    make_item("L1", parent=lights, board="economy", name="电")
    make_item("Q", county=town.other_county, name="别县")
    listed = [(line.depth, line.item.code) for line in queries.tree(on=TODAY, place=town.yard.code)]
    assert listed == [(0, "L"), (1, "L1"), (1, "L2")]
    assert [line.item.code for line in queries.tree(on=TODAY, place=town.yard.code, board="economy")] == ["L", "L1"]
    assert [line.code for line in queries.search("", on=TODAY, place=town.yard.code)] == ["L1", "L2"]
    assert queries.search("没有这样的词", on=TODAY) == []


def test_a_county_sees_its_own_item_before_the_common_one(town: Town) -> None:
    make_item("L1")
    own = make_item("L1", county=town.county)
    line = queries.catalogue().by_code("L1", town.yard.code)
    assert line is not None
    assert line.id == own.pk
    assert set(queries.editable_by(town.ning, on=TODAY)) == {own}
    assert queries.editable_by(town.operator, on=TODAY).count() == 2
    assert not queries.editable_by(town.qiao, on=TODAY).exists()

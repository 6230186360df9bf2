"""Topics are found, keep their number, cool, and never hold what is confidential."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, case, make_lamp
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.topics import actions, queries
from yiwang.topics.models import Heat, Told, Topic
from yiwang.topics.tests.make import told, told_by_many

pytestmark = pytest.mark.django_db


def gather(town: Town, **later: float) -> actions.Gathered:
    return actions.gather_in(town.county.code, now=MONDAY + timedelta(**later))


def members(topic: int) -> set[int]:
    return set(Told.objects.filter(topic=topic).values_list("number", flat=True))


def test_a_trouble_told_by_many_is_a_topic_of_the_county_and_of_its_town(town: Town) -> None:
    numbers = told_by_many(town)
    assert gather(town).topics == 1
    topic = Topic.objects.get()
    assert members(topic.pk) == set(numbers)
    heats = Heat.objects.filter(topic=topic.pk).order_by("place")
    assert [heat.place for heat in heats] == [town.county.code, town.two_wells.code]
    assert all(heat.index > 0 and heat.people == 5 and heat.unsolved == 5 for heat in heats)
    assert "屠宰场" in "".join(heats[0].words)


def test_a_topic_keeps_its_number_while_it_grows_and_finding_it_again_changes_nothing(town: Town) -> None:
    told_by_many(town)
    gather(town)
    gather(town)
    before, first = Topic.objects.get(), Heat.objects.get(place=town.county.code)
    newer = told("屠宰场的臭水把水沟染红了，半夜杀猪", town=town, at=MONDAY + timedelta(days=1))
    gather(town, days=1)
    assert Topic.objects.get() == before
    assert newer in members(before.pk)
    assert Heat.objects.get(place=town.county.code).people == first.people + 1


def test_one_person_who_tells_it_often_is_no_topic(town: Town) -> None:
    told_by_many(town, phone="13857924681")
    gather(town)
    assert not Heat.objects.exists()


def test_what_is_not_open_to_all_is_left_out_also_where_it_becomes_so_later(town: Town) -> None:
    numbers = told_by_many(town)
    Case.objects.filter(number=numbers[0]).update(secrecy="confidential")
    gather(town)
    topic = Topic.objects.get().pk
    assert members(topic) == set(numbers[1:])
    Case.objects.filter(number=numbers[1]).update(secrecy="sealed")
    gather(town, days=100)  # it is no more among what is looked at
    assert members(topic) == set(numbers[2:])


def test_a_withdrawn_or_declined_report_tells_nothing(town: Town) -> None:
    make_lamp()
    numbers = told_by_many(town)
    cases.decline(numbers[0], reason="不属于本平台", by=as_(town.mei), now=MONDAY)
    gather(town)
    assert numbers[0] not in members(Topic.objects.get().pk)
    assert case(numbers[0]).secrecy == "open"


def test_a_topic_of_which_nobody_tells_any_more_is_cold_and_still_there(town: Town) -> None:
    numbers = told_by_many(town)
    gather(town)
    gather(town, days=90)
    topic = Topic.objects.get()
    assert set(Heat.objects.values_list("index", flat=True)) == {0}
    assert members(topic.pk) == set(numbers)


def test_a_topic_whose_cases_are_found_in_another_leads_there(town: Town) -> None:
    numbers = told_by_many(town)
    gather(town)
    topic = Topic.objects.get()
    other = Topic.objects.create(county=town.county.code, found_at=MONDAY)
    Told.objects.filter(number__in=numbers[:2]).update(topic=other.pk)
    gather(town)
    assert members(topic.pk) == set(numbers)
    assert queries.joined_into(other.pk) == topic.pk
    assert queries.joined_into(topic.pk) is None


def test_a_clerk_sees_the_topics_of_the_own_street_and_nobody_elses(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        told_by_many(town)
        gather(town)
        topic = Topic.objects.get().pk
    with standing_on((town.two_wells.code,)):
        mei = as_(town.mei)
        assert [heat.topic for heat in queries.hottest(mei, town.two_wells.code)] == [topic]
        behind = queries.behind(mei, topic, town.two_wells.code)
        assert len(behind.cases) == sum(count for _week, count in behind.weeks) == 5
        assert queries.hottest(mei, town.county.code) == []
        assert not Heat.objects.filter(place=town.county.code).exists()
    with standing_on((town.stone_bridge.code,)):
        ding = as_(town.ding)
        assert not Told.objects.exists()
        for place in (town.two_wells.code, town.stone_bridge.code, town.county.code):
            assert queries.hottest(ding, place) == []
            with pytest.raises(Unseen):
                queries.behind(ding, topic, place)


def test_a_heat_of_a_case_that_was_hidden_since_shows_no_case(town: Town) -> None:
    numbers = told_by_many(town)
    gather(town)
    Case.objects.filter(number=numbers[0]).update(secrecy="confidential")
    behind = queries.behind(as_(town.mei), Topic.objects.get().pk, town.two_wells.code)
    assert {one.number for one in behind.cases} == set(numbers[1:])

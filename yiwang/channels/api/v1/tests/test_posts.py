from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, wrong_fields
from yiwang.channels.api.v1.tests.test_places import savepoints
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_post
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


def titles(client: Client, asked: str = "") -> set[str]:
    answer = client.get(f"{POSTS}?{asked}")
    assert answer.status_code == 200, answer.content
    return {post["title"] for post in answer.json()["posts"]}


def test_a_clerk_sees_posts_of_her_street_and_above_it(town: Town) -> None:
    found = titles(signed_in(town.mei))
    assert {town.bos_post.title, town.meis_post.title, town.water_post.title} <= found
    assert town.dings_post.title not in found


def test_posts_inside_a_place(town: Town) -> None:
    inside = titles(signed_in(town.ning), f"inside={town.stone_bridge.code}")
    assert inside == {town.dings_post.title}
    assert titles(signed_in(town.mei), f"inside={town.stone_bridge.code}") == set()


def test_a_token_sees_only_from_its_own_ground(town: Town) -> None:
    bridge = titles(program(town.ning, town.stone_bridge, Duty.ADMINISTER))
    assert town.dings_post.title in bridge
    assert town.water_post.title in bridge  # answers for the bridge from above
    assert town.meis_post.title not in bridge
    assert town.meis_post.title not in titles(program(town.qiao, town.other_county, Duty.ADMINISTER))


def test_nobody_is_named(town: Town) -> None:
    assert "薄网格" not in signed_in(town.ning).get(POSTS).content.decode().replace(town.bos_post.title, "")


def test_a_post_that_ended_or_has_not_begun_is_not_listed(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_post(ground=town.two_wells, title="gone", valid_to=date(2021, 1, 1))
        make_post(ground=town.two_wells, title="to come", valid_from=date(2999, 1, 1))
    assert not {"gone", "to come"} & titles(signed_in(town.mei))


def test_posts_come_page_by_page_without_gap_or_repetition(town: Town) -> None:
    client, numbers, cursor = signed_in(town.operator), [], 0
    while cursor is not None:
        page = client.get(f"{POSTS}?limit=3&cursor={cursor}").json()
        numbers += [post["id"] for post in page["posts"]]
        cursor = page["next"]
    whole = [post["id"] for post in client.get(POSTS).json()["posts"]]
    assert numbers == whole == sorted(set(whole))
    assert len(whole) == 8


@pytest.mark.parametrize("cursor", ["-1", "9223372036854775808", "9" * 5000, "x", "%00", "1.5"])
def test_a_cursor_that_is_none_is_refused(town: Town, cursor: str) -> None:
    assert [name for name, _ in wrong_fields(signed_in(town.mei).get(f"{POSTS}?cursor={cursor}"))] == ["cursor"]


def test_a_resident_and_a_stranger_see_no_posts(town: Town) -> None:
    assert titles(signed_in(town.lan)) == set()
    assert problem_of(Client().get(POSTS)).code == "sign_in_needed"


def test_as_many_queries_for_one_post_as_for_many(town: Town) -> None:
    client = signed_in(town.mei)
    client.get(POSTS)
    with CaptureQueriesContext(connection) as before:
        client.get(POSTS)
    with standing_on(EVERYWHERE):
        for _ in range(5):
            make_post(ground=town.two_wells)
    with CaptureQueriesContext(connection) as after:
        client.get(POSTS)
    assert len(after) == len(before) <= 12 + savepoints(after)

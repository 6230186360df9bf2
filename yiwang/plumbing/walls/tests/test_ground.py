import pytest
from django.db import connection

from yiwang.plumbing.walls.ground import EVERYWHERE, outermost, reaches, standing_on


def ground_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('yiwang.ground', true)")
        return str(cursor.fetchone()[0] or "")


def test_a_place_inside_another_adds_nothing() -> None:
    assert outermost(["990101001", "990101", "990102003"]) == ("990101", "990102003")


@pytest.mark.django_db
def test_the_outer_ground_comes_back_after_the_inner() -> None:
    with standing_on(["990101"]):
        with standing_on(EVERYWHERE):
            assert ground_now() == "*"
        assert ground_now() == "990101"


@pytest.mark.django_db(transaction=True)
def test_no_ground_outlives_its_transaction() -> None:
    with standing_on(["990101"]):
        pass
    assert ground_now() == ""


@pytest.mark.django_db
def test_the_application_works_in_the_role_that_policies_bind() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("yiwang_app", False, False)


@pytest.mark.django_db
def test_one_reaches_what_lies_in_the_ground_one_stands_on() -> None:
    assert not reaches("990101")
    with standing_on(["990101001"]):
        assert reaches("990101001001")
        assert not reaches("990101")
    with standing_on(EVERYWHERE):
        assert reaches("110101")

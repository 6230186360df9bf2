import pytest
from django.db import Error, connection, transaction

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


@pytest.mark.django_db(transaction=True)
def test_the_outer_ground_comes_back_after_a_failure_on_the_inner() -> None:
    with standing_on(["990101"]):
        with pytest.raises(ZeroDivisionError), standing_on(EVERYWHERE):
            raise ZeroDivisionError
        assert ground_now() == "990101"
        assert reaches("990101001")
        assert not reaches("990102")


@pytest.mark.django_db(transaction=True)
def test_the_outer_ground_comes_back_after_the_database_itself_refused_on_the_inner() -> None:
    with standing_on(["990101"]):
        with pytest.raises(Error), standing_on(["990102"]), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert ground_now() == "990101"


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_taken_back_leaves_the_ground_on_which_it_was_begun() -> None:
    with standing_on(["990101"]):
        with transaction.atomic():
            with standing_on(EVERYWHERE):
                pass
            transaction.set_rollback(True)
        assert ground_now() == "990101"
        with standing_on(["990102"]):
            with transaction.atomic():
                transaction.set_rollback(True)
            assert ground_now() == "990102"
        assert ground_now() == "990101"


@pytest.mark.django_db(transaction=True)
def test_after_a_failure_the_next_transaction_stands_nowhere() -> None:
    with pytest.raises(ZeroDivisionError), standing_on(EVERYWHERE):
        raise ZeroDivisionError
    assert ground_now() == ""
    assert not reaches("990101")
    with transaction.atomic():
        assert ground_now() == ""

"""Past Django's cursor: part of the same transaction, counted as all others, and what goes wrong is Django's error."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yiwang.plumbing.prepared import begin, run, run_alone

TOLD = "SELECT current_setting('yiwang.ground', true)"


def told() -> str:
    return str(run(TOLD).fetchall()[0][0] or "")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_its_settings_in_one_round_trip_and_forgets_them_at_its_end() -> None:
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            begin({"yiwang.ground": "990101", "yiwang.sealed": ""})
        assert [one["sql"][:6] for one in asked] == ["BEGIN;"]
        assert told() == "990101"
        run("CREATE TEMPORARY TABLE left_behind ON COMMIT PRESERVE ROWS AS SELECT 1")
        transaction.set_rollback(True)
    assert told() == ""
    assert run("SELECT to_regclass('left_behind')").fetchall() == [(None,)], "Django takes back what was begun so"


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_begun_anew_and_a_savepoint_takes_settings_back() -> None:
    begin({"yiwang.ground": "990101"})
    with transaction.atomic():
        begin({"yiwang.ground": 'it\'s, \\ "odd"'})
        assert told() == 'it\'s, \\ "odd"'
        transaction.set_rollback(True)
    assert told() == "990101"


@pytest.mark.django_db
def test_what_the_database_refuses_is_an_error_of_djangos() -> None:
    with pytest.raises(DataError), transaction.atomic():
        run("SELECT %s::text::integer", "seven")
    with pytest.raises(DataError), transaction.atomic():
        begin({"work_mem": "a lot"})
    assert run_alone("SELECT %s::text", "seven") == [("seven",)]

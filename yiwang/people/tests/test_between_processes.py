"""Rights change in every process without a restart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.processes import another_process
from tests.town import Town, build_town
from tests.waiting import until
from yiwang.people import actions
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 3, 2)

# Says in a file what it knows, as often as that changes, and hears of changes like every web process.
KNOWS = """
import sys, time
from datetime import date
from pathlib import Path
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.plumbing.freshness.listener import watch

person, place, day, said = int(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]), Path(sys.argv[4])
watch()
while True:
    said.write_text("may" if access.may(person, Duty.REPORT, place, on=day) else "may not")
    time.sleep(0.02)
"""

# The same of a token.
KNOWS_A_TOKEN = """
import sys, time
from datetime import datetime
from pathlib import Path
from yiwang.people import queries
from yiwang.plumbing.freshness.listener import watch

secret, now, said = sys.argv[1], datetime.fromisoformat(sys.argv[2]), Path(sys.argv[3])
watch()
while True:
    said.write_text("may" if queries.bearer(secret, now) else "may not")
    time.sleep(0.02)
"""


@contextmanager
def another_that_knows(person: Person, town: Town, said: Path) -> Iterator[None]:
    with another_process(KNOWS, person.pk, town.lane_grid.code, TODAY, said):
        until(said.exists)
        until(lambda: said.read_text() == "may not")
        yield


def the_database_is_started_again() -> None:
    """For everybody but us: all other lines are cut, as when the server ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1


def appoint_and_dismiss(town: Town, person: Person, said: Path) -> None:
    with standing_on(EVERYWHERE):
        holding = actions.appoint(person, to=town.bos_post, since=TODAY, by=town.ning, today=TODAY)
    until(lambda: said.read_text() == "may")
    with standing_on(EVERYWHERE):
        actions.end_holding(holding, on=TODAY, by=town.ning, today=TODAY)
    until(lambda: said.read_text() == "may not")


@pytest.fixture
def town_of_all() -> Town:
    with standing_on(EVERYWHERE):
        return build_town()


@pytest.fixture
def hua(town_of_all: Town) -> Person:
    with standing_on(EVERYWHERE):
        return make_person("hua", ground=town_of_all.two_wells)


def test_an_appointment_in_one_process_holds_in_the_other(town_of_all: Town, hua: Person, tmp_path: Path) -> None:
    with another_that_knows(hua, town_of_all, tmp_path / "said"):
        appoint_and_dismiss(town_of_all, hua, tmp_path / "said")


def test_it_still_hears_after_the_database_was_started_again(town_of_all: Town, hua: Person, tmp_path: Path) -> None:
    with another_that_knows(hua, town_of_all, tmp_path / "said"):
        the_database_is_started_again()
        appoint_and_dismiss(town_of_all, hua, tmp_path / "said")
        the_database_is_started_again()
        with standing_on(EVERYWHERE):
            actions.appoint(hua, to=town_of_all.bos_post, since=TODAY, by=town_of_all.ning, today=TODAY)
        until(lambda: (tmp_path / "said").read_text() == "may")


def test_a_token_revoked_in_one_process_opens_no_other(town_of_all: Town, tmp_path: Path) -> None:
    now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with standing_on(EVERYWHERE):
        token, secret = actions.issue_token(
            "hotline", duties=[Duty.TRIAGE], ground=town_of_all.two_wells,
            expires_at=now + timedelta(days=9), by=town_of_all.mei, now=now,
        )  # fmt: skip
    said = tmp_path / "said"
    with another_process(KNOWS_A_TOKEN, secret, now.isoformat(), said):
        until(said.exists)
        until(lambda: said.read_text() == "may")
        actions.revoke_token(token, by=town_of_all.mei, now=now)
        until(lambda: said.read_text() == "may not")

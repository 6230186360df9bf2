"""Tampering as the tables' owner, and how it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import written
from yiwang.cases.tests.make import accepted, as_, dispatched, in_hand, make_lamp, reported
from yiwang.plumbing.walls.policies import APP_ROLE
from yiwang.proof.actions import make_digests
from yiwang.proof.models import Digest
from yiwang.proof.queries import Which, chain_flaws, digests_flawed
from yiwang.proof.rules import DigestFlaw, Flaw


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor of whoever owns the tables and has put the guard to sleep."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE cases_step DISABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE cases_digest DISABLE TRIGGER ALL")
        yield cursor
        cursor.execute(f"SET ROLE {APP_ROLE}")


def tampered(statement: str, *values: object) -> None:
    with as_owner() as cursor:
        cursor.execute(statement, values)


def found(**which: Any) -> list[tuple[int, int, Flaw]]:
    return [(one.number, one.seq, one.flaw) for one in chain_flaws(Which(**which))]


def midnight(days: int = 1) -> datetime:
    """The beginning of tomorrow (or a later day) in the installation's time zone."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=days)).astimezone(UTC)


def digested() -> Digest:
    make_digests(now=midnight() + timedelta(hours=1))
    return Digest.objects.get()


def flaws_of_digests() -> list[DigestFlaw]:
    return [one.flaw for one in digests_flawed()]


def test_an_honest_history_has_no_flaw(town: Town) -> None:
    in_hand(town)
    reported(town)
    digested()
    assert found() == []
    assert flaws_of_digests() == []


@pytest.mark.parametrize(
    "change",
    ["reason = 'another'", "given = given || '{\"place\": \"990101101\"}'", "actor = 'person:1'",
     "at = at - interval '1 day'", "state = 'closed'"],
)  # fmt: skip
def test_whatever_is_changed_in_a_step_shows_at_that_step(town: Town, change: str) -> None:
    number = in_hand(town)
    tampered(f"UPDATE cases_step SET {change} WHERE number = %s AND seq = 2", number)  # noqa: S608 - constants
    assert found() == [(number, 2, Flaw.CHANGED)]


def test_a_removed_step_in_the_middle_shows_at_the_next(town: Town) -> None:
    number = in_hand(town)
    tampered("DELETE FROM cases_step WHERE number = %s AND seq = 2", number)
    assert found() == [(number, 3, Flaw.BROKEN)]


def test_a_removed_last_step_is_missed_by_its_case(town: Town) -> None:
    number = in_hand(town)
    tampered("DELETE FROM cases_step WHERE number = %s AND seq = 4", number)
    assert found() == [(number, 4, Flaw.CUT)]


def test_a_case_without_any_step_is_named(town: Town) -> None:
    number = reported(town)
    tampered("DELETE FROM cases_step WHERE number = %s", number)
    assert found() == [(number, 1, Flaw.CUT)]


def test_steps_whose_case_was_removed_are_named(town: Town) -> None:
    number = reported(town)
    tampered("DELETE FROM cases_words WHERE case_id = %s", number)
    tampered("DELETE FROM cases_case WHERE number = %s", number)
    assert found() == [(number, 1, Flaw.ORPHANED)]


def test_two_steps_that_changed_places_show(town: Town) -> None:
    number = in_hand(town)
    with as_owner() as cursor:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            cursor.execute("UPDATE cases_step SET seq = %s WHERE number = %s AND seq = %s", [new, number, old])
    assert (number, 2, Flaw.BROKEN) in found()


def test_a_step_put_in_between_shows(town: Town) -> None:
    number = in_hand(town)
    with as_owner() as cursor:
        for seq in (4, 3):
            cursor.execute("UPDATE cases_step SET seq = seq + 1 WHERE number = %s AND seq = %s", [number, seq])
        cursor.execute(
            'INSERT INTO cases_step SELECT (jsonb_populate_record(s, \'{"seq": 3, "move": "pass_up"}\')).*'
            " FROM cases_step s WHERE number = %s AND seq = 2",
            [number],
        )
    assert (number, 3, Flaw.BROKEN) in found()


def test_a_wrong_head_shows_though_every_step_is_whole(town: Town) -> None:
    number = reported(town)
    tampered("UPDATE cases_case SET head = decode(repeat('ab', 32), 'hex') WHERE number = %s", number)
    assert found() == [(number, 2, Flaw.CUT)]


def test_a_cut_history_whose_case_was_rewritten_shows_only_in_the_published_digest(town: Town) -> None:
    number = in_hand(town)
    day = digested()
    tampered("DELETE FROM cases_step WHERE number = %s AND seq = 4", number)
    last = Step.objects.get(number=number, seq=3)
    Case.objects.filter(number=number).update(head=last.hash, steps=3, state=last.state)
    assert found() == []
    [flaw] = digests_flawed()
    assert (flaw.day, flaw.flaw, flaw.then - flaw.now) == (day.day, DigestFlaw.DIFFERS, 1)


def test_a_case_removed_with_all_its_steps_shows_in_the_digest(town: Town) -> None:
    number, _other = reported(town), reported(town)
    digested()
    for column in ("step WHERE number", "words WHERE case_id", "case WHERE number"):
        tampered(f"DELETE FROM cases_{column} = %s", number)  # noqa: S608 - constants of this test
    assert found() == []
    assert flaws_of_digests() == [DigestFlaw.DIFFERS]


def test_a_step_that_comes_in_behind_its_days_digest_shows(town: Town) -> None:
    number = reported(town)
    digested()
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=datetime.now(UTC))
    assert flaws_of_digests() == [DigestFlaw.DIFFERS]


def test_one_case_one_county_or_those_since_a_day_are_looked_at_alone(town: Town) -> None:
    number, whole = accepted(town), dispatched(town)
    tampered("UPDATE cases_step SET reason = 'x' WHERE number = %s AND seq = 1", number)
    flaw = [(number, 1, Flaw.CHANGED)]
    today = datetime.now(UTC).date()
    assert (found(number=number), found(number=whole)) == (flaw, [])
    assert (found(county=town.county.code), found(county=town.other_county.code)) == (flaw, [])
    assert (found(since=today - timedelta(days=1)), found(since=today + timedelta(days=2))) == (flaw, [])
    assert written(number).startswith(town.county.code)

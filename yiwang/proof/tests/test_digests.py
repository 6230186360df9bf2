from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from tests.town import Town
from yiwang.cases.models import Step
from yiwang.cases.rules import BEGINNING
from yiwang.cases.tests.make import make_lamp, reported
from yiwang.proof import jobs
from yiwang.proof.actions import make_digests
from yiwang.proof.models import Digest
from yiwang.proof.queries import digested, digests_flawed
from yiwang.proof.rules import DigestFlaw, digest_of, published
from yiwang.proof.tests.test_history import midnight, tampered

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _one_report(town: Town) -> None:
    make_lamp()
    reported(town)


def test_a_day_is_digested_an_hour_after_its_end_and_once() -> None:
    assert make_digests(now=midnight() + HOUR - timedelta(seconds=1)) == []
    assert make_digests(now=midnight() + HOUR) == [timezone.localdate()]
    assert make_digests(now=midnight() + HOUR) == []


def test_the_digest_is_what_anybody_can_recompute_from_the_steps() -> None:
    make_digests(now=midnight() + HOUR)
    kept = Digest.objects.get()
    hashes = [bytes(step.hash) for step in Step.objects.order_by("number", "seq")]
    assert digested(kept) == digest_of(timezone.localdate(), hashes, BEGINNING)
    Ed25519PublicKey.from_public_bytes(bytes(kept.public_key)).verify(
        bytes(kept.signature), published(digested(kept)).encode()
    )


def test_days_that_were_missed_are_made_up_for_and_empty_ones_too() -> None:
    made = make_digests(now=midnight(3) + HOUR)
    rows = list(Digest.objects.order_by("day"))
    assert [row.day for row in rows] == made
    assert [row.steps for row in rows] == [1, 0, 0]
    assert [bytes(row.before) for row in rows] == [BEGINNING, *(bytes(row.digest) for row in rows[:-1])]
    assert list(digests_flawed()) == []


def test_without_any_step_there_is_nothing_to_digest(town: Town) -> None:
    tampered("DELETE FROM cases_step")
    assert make_digests(now=midnight() + HOUR) == []


def test_a_digest_is_neither_changed_nor_removed_by_the_application() -> None:
    make_digests(now=midnight() + HOUR)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Digest.objects.update(steps=0)


def test_a_digest_taken_out_of_the_row_shows_at_the_day_after() -> None:
    days = make_digests(now=midnight(3) + HOUR)
    tampered("DELETE FROM cases_digest WHERE day = %s", days[1])
    assert [(one.day, one.flaw) for one in digests_flawed()] == [(days[2], DigestFlaw.UNCHAINED)]


def test_a_removed_first_digest_shows_too() -> None:
    days = make_digests(now=midnight(2) + HOUR)
    tampered("DELETE FROM cases_digest WHERE day = %s", days[0])
    assert [(one.day, one.flaw) for one in digests_flawed()] == [(days[1], DigestFlaw.UNCHAINED)]


@pytest.mark.parametrize("change", ["signature = decode(repeat('00', 64), 'hex')", "public_key = decode('00', 'hex')"])
def test_a_signature_that_is_not_ours_shows(change: str) -> None:
    make_digests(now=midnight() + HOUR)
    tampered(f"UPDATE cases_digest SET {change}")  # noqa: S608 - constants of this test
    assert [one.flaw for one in digests_flawed()] == [DigestFlaw.UNSIGNED]


def test_when_keys_change_old_signatures_stay_good_as_long_as_the_old_key_is_kept(settings: Settings) -> None:
    make_digests(now=midnight() + HOUR)
    old = list(settings.SEAL_KEYS)
    settings.SEAL_KEYS = ["a new key", *old]
    make_digests(now=midnight(2) + HOUR)
    assert len({bytes(row.public_key) for row in Digest.objects.all()}) == 2
    assert list(digests_flawed()) == []
    settings.SEAL_KEYS = ["a new key"]
    assert [(one.day, one.flaw) for one in digests_flawed()] == [(timezone.localdate(), DigestFlaw.UNSIGNED)]


def test_the_job_makes_the_digests_and_may_run_twice() -> None:
    later = int((midnight() + HOUR).timestamp())
    for _ in range(2):
        jobs.make_digests(timestamp=later)  # type: ignore[arg-type]
        assert Digest.objects.count() == 1


def test_the_digests_are_looked_after_every_hour() -> None:
    due = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert due["proof.jobs.make_digests"] == "11 * * * *"

"""Make the daily digests: one row for each complete day, signed, never changed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases.rules import BEGINNING
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.signing import sign
from yiwang.proof.models import Digest
from yiwang.proof.queries import first_day, hashes_of_day
from yiwang.proof.rules import digest_of, published

# A step is recorded with the time of its statement or transaction, and may be committed after midnight. No act of ours
# lasts an hour; should one do, the day's digest differs from its steps and `verify-history` says so.
GRACE = timedelta(hours=1)


@transaction.atomic
def make_digests(*, now: datetime, grace: timedelta = GRACE) -> list[date]:
    """Make and sign the digest of every complete day that has none; gives these days. Safe to run twice.

    A day is complete `grace` after its midnight in the installation's time zone. Days without a step get one too, so
    that a missing day shows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('yiwang.digests'))")
    made = [_make(day) for day in _waiting(timezone.localtime(now - grace).date())]
    if made:
        note("make_digests", f"digest:{made[-1]}", by="clock", since=made[0].isoformat(), days=len(made))
    return made


def _waiting(today: date) -> Iterator[date]:
    last = Digest.objects.order_by("-day").first()
    day = last.day + timedelta(days=1) if last else first_day()
    while day is not None and day < today:
        yield day
        day += timedelta(days=1)


def _make(day: date) -> date:
    last = Digest.objects.order_by("-day").first()
    digested = digest_of(day, hashes_of_day(day), bytes(last.digest) if last else BEGINNING)
    signature, public_key = sign(published(digested))
    Digest.objects.create(
        day=day, steps=digested.steps, digest=digested.digest, before=digested.before, signature=signature,
        public_key=public_key,
    )  # fmt: skip
    return day

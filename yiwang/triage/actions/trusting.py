"""How far a town trusts proposals: from which likelihood on they are dispatched without a person."""

from django.db import transaction

from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.triage.models import Trust
from yiwang.triage.queries import TOPIC

_LEAST, _MOST = 0.5, 1.0
_LENGTHS = {6, 9}


@transaction.atomic
def trust(place: str, *, likely: float, by: str) -> Trust:
    """Let proposals go by themselves in a town, or in all towns of a county (codes), from this likelihood on.

    Refuses a likelihood below 0.5 or above 1, and a place that is neither county nor town.
    """
    if not _LEAST <= likely <= _MOST:
        raise Refused("trust_out_of_range")
    if not (place.isascii() and place.isdigit() and len(place) in _LENGTHS):
        raise Refused("trust_not_a_town", place=place)
    kept, _new = Trust.objects.update_or_create(place=place, defaults={"likely": likely})
    note("trust", f"place:{place}", by=by, ground=place, likely=likely)
    touched(TOPIC)
    return kept


@transaction.atomic
def no_longer_trust(place: str, *, by: str) -> None:
    """Let a person decide everything there again; harmless where that is so already."""
    if Trust.objects.filter(place=place).delete()[0]:
        note("no_longer_trust", f"place:{place}", by=by, ground=place)
        touched(TOPIC)

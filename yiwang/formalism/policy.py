"""The thresholds of signs, kept in memory."""

from collections.abc import Mapping

from yiwang.formalism import models
from yiwang.formalism.rules import Tolerances
from yiwang.plumbing.freshness.snapshots import Snapshot

TOPIC = "tolerances"


def _load() -> Mapping[str, Tolerances]:
    return {
        row.county_id or "": Tolerances(row.minutes, row.bits, row.photo_days, row.times, row.metres, row.days)
        for row in models.Tolerances.objects.all()
    }


_kept = Snapshot(TOPIC, _load)


def tolerances_in(county: str) -> Tolerances:
    """What holds in a county (its code): its own, else everybody's, else the usual ones."""
    kept = _kept.get()
    return kept.get(county) or kept.get("") or Tolerances()

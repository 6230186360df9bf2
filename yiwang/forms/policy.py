"""From when on two questions are the same, kept in memory."""

from collections.abc import Mapping

from yiwang.forms import models
from yiwang.forms.rules import USUAL, Likeness
from yiwang.plumbing.freshness.snapshots import Snapshot

TOPIC = "likeness"


def _load() -> Mapping[str, Likeness]:
    return {row.county_id or "": Likeness(row.percent, row.days) for row in models.Likeness.objects.all()}


_kept = Snapshot(TOPIC, _load)


def likeness_in(county: str) -> Likeness:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    kept = _kept.get()
    return kept.get(county) or kept.get("") or USUAL

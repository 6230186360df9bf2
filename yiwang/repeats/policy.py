"""How often is often, kept in memory."""

from collections.abc import Mapping

from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.repeats import models
from yiwang.repeats.rules import Often

TOPIC = "often"


def _load() -> Mapping[str, Often]:
    return {row.county_id or "": Often(row.times, row.months, row.metres) for row in models.Often.objects.all()}


_kept = Snapshot(TOPIC, _load)


def often_in(county: str) -> Often:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    kept = _kept.get()
    return kept.get(county) or kept.get("") or Often()

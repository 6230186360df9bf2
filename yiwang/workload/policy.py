"""How long things take and how much a week may hold, kept in memory."""

from collections.abc import Mapping

from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.workload import models
from yiwang.workload.rules import Minutes

TOPIC = "minutes"


def _load() -> Mapping[str, Minutes]:
    return {
        row.county_id or "": Minutes(row.report, row.check_minutes, row.task, row.answer, row.form, row.most)
        for row in models.Minutes.objects.all()
    }


_kept = Snapshot(TOPIC, _load)


def minutes_in(county: str) -> Minutes:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    kept = _kept.get()
    return kept.get(county) or kept.get("") or Minutes()

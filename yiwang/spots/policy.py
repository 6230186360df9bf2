"""The lookouts for hot spots, kept in memory."""

from collections.abc import Mapping

from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.spots import models
from yiwang.spots.rules import Kind, Lookout

TOPIC = "lookouts"


def _load() -> Mapping[tuple[str, Kind], Lookout]:
    rows = models.Lookout.objects.select_related("board")
    return {
        (row.county_id or "", Kind(row.board.code if row.board else "", row.item_id or 0)): Lookout(
            row.metres, row.fewest, row.days, row.past_days
        )
        for row in rows
    }


_kept = Snapshot(TOPIC, _load)


def lookouts_in(county: str) -> dict[Kind, Lookout]:
    """What is looked for in a county (its code): its own settings before everybody's."""
    kept = _kept.get()
    return {
        kind: lookout
        for whose in ("", county)
        for (of, kind), lookout in kept.items()
        if of == whose
    }  # fmt: skip

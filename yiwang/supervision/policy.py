"""All ladders and shares of time, kept in memory: asked for every case that moves, changed a few times a year."""

from collections import defaultdict

from yiwang.catalogue.rules import Stage
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.supervision import models
from yiwang.supervision.rules.clock import Shares
from yiwang.supervision.rules.ladder import Level, Policy, Rung, Where

TOPIC = "ladder"


def _load() -> Policy:
    ladders: defaultdict[Where, list[Rung]] = defaultdict(list)
    for row in models.Rung.objects.order_by("percent", "id"):
        where = Where(row.county_id or "", row.board_id or 0, row.urgency)
        stage = Stage(row.stage) if row.stage else None
        ladders[where].append(Rung(row.pk, Level(row.level), row.percent, stage, row.answer_minutes))
    shares = {
        Where(row.county_id or "", row.board_id or 0): Shares(row.soon, row.pressing)
        for row in models.Shares.objects.all()
    }
    return Policy(dict(ladders), shares)


_policy = Snapshot(TOPIC, _load)


def policy() -> Policy:
    """The ladders and shares as this process knows them."""
    return _policy.get()

"""All rules, kept in memory: asked for every notice, changed a few times a year."""

from collections import defaultdict

from yiwang.notices.models import Rule
from yiwang.notices.rules.choosing import Rules, Where
from yiwang.notices.rules.occasions import Channel, Occasion
from yiwang.plumbing.freshness.snapshots import Snapshot

TOPIC = "notices"


def _load() -> Rules:
    found: defaultdict[tuple[Occasion, Channel], dict[Where, bool]] = defaultdict(dict)
    for row in Rule.objects.select_related("role"):
        where = Where(row.county_id or "", row.role.code if row.role else "", row.board_id or 0, row.urgency)
        found[Occasion(row.occasion), Channel(row.channel)][where] = row.goes
    return dict(found)


_rules: Snapshot[Rules] = Snapshot(TOPIC, _load)


def rules() -> Rules:
    """The rules as this process knows them."""
    return _rules.get()

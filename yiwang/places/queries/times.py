"""The ground on a day, and what follows what."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from yiwang.places.models import Place, Succession
from yiwang.places.rules.redrawing import follow
from yiwang.plumbing.freshness.snapshots import Snapshot


def as_of(day: date) -> QuerySet[Place]:
    """The places that were there on that day: statistics of the past keep the old ground."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    not_ended = Q(valid_to=None) | Q(valid_to__gt=day)
    return Place.objects.filter(begun, not_ended)


def present(today: date) -> QuerySet[Place]:
    """The places that are there today."""
    return as_of(today)


def _load() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    ended = Place.objects.exclude(valid_to=None).values_list("code", flat=True)
    for old, new in Succession.objects.order_by("old_id", "new_id").values_list("old_id", "new_id"):
        found[old].append(new)
    return dict(found) | {code: [] for code in ended if code not in found}


_SUCCESSIONS = Snapshot("places", _load)


def successions() -> dict[str, list[str]]:
    """For each place that has ended the codes that follow it; none where nothing does. Kept in memory."""
    return _SUCCESSIONS.get()


def successors(code: str) -> list[str]:
    """The codes that directly follow this place, in order; empty while it is there, or when nothing does."""
    return list(successions().get(code, ()))


def home_of(code: str) -> str | None:
    """Where things of this place belong now, through all redrawings; None when a person must decide."""
    return follow(code, successions())

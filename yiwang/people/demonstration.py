"""Whether this is a demonstration still: invented people whose password everybody knows, and nobody real beside them.

That an operator says so is not enough, nor is the invented county in the tables: an installation may begin as a
demonstration and be filled with real people later. From the first of them on, nothing is waived any more.
"""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import Q

from yiwang.people.access import TOPIC
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.refusals import Refused


def _load() -> bool:
    county = settings.DEMONSTRATION_COUNTY
    invented = Q(ground__code__startswith=county) | Q(ground=None, login__in=settings.DEMONSTRATION_LOGINS)
    holds_it = Place.objects.filter(code__startswith=county).exists()
    return holds_it and not Person.objects.filter(is_active=True).exclude(invented).exists()


_alone: Snapshot[bool] = Snapshot(TOPIC, _load)


def is_only_one() -> bool:
    """Whether the demonstration county is here, and nobody who is not of it has an account. Answered from memory."""
    return _alone.get()


def is_on() -> bool:
    """Whether this is shown as a demonstration: the operator says so, and nobody real works here."""
    return bool(settings.DEMONSTRATION) and is_only_one()


def waives_second_factor() -> bool:
    """Whether people may look around without a second factor."""
    return is_on()


def demand_own_password(by: Person, ground: str) -> None:
    """Refuse to let the demonstration's password open an account outside its county (`ground` is a code).

    With that account the demonstration ends, and whoever opened it would stand before a locked door.
    """
    outside = not ground or not ground.startswith(settings.DEMONSTRATION_COUNTY)
    if outside and is_only_one() and _is_known_to_all(by.password):
        raise Refused("own_password_first")


@lru_cache(maxsize=64)
def _is_known_to_all(encoded: str) -> bool:
    return check_password(settings.DEMONSTRATION_PASSWORD, encoded)


def lets_in(password: str) -> bool:
    """Whether this password may open anything: the demonstration's, which everybody knows, only while it lasts."""
    return password != settings.DEMONSTRATION_PASSWORD or is_only_one()

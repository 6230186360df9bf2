"""How often one client may come where nobody signs in: `YIWANG_RATE_LIMIT`, counted in each web process for itself."""

import math
import time
from functools import lru_cache

from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

_counted = SlidingWindowCounterRateLimiter(MemoryStorage())
_limit = lru_cache(parse)


def seconds_to_wait(client: str) -> int:
    """Count one call of this client (its address): 0 where it may pass, otherwise how many seconds it must wait."""
    if not settings.RATE_LIMIT:
        return 0
    limit: RateLimitItem = _limit(settings.RATE_LIMIT)
    if _counted.hit(limit, client):
        return 0
    again = _counted.get_window_stats(limit, client).reset_time - time.time()
    return max(1, math.ceil(again))


def has_room(client: str) -> bool:
    """Count one call of this client where there is room for it; what is too often is left to be refused."""
    if not settings.RATE_LIMIT:
        return True
    limit: RateLimitItem = _limit(settings.RATE_LIMIT)
    return _counted.test(limit, client) and _counted.hit(limit, client)

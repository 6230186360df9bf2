"""How often one client may call where nobody signs in: `YIWANG_RATE_LIMIT`, counted in each web process for itself."""

import math
import time
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from yiwang.channels.api.problems import CannotTake

_counted = SlidingWindowCounterRateLimiter(MemoryStorage())
_limit = lru_cache(parse)


def may_call(request: HttpRequest) -> bool:
    """Count one call of this client where there is room for it; what is too often is left to be refused."""
    if not settings.RATE_LIMIT:
        return True
    limit, client = _limit(settings.RATE_LIMIT), str(request.META.get("REMOTE_ADDR", ""))
    return _counted.test(limit, client) and _counted.hit(limit, client)


def count_call(request: HttpRequest) -> None:
    """Count one call of this client (its address); refuse with 429 and `Retry-After` (seconds) what is too often."""
    if not settings.RATE_LIMIT:
        return
    limit: RateLimitItem = _limit(settings.RATE_LIMIT)
    client = str(request.META.get("REMOTE_ADDR", ""))
    if not _counted.hit(limit, client):
        again = _counted.get_window_stats(limit, client).reset_time - time.time()
        raise CannotTake(429, retry_after=max(1, math.ceil(again)))

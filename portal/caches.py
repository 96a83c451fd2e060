"""The shared cache of production. It may be away: that costs time, and never an answer.

Pages and the like are then made anew. What counts attempts goes on in the memory of each web process: a limit
is at most as many times as high as there are processes, instead of none.
"""

import re
import time
from functools import wraps

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
# So long nobody asks a cache that did not answer: each question could take as long as the socket waits.
LEFT_ALONE_SECONDS = 5
# Ours (portal.limits) and those of the sign-in, whose codes count once; the key after prefix and version.
COUNTS = re.compile(r"[^:]*:\d+:(limit:|allauth[:.])")
# Addresses, networks and people that are remembered; more would be a flood and must not fill the memory.
MOST_COUNTED = 20_000

_counted_here = LocMemCache("counted while the cache is away", {"MAX_ENTRIES": MOST_COUNTED})


def _or_as_if_empty(method, answer):
    """The method; or this process' own counts, or else `answer`, which is what an empty cache would say."""

    @wraps(method)
    def patient(self, *args, **kwargs):
        if time.monotonic() < self.away_until:
            return instead(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            self.away_until = time.monotonic() + LEFT_ALONE_SECONDS
            log.warning("cache_away", failure=type(error).__name__)
            return instead(*args, **kwargs)

    def instead(*args, **kwargs):
        is_count = args and isinstance(args[0], str) and COUNTS.match(args[0])
        return (
            getattr(_counted_here, method.__name__)(*args, **kwargs) if is_count else answer(*args, **kwargs)
        )

    return patient


def _not_there(key, delta):
    raise ValueError(f"Key '{key}' not found.")


class PatientRedisClient(RedisCacheClient):
    """Every question has an answer, whether Redis is there or not."""

    away_until = 0.0

    get = _or_as_if_empty(RedisCacheClient.get, lambda key, default: default)
    get_many = _or_as_if_empty(RedisCacheClient.get_many, lambda keys: {})
    has_key = _or_as_if_empty(RedisCacheClient.has_key, lambda key: False)
    add = _or_as_if_empty(RedisCacheClient.add, lambda key, value, timeout: True)
    set = _or_as_if_empty(RedisCacheClient.set, lambda key, value, timeout: None)
    set_many = _or_as_if_empty(RedisCacheClient.set_many, lambda data, timeout: None)
    touch = _or_as_if_empty(RedisCacheClient.touch, lambda key, timeout: False)
    delete = _or_as_if_empty(RedisCacheClient.delete, lambda key: False)
    delete_many = _or_as_if_empty(RedisCacheClient.delete_many, lambda keys: None)
    clear = _or_as_if_empty(RedisCacheClient.clear, lambda: False)
    incr = _or_as_if_empty(RedisCacheClient.incr, _not_there)


class PatientRedisCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = PatientRedisClient

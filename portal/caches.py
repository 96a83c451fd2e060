"""The shared cache of production. It may be away: that costs time, and never an answer."""

import time
from functools import wraps

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
# So long nobody asks a cache that did not answer: each question could take as long as the socket waits.
LEFT_ALONE_SECONDS = 5


def _or_as_if_empty(method, answer):
    """The method, or what an empty cache would answer: `answer` of its arguments."""

    @wraps(method)
    def patient(self, *args, **kwargs):
        if time.monotonic() < self.away_until:
            return answer(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            self.away_until = time.monotonic() + LEFT_ALONE_SECONDS
            log.warning("cache_away", failure=type(error).__name__)
            return answer(*args, **kwargs)

    return patient


def _not_there(key, delta):
    raise ValueError(f"Key '{key}' not found.")


class PatientRedisClient(RedisCacheClient):
    """Limits count nothing while the cache is away; what they protect has its own locks and passwords."""

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

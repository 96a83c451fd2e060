"""The shared cache: a real server, one that went away, and one that never answers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.core.cache import cache

from portal import caches, limits
from tests.services.ports import free_port

YEAR = 365 * 24 * 3600


@pytest.fixture
def away():
    return caches.PatientRedisCache(
        f"redis://127.0.0.1:{free_port()}/0", {"OPTIONS": {"socket_connect_timeout": 1}}
    )


def test_cache_that_is_away_answers_like_an_empty_one(away):
    assert away.get("key", "nothing") == "nothing"
    assert away.get_many(["key"]) == {}
    assert away.has_key("key") is False
    assert away.add("key", 1) is True
    assert away.set("key", 1) is None
    assert away.set_many({"key": 1}) == []
    assert away.touch("key") is False
    assert away.delete("key") is False
    assert away.delete_many(["key"]) is None
    assert away.clear() is False
    assert away.get_or_set("key", lambda: "made") == "made"
    with pytest.raises(ValueError, match="not found"):
        away.incr("key")


def test_cache_that_is_away_is_asked_again_after_a_while_only(away, monkeypatch):
    asked = []
    client = away._cache
    monkeypatch.setattr(type(client), "get_client", lambda self, *a, **k: asked.append(1) or _fail())
    for _ in range(3):
        away.get("key")
    assert len(asked) == 1

    client.away_until = 0
    away.get("key")
    assert len(asked) == 2


def _fail():
    raise ConnectionRefusedError


def test_limits_hold_in_each_process_while_the_cache_is_away(cache_away):
    hits = [limits.hit("scope", "who", limit=2, window=YEAR) for _ in range(4)]

    assert [wait > 0 for wait in hits] == [False, False, True, True]
    assert limits.hit("scope", "somebody else", limit=2, window=YEAR) == 0


def test_nothing_but_counts_is_kept_in_a_process(cache_away):
    cache.set_many({"page:1": "words", "limits": "words"})
    cache.set("pages.generation", "first")

    assert cache.get_many(["page:1", "limits", "pages.generation"]) == {}


def test_more_counts_than_there_is_room_for_do_not_fill_the_memory(cache_away, monkeypatch):
    monkeypatch.setattr(caches._counted_here, "_max_entries", 30)
    for number in range(100):
        limits.hit("scope", str(number), limit=1, window=60)

    assert len(caches._counted_here._cache) <= 30


def test_of_many_at_once_a_limit_lets_exactly_so_many_through(shared_cache):
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: limits.hit("scope", "who", limit=20, window=YEAR), range(200)))

    assert waits.count(0) == 20


def test_server_forgets_a_count_when_its_window_is_over(shared_cache):
    limits.hit("scope", "who", limit=1, window=600)

    server = redis.from_url(shared_cache.address)
    (key,) = server.keys("*")
    assert 590 < server.ttl(key) <= 601


def test_server_keeps_what_every_page_and_form_puts_there(shared_cache):
    cache.set_many({"page:1": {"content": b"words", "headers": {"ETag": "1"}}, "mark": "a"}, None)
    cache.add("mark", "b")

    assert cache.get_many(["page:1", "mark", "nothing"]) == {
        "page:1": {"content": b"words", "headers": {"ETag": "1"}},
        "mark": "a",
    }
    cache.delete_many(["page:1", "mark"])
    assert (cache.get("page:1"), cache.has_key("mark")) == (None, False)


def test_server_that_went_away_is_used_again_when_it_is_back(shared_cache, monkeypatch):
    monkeypatch.setattr(caches, "LEFT_ALONE_SECONDS", 0)
    cache.set("page:1", "words")
    assert [limits.hit("scope", "who", limit=1, window=YEAR) > 0 for _ in range(2)] == [False, True]

    shared_cache.stop()
    assert cache.get("page:1") is None
    here = [limits.hit("scope", "who", limit=1, window=YEAR) > 0 for _ in range(2)]

    shared_cache.start()
    cache.set("page:1", "new words")
    assert here == [False, True], "each process counts for itself meanwhile"
    assert cache.get("page:1") == "new words"
    assert redis.from_url(shared_cache.address).dbsize() == 1

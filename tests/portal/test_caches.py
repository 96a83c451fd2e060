"""A shared cache that does not answer."""

import pytest

from portal import caches, limits
from tests.services.ports import free_port


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


def test_limits_let_everybody_pass_while_the_cache_is_away(away, monkeypatch):
    monkeypatch.setattr(limits, "cache", away)

    assert [limits.hit("scope", "who", limit=1, window=60) for _ in range(3)] == [0, 0, 0]

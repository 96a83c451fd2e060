from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal import limits

HOUR_START = timezone.now().replace(minute=0, second=0, microsecond=0)


def test_hit_counts_until_the_limit_and_tells_how_long_to_wait():
    with time_machine.travel(HOUR_START, tick=False) as clock:
        assert [limits.hit("form", "me", limit=2, window=600) for _ in range(3)] == [0, 0, 600]
        clock.shift(timedelta(seconds=590))
        assert limits.hit("form", "me", limit=2, window=600) == 10
        clock.shift(timedelta(seconds=10))
        assert limits.hit("form", "me", limit=2, window=600) == 0


def test_hit_keeps_people_and_scopes_apart():
    limits.hit("form", "me", limit=1, window=600)

    assert limits.hit("form", "you", limit=1, window=600) == 0
    assert limits.hit("other", "me", limit=1, window=600) == 0
    assert limits.hit("form", "me", limit=1, window=600) > 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_client_network(rf, address, network):
    assert limits.client_network(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.1", "192.0.2.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "8.8.8.8, 203.0.113.1", "203.0.113.1"),
        (2, "8.8.8.8, 203.0.113.1, 198.51.100.1", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.9"),
        (1, "", "192.0.2.9"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR=forwarded)

    assert limits.client_address(request) == expected

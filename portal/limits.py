"""Counting limiter: so many hits per key in a fixed window, in the shared cache."""

import hashlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache


def hit(scope: str, ident: str, *, limit: int, window: int) -> int:
    """Count one attempt. 0: go on; otherwise the seconds until the window of `window` seconds ends.

    The window is fixed: at most 2 × `limit` attempts fit around its border.
    """
    now = time.time()
    number, elapsed = divmod(now, window)
    digest = hashlib.sha256(ident.encode()).hexdigest()[:32]
    key = f"limit:{scope}:{digest}:{int(number)}"
    # add() sets the lifetime once; incr() is atomic in every shared cache that Django has.
    if cache.add(key, 1, timeout=window + 1):
        count = 1
    else:
        try:
            count = cache.incr(key)
        except ValueError:
            # The key ran out between the two calls: a new window has begun.
            cache.set(key, 1, timeout=window + 1)
            count = 1
    return 0 if count <= limit else max(1, int(window - elapsed))


def client_address(request) -> str:
    """The caller's address, behind the proxies that we run ourselves.

    Each of our proxies appends the address it saw, so the trusted entry is counted from the right.
    """
    proxies = settings.TRUSTED_PROXY_COUNT
    if proxies:
        chain = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
        if len(chain) >= proxies and chain[-proxies]:
            return chain[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def client_network(request) -> str:
    """The caller's network: /24 for IPv4, /56 for IPv6. One subscriber often has many addresses in it."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network((address, prefix), strict=False))

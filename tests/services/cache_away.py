"""The shared cache as production has it, with nobody answering."""

import pytest

from portal import caches
from tests.services.ports import free_port


@pytest.fixture
def cache_away(settings):
    """For everything that asks the cache, with nothing counted so far."""
    caches._counted_here.clear()
    settings.CACHES = {
        "default": {
            "BACKEND": "portal.caches.PatientRedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
    yield
    caches._counted_here.clear()

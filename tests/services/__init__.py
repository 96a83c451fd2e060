"""Real parts for tests: each module starts one, or says why it cannot."""

import os

import pytest

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
MARK = "real part missing: "

# Part -> why it could not be started, for the notice at the end of the run.
missing: dict[str, str] = {}


def unavailable(part, reason):
    """End the test that asked for `part`: skipped with a notice, or failed where everything must be there."""
    missing[part] = reason
    if REQUIRE_ALL:
        pytest.fail(f"{MARK}{part} ({reason})", pytrace=False)
    pytest.skip(f"{MARK}{part} ({reason})")

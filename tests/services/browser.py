"""Chromium for pytest-playwright's `page` and `context`: the machine's, else the one playwright fetched."""

import os
import shutil
from pathlib import Path

import pytest

from tests.services import unavailable

# The first has no windows to look after: the same engine for half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser(playwright):
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    fetched = Path(playwright.chromium.executable_path)
    return named or (str(fetched) if fetched.exists() else None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    path = find_browser(playwright)
    if path is None:
        unavailable("browser (Chromium)", "none of " + ", ".join(NAMES) + " is installed")
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Asia/Hong_Kong"}


@pytest.fixture(scope="session", autouse=True)
def orm_beside_the_browser():
    """Playwright's loop runs in the test's own thread, where Django would refuse every query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

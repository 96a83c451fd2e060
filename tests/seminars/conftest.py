"""Seminars for tests: `make_seminar(...)` and `details(...)`; nobody signs up but by seminars.seats."""

import pytest

from tests.seminars.makers import make_index, make_pages, make_seminar


@pytest.fixture
def seminar(db):
    """Open for sign-up, in ten days; online with 3 places, a venue with 1, two places per company."""
    return make_seminar()


@pytest.fixture
def online(seminar):
    return seminar.options.get(mode="online")


@pytest.fixture
def venue(seminar):
    return seminar.options.get(mode="hong_kong")


@pytest.fixture
def index(db):
    """The seminar index pages of the three languages."""
    make_index()


@pytest.fixture
def published(seminar, index):
    """The seminar with a published page in each language."""
    return make_pages(seminar)

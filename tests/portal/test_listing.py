"""Addresses of lists: one thing changes, everything else stays, and what narrows nothing is left out."""

import pytest

from portal.listing import Listing, page_of

LISTING = Listing("/x/", {"q": "藍 & 港", "state": "any", "page": "3"}, {"state": "any", "page": "1"})


def test_neutral_values_and_the_page_are_left_out():
    assert LISTING.url() == "/x/?q=%E8%97%8D+%26+%E6%B8%AF"


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"q": ""}, "/x/"),
        ({"q": "", "state": "open"}, "/x/?state=open"),
        ({"q": "", "page": "2"}, "/x/?page=2"),
        ({"q": "", "page": "1"}, "/x/"),
    ],
)
def test_one_thing_changes(changes, url):
    assert LISTING.url(**changes) == url


def test_chip_removes_its_own_filter_alone():
    listing = Listing("/x/", {"q": "a", "state": "open"}, {"state": "any"})

    assert listing.chip("state", "State: open").url == "/x/?q=a"
    assert listing.chip("q", "a").url == "/x/?state=open"


def test_list_without_a_path_of_its_own_drops_the_query():
    assert Listing("", {"q": "a"}).chip("q", "a").url == "?"


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("9", 3), ("0", 3), ("x", 1), (None, 1)])
def test_pages_at_their_edges(asked, number):
    assert page_of(list(range(5)), asked, per_page=2).number == number

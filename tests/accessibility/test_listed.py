"""A new page is looked at: each address of ours is walked, or stands in a list that says why not."""

from tests.access.test_matrix import NOT_OURS
from tests.access.walk import addresses
from tests.access.world import ROUTES
from tests.accessibility.pages import LEADS_ON, NO_PAGES, NOT_REACHED, looked_at

LISTS = (NO_PAGES, NOT_REACHED, LEADS_ON)


def test_every_address_is_looked_at_or_named_as_no_page():
    ours = {each.name for each in addresses() if not each.is_wagtails} - NOT_OURS
    named = set().union(*LISTS)

    assert sorted(ours - looked_at() - named) == [], "Nobody looks at these: see tests/accessibility/pages.py"
    assert sorted(named - ours) == [], "These are no addresses any more"
    assert sorted(looked_at() & named) == [], "These are looked at and need not be named"
    assert sum(map(len, LISTS)) == len(named), "Named in two lists"


def test_what_only_leads_on_never_opens():
    opening = {
        route.name
        for route in ROUTES
        if route.name in LEADS_ON
        for expected in (route.get, route.post)
        if expected and set(expected.values()) & {"open", "answered", "own"}
    }

    assert opening == set()

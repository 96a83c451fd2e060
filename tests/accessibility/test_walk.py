"""Every page of the portal, as its own role sees it, in three languages."""

from collections import defaultdict
from functools import partial
from operator import methodcaller

import pytest
from django.urls import reverse
from django.utils import translation

from tests.accessibility.looks import Look
from tests.accessibility.pages import LANGUAGES, site_pages, visits
from tests.accessibility.steps import STEPS

pytestmark = [pytest.mark.audit, pytest.mark.browser]
IN_EACH_LANGUAGE = pytest.mark.parametrize("prefix", LANGUAGES)


class Titles:
    """One title for two pages tells nobody where they are."""

    def __init__(self):
        self.pages = defaultdict(set)

    def note(self, title, name):
        self.pages[title].add(name)

    def shared(self):
        return [f"{title}: {sorted(names)}" for title, names in self.pages.items() if len(names) > 1]


@IN_EACH_LANGUAGE
@pytest.mark.parametrize("part", ["site", "company", "office"])
def test_page_of_the_portal_passes(window, world, part, prefix):
    problems, titles, pages, nothing = [], Titles(), 0, []
    for visit in visits():
        if visit.part != part:
            continue
        answer = window.ask(visit.person, partial(visit.send, world, LANGUAGES[prefix]))
        if not answer.is_page:
            nothing.append(f"{visit.method} {visit.name}: {answer.status}")
            continue
        pages += 1
        page = window.show(answer)
        look = Look(page, f"{visit.method} {visit.name}", office=part == "office")
        if visit.method == "get":
            if answer.status == 200:
                titles.note(page.title(), visit.name)
            problems += look.whole()
        else:
            problems += look.quickly()

    print("\nNo page:", *nothing, sep="\n  ")
    problems += window.problems + titles.shared()
    assert not problems, "\n" + "\n".join(problems)
    assert pages > {"site": 20, "company": 60, "office": 80}[part]


@IN_EACH_LANGUAGE
@pytest.mark.parametrize("name", STEPS)
def test_page_within_a_way_of_several_steps_passes(window, world, name, prefix):
    def to(address, *args):
        with translation.override(LANGUAGES[prefix]):
            return reverse(address, args=args)

    answer = window.ask("anonymous", lambda client: STEPS[name](client, world, to))

    assert answer.status == 200 and answer.url == to(name, *answer_ids(name, world))
    assert Look(window.show(answer), name, office=False).whole() == []


def answer_ids(name, world):
    return [world.seminar.uuid] if name.startswith("seminars:") else []


@IN_EACH_LANGUAGE
def test_page_of_the_site_passes(window, prefix):
    problems, titles = [], Titles()
    for each in site_pages(LANGUAGES[prefix]):
        page = window.show(window.ask("anonymous", methodcaller("get", each.url)))
        # Two seminars may well bear the same name.
        titles.note(page.title(), each.title)
        problems += Look(page, each.url, office=False).whole()

    problems += window.problems + titles.shared()
    assert not problems, "\n" + "\n".join(problems)
    assert len(titles.pages) > 20

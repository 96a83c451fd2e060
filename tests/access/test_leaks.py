"""Who is shown what: unique words in every private text, looked for in all that each person can get at.

What is planted, and who may read it, stands in stories.py and surroundings.py; what is no text of a person's,
in columns.py.
"""

import logging
from types import SimpleNamespace

import pytest

from portal.accounts.models import Invitation
from portal.audit.models import Event
from portal.mail import kinds
from portal.mail.models import Message
from tests.access import columns, stories, surroundings
from tests.access.crawl import Crawl, unpacked
from tests.access.engine import COMPANY
from tests.access.words import Words
from tests.access.world import World, kept_for_a_module, make_furnished_world

audit = pytest.mark.audit


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The words, and the world once for each company: the same addresses lead to the one's or the other's."""
    with kept_for_a_module(django_db_blocker):
        world, words = make_furnished_world(), Words()
        told = [
            stories.tell(world, words, side=side, owner=owner, us=us)
            for side, owner, us in (("Alpha", "owner", COMPANY), ("Beta", "outsider", "outsider"))
        ]
        around = surroundings.plant(world, words)
        worlds = [World(**vars(world) | around | each) for each in told]
        yield SimpleNamespace(words=words, worlds=worlds, world=world)


@pytest.fixture
def planted(story, db):
    return story


def test_listed_columns_are_there():
    assert (columns.MADE | columns.SECRET | columns.PUBLISHED) - columns.text_columns().keys() == set()


@audit
def test_a_word_stands_in_every_column_that_people_write_into(planted):
    found_in = {
        name: set().union(*(planted.words.found_in(value) for value in columns.values_of(model, field)))
        for name, (model, field) in columns.text_columns().items()
    }
    private = found_in.keys() - columns.MADE - columns.SECRET - columns.PUBLISHED

    assert sorted(name for name in private if not found_in[name]) == [], (
        "Say in tests/access/columns.py what these columns hold, or plant a word in them (stories.py)"
    )
    assert {name: found_in[name] for name in columns.MADE if found_in[name]} == {}


@audit
def test_history_that_nobody_can_delete_holds_no_word(planted):
    texts = [str(list(row.values())) for row in Event.objects.values()]

    assert [each for each in texts if planted.words.found_in(each)] == []


@audit
def test_a_mail_says_only_what_its_reader_may_read(planted, settings):
    words, told = planted.words, set()
    addresses = {user.email: code for code, user in planted.world.people.items() if user}
    addresses |= {planted.world.ada_sign_up.email: "ada", planted.world.ben_sign_up.email: "ben"}
    # They are officers too, whatever their session may do; and officers read what the Secretariat gets.
    officers = ("unenrolled", "unconfirmed")
    addresses |= dict.fromkeys([planted.world.user(code).email for code in officers], "officer")
    addresses[settings.SECRETARIAT_EMAIL] = "officer"
    # Whoever is invited learns which company it is, as the colleagues know it.
    addresses |= dict.fromkeys(Invitation.objects.values_list("email", flat=True), "colleague")
    leaks = []
    for message in Message.objects.all():
        found = words.found_in("\n".join(sent(message)))
        told |= found
        person = addresses.get(message.to)
        leaks += [
            f"{message.kind} to {person or message.to} says {words.where[word]}"
            for word in found
            if person not in words.readers[word]
        ]

    assert "\n".join(sorted(set(leaks))) == ""
    assert len(told) > 20


def sent(message):
    """All of a mail, with what is filled in when it leaves."""
    yield from (message.subject, message.body, message.html, str(message.headers))
    # The matrix' own mails are about nothing.
    kind = kinds.get(message.kind) if message.about else None
    if kind and kind.still_due(message):
        yield str(kind.links(message))
        for attachment in kind.attachments(message):
            yield attachment.name
            yield from unpacked(attachment.content)


# Whose way through the portal is walked to its end.
WALKERS = ("anonymous", "outsider", "newcomer", "organiser", "editor", "auditor")
# Said while a question is open; of one that is over the company reads its own answer and the reason.
SAID_ONCE = {"BetaFirstMessage", "BetaFirstExtension", "BetaDroppedQuestionMessage"}


@audit
def test_nobody_is_shown_what_is_not_theirs_to_read(planted, settings):
    # Refusals are thousands and have nothing to tell: bare ones make this minutes shorter.
    settings.ROOT_URLCONF = "tests.access.plain_urls"
    words = planted.words
    for name, (model, field) in columns.text_columns().items():
        if name in columns.SECRET:
            for value in set(columns.values_of(model, field)):
                words.know(value, name, "")
    shown = {word: {} for word in words.readers}
    for person in WALKERS:
        look(shown, words, person, Crawl(person, planted.worlds))

    leaks = [
        f"{person} reads {words.where[word]} at {where}"
        for word, people in shown.items()
        for person, where in people.items()
        if person not in words.readers[word]
    ]
    # What the other company may read is really there to be read.
    unseen = {
        words.where[word]
        for word, readers in words.readers.items()
        if "outsider" in readers and "outsider" not in shown[word]
    }
    assert "\n".join(leaks) == ""
    assert unseen == SAID_ONCE


def look(shown, words, person, crawl):
    for where, text in crawl.shown():
        for word in words.found_in(text):
            shown[word].setdefault(person, where)

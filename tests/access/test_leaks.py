"""Who is shown what: unique words in every private text, looked for in all that each person can get at.

What is planted, and who may read it, stands in stories.py and surroundings.py; what is no text of a person's,
in columns.py.
"""

import logging
from types import SimpleNamespace

import pytest

from portal.accounts import data_copies
from portal.accounts.models import Invitation
from portal.audit.models import Event
from portal.mail import kinds
from portal.mail.models import Message
from tests.access import columns, stories, surroundings
from tests.access.crawl import Crawl, unpacked
from tests.access.engine import COMPANY, STAFF
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
        for each, owner in zip(told, ("owner", "outsider"), strict=True):
            each["data_copy"] = own_copy(world.user(owner))
        worlds = [World(**vars(world) | around | each) for each in told]
        know_secrets(words)
        yield SimpleNamespace(words=words, worlds=worlds, world=world)


def own_copy(user):
    """All that the portal holds about the person, with the mails to that person."""
    copy = data_copies.order(user)
    data_copies.make.call(str(copy.uuid))
    return copy


def know_secrets(words):
    """What nobody may ever be shown is no word, but the value itself."""
    for name, (model, field) in columns.text_columns().items():
        if name in columns.SECRET:
            for value in set(columns.values_of(model, field)):
                words.know(value, name, "")


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
WALKERS = ("anonymous", "newcomer", "outsider", *COMPANY.split(), *STAFF.split())
# Said while a question is open; of one that is over the company reads its own answer and the reason.
SAID_ONCE = "FirstMessage FirstExtension DroppedQuestionMessage"
# Said by mail, which who may act for the company gets, and kept in that person's own copy.
BY_MAIL = "ExtensionReason IneligibleReason"


def of(side, names):
    return {f"{side}{name}" for name in names.split()}


# What may be read and stands on no page that the person is led to.
UNSEEN: dict[str, set[str]] = {
    "outsider": of("Beta", SAID_ONCE),
    "owner": of("Alpha", SAID_ONCE),
    # Whoever claims a number has typed this, and is told no more of it.
    "newcomer": {"Alphahk_registration"}
    | of("Claim", "Firstname_en Secondname_en Firstaddress Secondaddress"),
    **{code: of("Alpha", f"{SAID_ONCE} {BY_MAIL}") | {"Invited"} for code in COMPANY.split()[1:]},
}


# Texts that a role may well read, and which most of its pages have no reason to show: beginnings of names.
SELDOM = {
    "officer": ("Later", "AlphaBack", "AlphaMail", "AlphaCompanyPerson"),
    "releaser": ("AlphaCompanyPerson", "Template"),
    "auditor": (
        *("AlphaBack", "AlphaMail", "AlphaCompanyPerson", "Template", "Claim"),
        *("Next", "Letter", "ada", "ben"),
    ),
    "organiser": ("LaterCompanyAlias", "Letter"),
    "editor": ("Later", "Join"),
    "root": ("LaterCompanyAlias", "Letter", "AlphaBack"),
}


@audit
@pytest.mark.parametrize("person", WALKERS)
def test_everybody_is_shown_what_is_theirs_to_read_and_nothing_else(planted, settings, person):
    # All have signed in when their world was made, which some leave behind for half an hour.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600
    # Refusals are thousands and have nothing to tell: bare ones make this minutes shorter.
    settings.ROOT_URLCONF = "tests.access.plain_urls"
    words = planted.words
    shown = {}
    for where, text in Crawl(person, planted.worlds).shown():
        for word in words.found_in(text):
            shown.setdefault(word, where)

    leaks = [
        f"{words.where[word]} at {where}"
        for word, where in shown.items()
        if person not in words.readers[word]
    ]
    # What may be read is really there to be read.
    unseen = {
        words.where[word]
        for word, readers in words.readers.items()
        if person in readers
        and word not in shown
        and not words.where[word].startswith(SELDOM.get(person, ()))
    }
    assert sorted(leaks) == []
    assert unseen == UNSEEN.get(person, set())

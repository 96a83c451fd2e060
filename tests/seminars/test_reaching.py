"""The link sent again, another address, and the form once more for a colleague."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from portal.mail import kinds, sender
from portal.mail.models import Message
from seminars import changes, links, notices, seats
from seminars.models import SignUp
from seminars.views import reaching
from tests.seminars.makers import details


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def mine(published, online):
    seats.sign_up(published, option=online, details=details("mei"))
    return SignUp.objects.select_related("seminar", "option").get()


def url(seminar, name="send_link"):
    return reverse(f"seminars:{name}", args=[seminar.uuid])


def mails(kind):
    return list(Message.objects.filter(kind=f"signup.{kind}"))


def test_link_is_sent_again_once_an_hour_and_to_nobody_else(client, published, mine):
    for _ in range(2):
        client.post(url(published), {"email": "MEI@alpha.example"})
    client.post(url(published), {"email": "unknown@alpha.example"})
    (mail,) = mails("own_link")
    assert mail.to == "mei@alpha.example" and "[[status]]" in mail.body
    assert links.token_for(mine) in kinds.get(mail.kind).links(mail)["status"]


def test_every_address_reads_the_same_page(client, published, mine):
    pages = []
    for address in ("mei@alpha.example", "unknown@alpha.example"):
        response = client.post(url(published), {"email": address})
        assert response["Location"] == url(published, "link_sent")
        pages.append(client.get(response["Location"]).content.decode().replace(address, "ADDRESS"))
    assert pages[0] == pages[1]


def test_unconfirmed_address_gets_the_link_that_confirms(client, published, online):
    type(published).objects.update(confirms_addresses=True)
    seats.sign_up(published, option=online, details=details("mei"))
    client.post(url(published), {"email": "mei@alpha.example"})
    assert len(mails("confirm_address")) == 2 and not mails("own_link")


def test_asking_is_limited_while_the_shared_cache_is_away(client, published, mine, monkeypatch, cache_away):
    monkeypatch.setattr(reaching, "PER_ADDRESS", 2)
    monkeypatch.setattr(reaching, "PER_NETWORK", 4)
    asked = [client.post(url(published), {"email": "mei@alpha.example"}).status_code for _ in range(5)]

    assert asked == [302] * 4 + [429]
    # The third and fourth time in silence.
    assert len(mails("own_link")) in (1, 2)


def test_asking_too_often_is_limited_by_network_in_words_and_by_address_in_silence(client, published, mine):
    assert client.post(url(published), {"email": "mei@"}).status_code == 422
    for _ in range(30):
        assert client.post(url(published), {"email": "unknown@alpha.example"}).status_code == 302
    response = client.post(url(published), {"email": "mei@alpha.example"})
    assert response.status_code == 429 and "mei@alpha.example" in response.content.decode()
    assert not mails("own_link")


def ask(client, mine, address):
    return client.post(links.path_to(mine, "change_address"), {"email": address})


def test_new_address_counts_once_its_own_link_is_pressed(client, published, mine):
    assert ask(client, mine, "mei@new.example").status_code == 302
    (mail,) = mails("new_address")
    assert mail.to == "mei@new.example"
    target = kinds.get(mail.kind).links(mail)["new_address"]
    assert "mei@new.example" in client.get(target).content.decode()
    assert SignUp.objects.get().email == "mei@alpha.example"

    done = client.post(target)
    person = SignUp.objects.get()
    assert (person.email, person.email_key, person.new_email) == ("mei@new.example", "mei@new.example", "")
    assert (person.state, person.queue_number, person.company_key) == (
        mine.state, mine.queue_number, mine.company_key
    )  # fmt: skip
    assert done["Location"] == links.path_to(person)
    assert client.get(links.path_to(mine)).status_code == 404
    assert client.get(target).status_code == 404
    (told,) = mails("address_changed")
    assert told.to == "mei@alpha.example" and "[[" not in told.body and "new.example" not in told.body
    assert [mail.to for mail in mails("own_link")] == ["mei@new.example"]


def test_second_request_makes_the_first_link_worthless(client, mine):
    ask(client, mine, "wrong@new.example")
    first = links.new_address_token(SignUp.objects.get())
    ask(client, mine, "right@new.example")
    assert client.get(reverse("seminars:new_address", args=[mine.uuid, first])).status_code == 404
    due = {mail.to: kinds.get(mail.kind).still_due(mail) for mail in mails("new_address")}
    assert due["right@new.example"] and not due["wrong@new.example"]


def test_address_of_somebody_else_is_not_taken_over(client, published, online, mine):
    seats.sign_up(published, option=online, details=details("ken", "beta"))
    asked = ask(client, mine, "ken@beta.example")
    plain = ask(client, mine, "nobody@beta.example")
    assert asked.status_code == plain.status_code == 302
    ask(client, mine, "ken@beta.example")
    person = SignUp.objects.get(pk=mine.pk)
    target = reverse("seminars:new_address", args=[person.uuid, links.new_address_token(person)])
    response = client.post(target)
    assert response.status_code == 409 and "signed up for this seminar already" in response.content.decode()
    assert SignUp.objects.get(pk=mine.pk).email == "mei@alpha.example"


def test_same_address_and_a_fourth_request_are_refused_in_words(client, mine):
    assert ask(client, mine, " MEI@alpha.example").status_code == 409
    for number in range(2):
        ask(client, mine, f"m{number}@new.example")
    assert ask(client, mine, "m3@new.example").status_code == 429


def test_nobody_changes_the_address_of_a_sign_up_that_is_over(client, mine):
    ask(client, mine, "mei@new.example")
    person = SignUp.objects.select_related("seminar").get()
    target = reverse("seminars:new_address", args=[person.uuid, links.new_address_token(person)])
    seats.cancel(person)
    assert client.post(target).status_code == 409
    assert ask(client, mine, "mei@new.example").status_code == 409
    assert SignUp.objects.get().email == "mei@alpha.example"


def test_colleague_finds_the_company_filled_in_and_nobody_elses(client, published, mine):
    form = client.get(client.get(links.path_to(mine, "colleague"))["Location"]).content.decode()
    assert 'value="Demo Alpha Limited"' in form and "mei@alpha.example" not in form and "Demo Mei" not in form
    client.cookies.clear()
    assert (
        "Demo Alpha"
        not in client.get(
            reverse("seminars:sign_up", args=[published.uuid]) + "?colleague=1"
        ).content.decode()
    )


def test_mails_that_wait_follow_the_new_address(client, published, mine):
    changes.make(published, changes.Postpone(), actor=None)
    Message.objects.filter(kind="signup.confirmed").update(state="sending", claimed_at=now())
    ask(client, mine, "mei@new.example")
    notices.address_changed(mine, old=mine.email, by_office=False)
    (asked,) = mails("new_address")
    Message.objects.create(
        kind="signup.own_link", key="done", to=mine.email, about=mine.uuid, state="sent", not_before=now()
    )
    Message.objects.create(
        kind="seminar.changed", key="back", to=mine.email, about=mine.uuid, state="parked", not_before=now()
    )
    other = Message.objects.create(kind="seminar.changed", key="b", to=mine.email, not_before=now())

    client.post(kinds.get(asked.kind).links(asked)["new_address"])

    new, old = "mei@new.example", "mei@alpha.example"
    left = Message.objects.exclude(key__in=["done", "b"]).exclude(kind="signup.address_changed")
    assert {each.kind: (each.to, each.state) for each in left} == {
        "signup.confirmed": (new, "queued"),
        "seminar.postponed": (new, "queued"),
        "seminar.changed": (new, "parked"),
        "signup.own_link": (new, "queued"),
        "signup.new_address": (new, "queued"),
    }
    assert Message.objects.get(key="done").to == old, "what was sent was sent there"
    assert {each.to for each in mails("address_changed")} == {old}
    other.refresh_from_db()
    assert other.to == old, "nothing of this sign-up"


def test_sender_that_held_a_mail_while_the_address_changed_gives_it_up(client, published, mine):
    """The link in it is made when it leaves: the one of the new address must not reach the old one."""
    batch = sender._claim()
    ask(client, mine, "mei@new.example")
    (asked,) = mails("new_address")
    client.post(kinds.get(asked.kind).links(asked)["new_address"])
    assert batch and not any(sender._still_mine(each) for each in batch)
    mail.outbox = []
    while sender.send_due():
        pass
    to_own_page = [(each.subject, each.to) for each in mail.outbox if "/mine/" in each.body]
    assert {address for _subject, (address,) in to_own_page} == {"mei@new.example"}
    assert "You have a place: Demo seminar" in dict(to_own_page)

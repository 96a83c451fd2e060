"""The form to the Secretariat beside the contact page."""

import time
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from home import enquiries, views
from home.models import ContactPage
from portal.accounts import erasure, personal_data
from portal.forms.traps import STAMP_SALT
from portal.mail import envelope, kinds, sender
from portal.mail.models import Message

FORM = "/en/write-to-us/"


def typed(**fields):
    opened = signing.dumps(int(time.time()) - 60, salt=STAMP_SALT)
    values = {
        "about": "website",
        "message": "The chart cannot be read.\nWhat does it say?",
        "name": "Demo Mei",
        "company": "Demo Alpha Limited",
        "email": "mei@alpha.example",
        "opened": opened,
    }
    return {**values, **fields}


def the_mail():
    (message,) = Message.objects.filter(kind=enquiries.KIND)
    return message


def test_contact_page_leads_to_the_form_in_each_language(client, site):
    for prefix, button in (("en", "Write to the Secretariat"), ("tc", "致函秘書處"), ("sc", "写信给秘书处")):
        html = client.get(f"/{prefix}/contact/").content.decode()
        assert f'href="/{prefix}/write-to-us/"' in html and button in html
        assert "csrfmiddlewaretoken" not in html

        page = client.get(f"/{prefix}/write-to-us/")
        assert page["Cache-Control"] == "private, no-store"
        assert b"csrfmiddlewaretoken" in page.content
        assert f'href="/{prefix}/contact/"' in page.content.decode()


def test_message_becomes_one_mail_to_the_secretariat(client, db, settings):
    response = client.post(FORM, typed())

    assert (response.status_code, response["Location"]) == (302, "/en/write-to-us/sent/")
    message = the_mail()
    assert (message.to, message.reply_to, message.language) == (
        settings.SECRETARIAT_EMAIL,
        "mei@alpha.example",
        "en",
    )
    assert message.subject == (
        "Enquiry through the website: This website, or something on it that does not work for you"
    )
    for words in (
        "Demo Mei",
        "Demo Alpha Limited",
        "mei@alpha.example",
        "cannot be read.\nWhat does it say?",
    ):
        assert words in message.body
    assert envelope.build(message, kinds.get(message.kind)).reply_to == ["mei@alpha.example"]
    assert mail.outbox == [], "only the sender sends"


def test_answer_page_is_the_same_for_everybody_and_names_no_address(client, db):
    sent = client.post(FORM, typed(), follow=True)

    assert b"mei@alpha.example" not in sent.content and not sent.cookies.get("sessionid")
    assert sent.content == Client().get("/en/write-to-us/sent/").content


def test_mail_is_written_in_the_language_of_the_form(client, db):
    client.post("/sc/write-to-us/", typed(about="seminars", name="示范𨋢", message="您好。"))

    message = the_mail()
    assert message.subject == "网站查询：研讨会" and message.language == "zh-hans"
    assert "姓名：示范𨋢" in message.body and "您好。" in message.body


def test_second_press_makes_no_second_mail_and_other_words_do(client, db):
    same = typed()
    for fields in (same, same, {**same, "message": "Another question"}):
        assert client.post(FORM, fields).status_code == 302

    assert Message.objects.filter(kind=enquiries.KIND).count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"message": ""}, "Enter your message"),
        ({"email": "mei"}, "Enter your email address in the form name@example.com"),
        ({"about": "nonsense"}, "Choose what your message is about from the list"),
        ({"name": "Buy at https://spam.example"}, "Enter a name without a web address."),
        ({"message": "x" * 3001}, "3000 characters"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "Enter your email address"),
        ({"opened": ""}, "Please look over your details and send the form once more."),
        ({"opened": "forged"}, "Please look over your details and send the form once more."),
    ],
)
def test_mistake_is_explained_and_nothing_typed_is_lost(client, db, fields, sentence):
    response = client.post(FORM, typed(**fields))

    html = response.content.decode()
    assert response.status_code == 422 and sentence in html
    assert "<title>Error: " in html and "govuk-error-summary" in html
    if "message" not in fields:
        assert "The chart cannot be read." in html
    assert not Message.objects.exists()


def test_form_that_came_too_fast_goes_through_when_it_is_sent_again(client, db):
    # Opened this second; one to come, should a second end meanwhile.
    fast = typed(opened=signing.dumps(int(time.time()) + 5, salt=STAMP_SALT))
    page = client.post(FORM, fast)
    assert page.status_code == 422
    fresh = page.context["form"]["opened"].value()
    assert signing.loads(fresh, salt=STAMP_SALT) <= time.time()

    assert client.post(FORM, typed()).status_code == 302


def test_program_that_fills_every_field_gets_the_same_answer_and_no_mail(client, db):
    response = client.post(FORM, typed(website="https://spam.example"))

    assert (response.status_code, response["Location"]) == (302, "/en/write-to-us/sent/")
    assert not Message.objects.exists()


def test_eleventh_message_of_a_network_waits_and_keeps_what_was_typed(client, db):
    for number in range(10):
        assert client.post(FORM, typed(message=f"Number {number}")).status_code == 302

    late = client.post(FORM, typed(message="Number eleven"))
    assert late.status_code == 429 and int(late["Retry-After"]) > 0
    html = late.content.decode()
    assert "Too many messages came from your network." in html and "Number eleven" in html
    assert Message.objects.count() == 10
    elsewhere = client.post(FORM, typed(), REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_form_costs_few_queries(client, site, django_assert_max_num_queries):
    client.get(FORM)
    with django_assert_max_num_queries(6):
        client.get(FORM)


def test_form_stands_where_no_contact_page_does(client, site):
    ContactPage.objects.all().delete()

    assert client.get(FORM).status_code == 200


def test_thirty_days_later_neither_text_nor_writer_is_left(client, db):
    client.post(FORM, typed())
    Message.objects.update(state=Message.State.SENT, created_at=timezone.now() - timedelta(days=31))

    sender.forget_bodies()

    message = the_mail()
    assert (message.body, message.reply_to) == ("", "") and "Mei" not in message.subject


def test_person_takes_along_what_was_written_from_the_own_address_only(client, ken):
    client.post(FORM, typed(email=ken.email.upper(), message="Mine"))
    client.post(FORM, typed(message="Somebody else's"))

    (part,) = [part for part in personal_data.parts() if part.code == "enquiries"]
    assert ["Mine" in row["text"] for row in part.rows(ken)] == [True]


def test_erased_person_leaves_no_sent_message(client, ken):
    client.post(FORM, typed(email=ken.email, message="Sent"))
    Message.objects.update(state=Message.State.SENT)
    client.post(FORM, typed(email=ken.email, message="Waits"))

    erasure.erase(ken, by=ken)

    sent, waits = Message.objects.filter(kind=enquiries.KIND).order_by("pk")
    assert (sent.body, sent.reply_to) == ("", "")
    assert "Waits" in waits.body and waits.reply_to == ken.email


def test_network_is_limited_while_the_shared_cache_is_away(client, db, monkeypatch, cache_away):
    monkeypatch.setattr(views, "PER_NETWORK", 1)

    assert [client.post(FORM, typed()).status_code for _ in range(2)] == [302, 429]
    assert client.post(FORM, typed(), REMOTE_ADDR="198.51.100.7").status_code == 302

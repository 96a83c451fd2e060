import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone, translation

from portal.forms.traps import STAMP_SALT
from portal.mail.models import Message
from seminars import seats
from seminars.models import Seminar, SignUp
from seminars.seats import locking, turns
from seminars.views import sign_up
from tests.seminars.makers import details, make_pages, make_seminar


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def url_of(seminar, name="sign_up", language="en"):
    with translation.override(language):
        return reverse(f"seminars:{name}", args=[seminar.uuid])


def stamp(seconds_ago=60):
    return signing.dumps(int(time.time()) - seconds_ago, salt=STAMP_SALT)


def typed(chosen, **fields):
    values = {
        "name": "Demo Mei",
        "company": "Demo Alpha Limited",
        "company_type": "provider",
        "email": "mei@alpha.example",
        "phone": "2123 4567",
        "option": str(chosen.uuid),
        "if_full": "waiting_list",
        "question": "What does a record need?",
        "opened": stamp(),
    }
    return {**values, **fields}


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Demo seminar"), ("zh-hant", "示範研討會"), ("zh-hans", "示范研讨会")],
)
def test_form_stands_in_each_language_and_links_the_collection_statement(
    client, published, language, heading
):
    response = client.get(url_of(published, language=language))
    page = response.content.decode()
    assert response.status_code == 200 and heading in page
    with translation.override(language):
        assert f'href="{reverse("seminars:collection_statement")}"' in page
    assert (
        'name="promotion_consent"' in page and "checked" not in page.split('name="promotion_consent"')[1][:80]
    )
    assert response["Cache-Control"] == "private, no-store"


def test_sending_the_form_makes_one_sign_up(client, published, online):
    response = client.post(url_of(published), typed(online, promotion_consent="on"))
    assert response.status_code == 302 and response["Location"] == url_of(published, "sign_up_sent")
    person = SignUp.objects.get()
    assert (person.state, person.option, person.phone) == ("confirmed", online, "+85221234567")
    assert (person.promotion_consent, person.source, person.language) == (True, "web", "en")
    assert person.statement_version == seats.STATEMENT_VERSION and person.consented_at
    assert "mei@alpha.example" in client.get(response["Location"]).content.decode()


def test_mail_comes_in_the_language_of_the_page(client, published, online):
    client.post(url_of(published, language="zh-hant"), typed(online))
    message = Message.objects.get()
    assert message.language == "zh-hant" and message.subject == "你已獲名額：示範研討會"


def neutral_page(client, seminar, option, email):
    response = client.post(url_of(seminar), typed(option, email=email))
    assert response.status_code == 302
    page = client.get(response["Location"])
    return page.status_code, page.content.decode().replace(email, "ADDRESS")


def test_every_address_gets_the_same_answer(client, published, online, venue):
    seats.sign_up(published, option=online, details=details("known"))
    seats.sign_up(published, option=venue, details=details("first", "beta"))
    new = neutral_page(client, published, online, "new@gamma.example")
    known = neutral_page(client, published, online, "known@alpha.example")
    waiting = neutral_page(client, published, venue, "late@delta.example")
    program = client.post(url_of(published), typed(online, email="bot@x.example", website="http://spam"))
    trapped = client.get(program["Location"])
    assert new == known == waiting
    assert (trapped.status_code, trapped.content.decode().replace("bot@x.example", "ADDRESS")) == new
    assert not SignUp.objects.filter(email="bot@x.example").exists()


def test_answer_page_without_a_form_sent_leads_to_the_form(client, published):
    assert client.get(url_of(published, "sign_up_sent"))["Location"] == url_of(published)


@pytest.mark.parametrize("opened", [lambda: "", lambda: "forged", lambda: stamp(0)])
def test_form_that_comes_too_fast_is_shown_again_with_everything_typed(client, published, online, opened):
    response = client.post(url_of(published), typed(online, opened=opened()))
    page = response.content.decode()
    assert response.status_code == 422 and "send the form once more" in page
    assert "Demo Mei" in page and "What does a record need?" in page
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter your name"),
        ("company", "", "Enter your company or organisation"),
        ("name", "示" * 200, "120 characters"),
        ("company", "𨋢" * 201, "200 characters"),
        ("company_type", "", "the type of your company"),
        ("email", "mei@", "email address"),
        ("phone", "12", "telephone number"),
        ("option", "", "how you will attend"),
        ("question", "x" * 1001, "1000 characters"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    client, published, online, field, value, said
):
    response = client.post(url_of(published), typed(online, **{field: value}))
    page = response.content.decode()
    assert response.status_code == 422 and said in page and "There is a problem" in page
    kept = "Demo Mei" if field != "name" else "Demo Alpha Limited"
    assert kept in page and not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Did you mean mei@yahoo.com.hk? Correct the address, or send the form once more"),
        ("zh-hant", "你想輸入的是 mei@yahoo.com.hk 嗎？"),
        ("zh-hans", "您想输入的是 mei@yahoo.com.hk 吗？"),
    ],
)
def test_mistyped_domain_is_asked_about_once_and_taken_at_the_second_sending(
    client, published, online, language, question
):
    address = url_of(published, language=language)
    form = typed(online, email="mei@yaho.com.hk", promotion_consent="on")
    asked = client.post(address, form)
    page = asked.content.decode()
    assert asked.status_code == 422 and question in page and not SignUp.objects.exists()
    for kept in (form["name"], form["company"], form["email"], form["question"], form["opened"]):
        assert f'value="{kept}"' in page or kept in page
    assert 'name="asked_about" value="mei@yaho.com.hk"' in page and page.count(" checked") == 3
    assert client.post(address, form | {"asked_about": "mei@yaho.com.hk"}).status_code == 302
    assert SignUp.objects.get().email == "mei@yaho.com.hk"


def test_question_about_a_domain_is_the_same_whether_the_address_is_signed_up_or_not(
    client, published, online
):
    pages = []
    for known in (False, True):
        if known:
            seats.sign_up(published, option=online, details=details("mei", email="mei@gmial.com"))
        answer = client.post(url_of(published), typed(online, email="mei@gmial.com", opened="seen"))
        pages.append(
            re.sub(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"', "", answer.content.decode())
        )
    assert pages[0] == pages[1] and "Did you mean mei@gmail.com?" in pages[0]


def test_one_way_to_attend_is_not_asked_for(client, index):
    seminar = make_pages(make_seminar(venue=None))
    form = client.get(url_of(seminar)).content.decode()
    assert 'name="option"' not in form and "Give me an online place" not in form
    client.post(url_of(seminar), typed(seminar.options.get(), option=""))
    assert SignUp.objects.get().state == "confirmed"


def test_full_is_said_before_the_form(client, published, venue):
    seats.sign_up(published, option=venue, details=details("first", "beta"))
    assert "Demo Hall (full, waiting list open)" in client.get(url_of(published)).content.decode()
    published.options.filter(mode="online").update(capacity=0)
    page = client.get(url_of(published)).content.decode()
    assert "All places are taken. With this form you join the waiting list." in page


def test_closed_seminar_has_no_form(client, published, online):
    Seminar.objects.update(sign_up_closes_at=timezone.now() - timedelta(seconds=1))
    for answer in (client.get(url_of(published)), client.post(url_of(published), typed(online))):
        assert "Sign-up closed" in answer.content.decode() and 'name="email"' not in answer.content.decode()
    assert not SignUp.objects.exists()


def test_seminar_without_a_published_page_is_unknown(client, seminar):
    for name in ("sign_up", "sign_up_sent", "calendar"):
        assert client.get(url_of(seminar, name)).status_code == 404


def test_many_forms_from_one_network_wait_and_keep_what_was_typed(client, published, online):
    for number in range(30):
        client.post(url_of(published), typed(online, email=f"p{number}@alpha.example"))
    response = client.post(url_of(published), typed(online, email="last@beta.example"))
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
    assert "last@beta.example" in response.content.decode()
    assert not SignUp.objects.filter(email="last@beta.example").exists()


def test_forms_of_a_network_are_limited_while_the_shared_cache_is_away(
    client, published, online, monkeypatch, cache_away
):
    monkeypatch.setattr(sign_up, "PER_NETWORK", 1)
    sent = [
        client.post(url_of(published), typed(online, email=f"{name}@alpha.example")) for name in ("a", "b")
    ]

    assert [response.status_code for response in sent] == [302, 429]
    assert [person.email for person in SignUp.objects.all()] == ["a@alpha.example"]


def test_busy_database_keeps_what_was_typed(client, published, online, monkeypatch):
    def no_lock(*args, **kwargs):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(locking, "locked", no_lock)
    response = client.post(url_of(published), typed(online))
    assert response.status_code == 503 and response["Retry-After"] == "10"
    assert "nothing was saved" in response.content.decode() and "Demo Mei" in response.content.decode()


def test_form_whose_turn_does_not_come_keeps_what_was_typed_and_the_next_one_is_taken(
    client, published, online, monkeypatch
):
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    desk, another = turns.desk_of(published), turns.WaitingForm(published, None)
    desk.claim(another)
    response = client.post(url_of(published), typed(online))
    desk.go(another)
    assert response.status_code == 503 and response["Retry-After"] == "10"
    assert "Demo Alpha Limited" in response.content.decode() and not SignUp.objects.exists()
    assert client.post(url_of(published), typed(online)).status_code == 302
    assert SignUp.objects.get().state == SignUp.State.CONFIRMED


def test_sending_costs_at_most_fifteen_queries(client, published, online, django_assert_max_num_queries):
    client.post(url_of(published), typed(online, email="warm@up.example"))
    with django_assert_max_num_queries(15):
        client.post(url_of(published), typed(online))


def test_collection_statement_says_what_the_law_asks_for(client, db):
    for prefix, words in (
        ("en", ["Until 12 months after the seminar", "optional", "Personal Data (Privacy) Ordinance"]),
        ("tc", ["保留至研討會後12個月", "可選擇填寫", "《個人資料（私隱）條例》"]),
        ("sc", ["保留至研讨会后12个月", "可选择填写", "《个人资料（私隐）条例》"]),
    ):
        page = client.get(f"/{prefix}/seminars/personal-information/").content.decode()
        assert all(each in page for each in words)


def test_calendar_file_of_the_seminar_is_for_everybody(client, published):
    response = client.get(url_of(published, "calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="demo-seminar.ics"' in response["Content-Disposition"]
    assert b"METHOD:PUBLISH" in response.content


def test_address_in_chinese_gets_the_same_answer_page(client, published, online):
    response = client.post(url_of(published), typed(online, email="mei@例子.香港"))

    # A server sends headers in Latin-1 at most.
    response.cookies.output(header="").encode("ascii")
    assert SignUp.objects.get().email == "mei@例子.香港"
    assert "mei@例子.香港" in client.get(response["Location"]).content.decode()


def test_name_cannot_carry_paragraphs_or_links_into_a_mail(client, published, online):
    client.post(url_of(published), typed(online, name="Mei\r\n\r\nYour account is closed"))
    assert "Dear Mei  Your account is closed," in Message.objects.get().body

    for name in ("Win at https://evil.example", "Win at WWW.evil.example"):
        refused = client.post(url_of(published), typed(online, name=name, email="ken@beta.example"))
        assert refused.status_code == 422
        assert "Enter a name without a web address." in refused.content.decode()
    assert SignUp.objects.count() == 1

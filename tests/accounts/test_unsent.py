"""What is typed into a form whose sign-in has ended: kept for its person, and for nobody else."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import InternalNote, ProjectRecord, SectionAnswers
from portal import retention
from portal.accounts import unsent
from portal.accounts.models import UnsentForm
from tests.applications.conftest import PROJECT, draft, make_round, own_section, owner, round  # noqa: F401
from tests.applications.desk.handing_in import hand_in, open_round
from tests.applications.test_views import at, flat
from tests.services.people import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
TYPED = "Three hours of writing, with 𨋢 in it."


@pytest.fixture
def section(draft):  # noqa: F811
    return at("section", draft, own_section(draft)["uid"])


def landing_on(page):
    """Where the sign-in of this page leads to."""
    link = re.search(r'govuk-button" href="([^"]+)"', page.content.decode())[1].replace("&amp;", "&")
    return parse_qs(urlsplit(link).query)["next"][0]


def late(browser, address, data, *, minutes=125):
    """Send the form when the session has run out."""
    browser.get(reverse("accounts:session"))
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        return browser.post(address, data)


def without_session(browser, address, data):
    Session.objects.all().delete()
    return browser.post(address, data)


@pytest.mark.parametrize("send", [late, without_session])
def test_section_sent_too_late_stands_in_its_form_after_signing_in(client_for, mei, section, send):
    browser = client_for(mei)
    browser.get(section)

    told = send(browser, section, {"summary": TYPED, "version": "0", "is_completed": "no"})

    assert told.status_code == 403
    assert "You were signed out" in told.content.decode() and TYPED in told.content.decode()
    kept = UnsentForm.objects.get()
    assert (kept.user, kept.path) == (mei, section)
    assert landing_on(told) == f"{section}?kept={kept.uuid}"
    page = sign_in(browser, mei).get(landing_on(told))
    assert page.context["form"]["summary"].value() == TYPED
    assert "is in the form again. It is not saved yet." in page.content.decode()
    assert f'action="{section}?kept={kept.uuid}"' in page.content.decode()
    assert "data-unsaved " in page.content.decode()
    assert not SectionAnswers.objects.exists()


def test_kept_section_is_let_go_of_when_it_is_saved(client_for, mei, section):
    browser = client_for(mei)
    landing = landing_on(late(browser, section, {"summary": TYPED, "version": "0"}))
    sign_in(browser, mei).post(landing, {"summary": TYPED, "version": "0"})
    assert SectionAnswers.objects.get().data["summary"] == TYPED
    assert not UnsentForm.objects.exists()
    page = browser.get(landing).content.decode()
    assert "is in the form again" not in page and "data-unsaved " not in page


def test_colleague_who_saved_meanwhile_is_not_overwritten(client_for, mei, ken, section):
    browser = client_for(mei)
    landing = landing_on(late(browser, section, {"summary": TYPED, "version": "0"}))
    client_for(ken).post(section, {"summary": "ken's", "version": "0"})
    sign_in(browser, mei)
    version = browser.get(landing).context["form"]["version"].value()
    conflict = browser.post(landing, {"summary": TYPED, "version": version})
    assert conflict.status_code == 409
    assert TYPED in conflict.content.decode() and "ken&#x27;s" in conflict.content.decode()
    assert UnsentForm.objects.exists(), "it has not arrived yet"


def test_record_sent_too_late_stands_in_its_form_and_is_made_once(client_for, mei, draft):  # noqa: F811
    browser = client_for(mei)
    sent = {**flat(PROJECT), "page_key": "k", "version": "0"}
    landing = landing_on(late(browser, at("project_add", draft), sent))
    form = sign_in(browser, mei).get(landing).context["form"]
    assert form["factory_name"].value() == PROJECT["factory_name"]
    assert form["page_key"].value() == "k"
    for _press in range(2):
        browser.post(landing, sent)
    assert ProjectRecord.objects.count() == 1


@pytest.mark.parametrize("who", ["ken", "otto"])
def test_kept_text_is_shown_to_nobody_else(client_for, mei, section, who, request):
    other = client_for(request.getfixturevalue(who))
    late(client_for(mei), section, {"summary": TYPED, "version": "0"})
    kept = UnsentForm.objects.get()
    page = other.get(f"{section}?kept={kept.uuid}")
    assert TYPED not in page.content.decode()
    assert other.get(reverse("accounts:unsent", args=[kept.uuid])).status_code == 404
    assert other.post(reverse("accounts:unsent_throw_away", args=[kept.uuid])).status_code == 404
    assert UnsentForm.objects.exists()


def test_kept_text_stands_on_no_other_page(client_for, mei, draft, section):  # noqa: F811
    late(client_for(mei), section, {"summary": TYPED, "version": "0"})
    add = client_for(mei).get(f"{at('project_add', draft)}?kept={UnsentForm.objects.get().uuid}")
    assert "is in the form again" not in add.content.decode()
    assert client_for(mei).get(f"{section}?kept=x").status_code == 200


def test_office_form_sent_too_late_is_one_press_away_after_signing_in(client_for, mei, officer):
    case = hand_in(open_round(), mei)
    browser, key = client_for(officer), uuid4()
    notes = reverse("cases:notes", args=[case.uuid])
    browser.get(notes)

    told = late(browser, notes, {"text": f"{TYPED}\r\nSecond line", "key": str(key)}, minutes=31)

    assert told.status_code == 403 and not InternalNote.objects.exists()
    kept = UnsentForm.objects.get()
    assert landing_on(told) == reverse("accounts:unsent", args=[kept.uuid])
    assert sign_in(browser, officer).get(reverse("accounts:after_sign_in")).url == landing_on(told)
    page = browser.get(landing_on(told)).content.decode()
    assert f'<form method="post" action="{notes}?kept={kept.uuid}"' in page
    assert f'<textarea name="text" hidden>\n{TYPED}\r\nSecond line</textarea>' in page
    browser.post(f"{notes}?kept={kept.uuid}", {name: texts[0] for name, texts in kept.fields})
    assert InternalNote.objects.get().text == f"{TYPED}\nSecond line"
    assert not UnsentForm.objects.exists()


def test_company_form_with_errors_stays_kept(client_for, mei):
    browser, address = client_for(mei), reverse("accounts:company_change")
    late(browser, address, {"name_en": TYPED, "address": ""})
    kept = UnsentForm.objects.get()
    again = sign_in(browser, mei).post(f"{address}?kept={kept.uuid}", {"name_en": TYPED, "address": ""})
    assert again.status_code == 422
    assert UnsentForm.objects.exists()
    gone = browser.post(reverse("accounts:unsent_throw_away", args=[kept.uuid]))
    assert gone.status_code == 302 and not UnsentForm.objects.exists()


def test_nothing_is_kept_where_it_is_not_certain_whose_it_was(mei, section):
    stranger = Client()
    assert stranger.post(section, {"summary": TYPED}).status_code == 403
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, mei).get(section)
    Session.objects.all().delete()
    browser.post(section, {"summary": TYPED})
    browser.post(reverse("cases:queue"), {"text": TYPED})
    assert not UnsentForm.objects.exists()


def test_no_password_and_no_empty_form_is_kept(client_for, mei):
    change = reverse("account_change_password")
    for sent in ({"oldpassword": PASSWORD, "password1": "another long pass phrase"}, {"x": "  "}):
        browser = client_for(mei)
        browser.get(reverse("accounts:home"))
        assert "another long" not in late(browser, change, sent).content.decode()
    assert not UnsentForm.objects.exists()


def test_form_from_before_the_newest_sign_in_is_kept_for_who_sends_it(mei, section):
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, mei).get(section)
    told = browser.post(
        section,
        {"summary": TYPED, "version": "0", "csrfmiddlewaretoken": "a" * 64},
        headers={"origin": "http://testserver"},
    )
    kept = UnsentForm.objects.get()
    assert (told.status_code, kept.user) == (403, mei)
    assert f'href="{section}?kept={kept.uuid}"' in told.content.decode()
    browser.post(section, {"summary": TYPED}, headers={"origin": "https://other.example"})
    assert UnsentForm.objects.count() == 1


def test_newest_forms_of_a_person_are_kept_and_only_for_a_day(client_for, mei, section, monkeypatch):
    monkeypatch.setattr(unsent, "MOST", 2)
    browser = client_for(mei)
    browser.get(section)
    Session.objects.all().delete()
    for number in range(3):
        browser.post(section, {"summary": f"{TYPED} {number}", "version": "0"})
    assert [dict(each.fields)["summary"][0][-1] for each in UnsentForm.objects.order_by("pk")] == ["1", "2"]
    newest = UnsentForm.objects.latest("pk")
    tomorrow = timezone.now() + unsent.KEPT_FOR + timedelta(minutes=1)
    with time_machine.travel(tomorrow, tick=False):
        again = client_for(mei)
        assert again.get(reverse("accounts:unsent", args=[newest.uuid])).status_code == 404
        retention.run()
    assert not UnsentForm.objects.exists()


def test_person_of_the_browser_is_not_to_be_made_up(mei, section):
    browser = Client()
    browser.cookies[unsent.PERSON_COOKIE] = f"{mei.uuid}:x"
    browser.post(section, {"summary": TYPED})
    assert not UnsentForm.objects.exists()


def test_look_at_the_session_does_not_make_it_longer_and_a_press_does(client_for, mei):
    address = reverse("accounts:session")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = client_for(mei)
        browser.get(reverse("accounts:home"))
        clock.shift(timedelta(minutes=116))
        looked = browser.get(address).json()
        assert (looked["left"], looked["can_extend"]) == (240, True)
        assert "You will be signed out at" in looked["sentence"]
        assert browser.get(address).json()["left"] == 240
        assert browser.post(address).json()["left"] == 7200
        clock.shift(timedelta(minutes=121))
        assert browser.get(address).status_code == 403


def test_end_that_cannot_be_put_off_is_told(client_for, officer):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = client_for(officer)
        for _ in range(25):
            browser.get(reverse("accounts:profile"))
            clock.shift(timedelta(minutes=28, seconds=40))
        told = browser.post(reverse("accounts:session")).json()
    assert told["left"] == 12 * 3600 - 25 * 1720 and not told["can_extend"]
    assert "cannot be made longer" in told["sentence"]


def test_page_carries_the_end_of_its_session(client_for, mei, officer):
    for user, address, seconds in (
        (mei, reverse("accounts:home"), 7200),
        (officer, reverse("cases:queue"), 1800),
    ):
        page = client_for(user).get(address).content.decode()
        left = int(re.search(r'data-left="(\d+)"', page)[1])
        assert seconds - 5 <= left <= seconds
        assert "You stay signed in until" in page

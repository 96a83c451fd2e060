from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from portal import dates
from seminars import changes, seats
from seminars.changes.kinds import ADDRESS, LABEL, VENUE
from seminars.models import Seminar, SeminarPage, SeminarQuestion
from tests.seminars.makers import details

INLINES = ("rundown", "speakers", "organisations", "options", "questions", "invitation_codes")


def form_data(**changes):
    data = {
        "title_en": "Demo new seminar",
        "title_zh_hant": "示範新研討會",
        "title_zh_hans": "示范新研讨会",
        "starts_at": "2030-05-08 14:30",
        "ends_at": "2030-05-08 16:00",
        "sign_up_opens_at": "2030-04-01 09:00",
        "sign_up_closes_at": "2030-05-07 17:00",
        "venue_en": "Online.",
        "venue_zh_hant": "網上。",
        "venue_zh_hans": "线上。",
        "languages_of_delivery": ["cantonese"],
        "enquiry_telephone": "+852 2000 0000",
        "company_cap": "3",
    }
    for name in INLINES:
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
        data |= {f"{name}-MIN_NUM_FORMS": "0", f"{name}-MAX_NUM_FORMS": "1000"}
    data |= {
        "options-TOTAL_FORMS": "1",
        "options-0-mode": "online",
        "options-0-label_en": "Online",
        "options-0-label_zh_hant": "網上參加",
        "options-0-label_zh_hans": "线上参加",
        "options-0-capacity": "60",
        "options-0-weather_triggers": ["typhoon_8"],
        "options-0-weather_decision_time": "11:00",
        "options-0-weather_if_in_force": "on",
        "options-0-weather_effect": "cancel",
        "options-0-ORDER": "1",
        "options-0-DELETE": "",
        "options-0-id": "",
    }
    return data | changes


@pytest.fixture
def browser(client_for, editor):
    return client_for(editor)


def test_seminar_without_a_way_to_attend_is_told_to_add_one(browser, index):
    html = browser.post(
        reverse("seminar_facts:add"), form_data(**{"options-TOTAL_FORMS": "0"})
    ).content.decode()

    assert "Add a way to attend: online, or a venue." in html and not Seminar.objects.exists()
    # What the form calls its boxes begins as a label does.
    assert "Languages of delivery" in html and "languages of delivery" not in html


def test_one_sitting_makes_the_row_and_a_draft_in_each_language(browser, index):
    response = browser.post(reverse("seminar_facts:add"), form_data(), follow=True)
    seminar = Seminar.objects.get()
    assert (seminar.title_en, seminar.company_cap, seminar.state) == ("Demo new seminar", 3, "scheduled")
    option = seminar.options.get()
    assert (option.capacity, option.weather_triggers, option.weather_if_hoisted_later) == (
        60,
        ["typhoon_8"],
        False,
    )
    pages = {page.locale.language_code: page for page in seminar.pages.all()}
    assert {code: page.title for code, page in pages.items()} == {
        "en": "Demo new seminar",
        "zh-hant": "示範新研討會",
        "zh-hans": "示范新研讨会",
    }
    assert len({page.translation_key for page in pages.values()}) == 1
    assert not any(page.live for page in pages.values())
    words = response.content.decode()
    for page in pages.values():
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in words
        assert browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_wrong_dates_are_said_and_make_nothing(browser, index):
    response = browser.post(reverse("seminar_facts:add"), form_data(ends_at="2030-05-08 14:00"))
    assert "The end must be after the start." in response.content.decode()
    assert not Seminar.objects.exists() and not SeminarPage.objects.exists()


def test_people_are_not_forgotten_before_the_seminar(browser, index):
    typed = form_data(personal_data_until="2030-05-08")
    response = browser.post(reverse("seminar_facts:add"), typed)
    assert "until some day after the seminar" in response.content.decode() and not Seminar.objects.exists()
    browser.post(reverse("seminar_facts:add"), typed | {"personal_data_until": "2030-05-09"})
    assert Seminar.objects.exists()


def edit_data(seminar, **changes):
    """What the form of a seminar sends when only its titles are changed."""
    data = form_data() | {
        name: f"{dates.local(getattr(seminar, name)):%Y-%m-%d %H:%M}"
        for name in ("starts_at", "ends_at", "sign_up_opens_at", "sign_up_closes_at")
    }
    data |= {name: getattr(seminar, name) for name in VENUE}
    for number, option in enumerate(seminar.options.all()):
        data |= {f"options-{number}-{key.split('-', 2)[2]}": value for key, value in form_data().items() if
                 key.startswith("options-0-")}  # fmt: skip
        data |= {
            f"options-{number}-id": str(option.pk),
            f"options-{number}-mode": option.mode,
            **{f"options-{number}-{name}": getattr(option, name) for name in (*LABEL, *ADDRESS)},
            f"options-{number}-capacity": "999",
        }
    count = str(seminar.options.count())
    return data | {"options-TOTAL_FORMS": count, "options-INITIAL_FORMS": count} | changes


def test_editing_facts_changes_no_seat_and_no_counter(browser, published, online):
    seats.sign_up(published, option=online, details=details("mei"))
    target = reverse("seminar_facts:edit", args=[published.pk])
    assert browser.get(target).status_code == 200
    response = browser.post(target, edit_data(published, company_cap="50", state="cancelled"))
    assert response.status_code == 302
    seminar = Seminar.objects.get()
    assert (seminar.title_en, seminar.company_cap, seminar.state) == ("Demo new seminar", 2, "scheduled")
    assert (seminar.next_queue_number, seminar.revision) == (2, 1)
    assert sorted(seminar.options.values_list("capacity", flat=True)) == [1, 3]
    assert set(seminar.pages.values_list("title", flat=True)) == {
        "Demo new seminar",
        "示範新研討會",
        "示范新研讨会",
    }


def test_way_to_attend_with_people_cannot_be_removed(browser, published, online):
    seats.sign_up(published, option=online, details=details("mei"))
    number = list(published.options.all()).index(online)
    target = reverse("seminar_facts:edit", args=[published.pk])
    response = browser.post(target, edit_data(published, **{f"options-{number}-DELETE": "1"}))
    assert "cannot be removed" in response.content.decode()
    assert published.options.count() == 2


def test_nobody_deletes_a_seminar(browser, published, client_for, root):
    target = reverse("seminar_facts:delete", args=[published.pk])
    for client in (browser, client_for(root)):
        assert client.post(target).status_code == 302
    assert Seminar.objects.count() == 1


def test_officer_and_assessor_edit_no_facts(published, client_for, officer, assessor):
    target = reverse("seminar_facts:edit", args=[published.pk])
    client_for(officer).post(target, edit_data(published))
    assert client_for(assessor).post(target, edit_data(published)).status_code == 403
    assert Seminar.objects.get().title_en == "Demo seminar"


def test_seminar_by_invitation_needs_a_code(browser, index):
    response = browser.post(reverse("seminar_facts:add"), form_data(by_invitation="on"))
    assert "Add an invitation code" in response.content.decode() and not Seminar.objects.exists()
    codes = {
        "invitation_codes-TOTAL_FORMS": "1",
        "invitation_codes-0-code": "guild 2026",
        "invitation_codes-0-given_to": "Demo Guild",
        "invitation_codes-0-uses": "",
        "invitation_codes-0-id": "",
        "invitation_codes-0-ORDER": "1",
        "invitation_codes-0-DELETE": "",
    }
    browser.post(reverse("seminar_facts:add"), form_data(by_invitation="on", **codes))
    assert Seminar.objects.get().invitation_codes.get().code == "GUILD2026"


def test_question_with_answers_cannot_be_removed(browser, published, online):
    question = SeminarQuestion.objects.create(
        seminar=published, label_en="Lunch", label_zh_hant="午餐", label_zh_hans="午餐"
    )
    seats.sign_up(published, option=online, details=details("mei", answers={str(question.uuid): "yes"}))
    row = {"questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "1", "questions-0-id": str(question.pk)}
    row |= {"questions-0-kind": "text", "questions-0-label_en": "Lunch", "questions-0-DELETE": "1"}
    row |= {
        "questions-0-label_zh_hant": "午餐",
        "questions-0-label_zh_hans": "午餐",
        "questions-0-ORDER": "1",
    }
    target = reverse("seminar_facts:edit", args=[published.pk])
    response = browser.post(target, edit_data(published, **row))
    assert "people have answered it" in response.content.decode()
    assert published.questions.count() == 1


def refusals(response):
    """[(words, where the link leads)] of the refusals on the page."""
    page = BeautifulSoup(response.content, "html.parser")
    found = [each for each in page.select(".error-message") if "is announced" in each.get_text()]
    return [(each.get_text(" ", strip=True), each.a["href"] if each.a else None) for each in found]


TOLD = {
    "starts_at": "2031-01-08 14:30",
    "ends_at": "2031-01-08 16:00",
    "venue_en": "Elsewhere.",
    "venue_zh_hans": "别处。",
    "options-1-address_zh_hant": "新界示範路9號",
    "options-1-label_zh_hans": "另一会堂",
}


def test_date_and_place_of_an_announced_seminar_are_changed_where_people_are_told(
    client_for, organiser, published
):
    target = reverse("seminar_facts:edit", args=[published.pk])
    browser = client_for(organiser)
    response = browser.post(target, edit_data(published, **TOLD))
    office = reverse("office_seminars:change", args=[published.uuid])
    assert [address for _words, address in refusals(response)] == [office] * len(TOLD)
    assert "Elsewhere." in response.content.decode(), "what was typed stays in the box"
    (told,) = {words for words, _address in refusals(response)}
    assert told.endswith("is told: Change the time or place")
    before = Seminar.objects.get()
    assert (before.title_en, before.starts_at, before.revision) == ("Demo seminar", published.starts_at, 0)

    response = browser.post(target, edit_data(published, **{"options-1-mode": "online"}))
    overview = reverse("office_seminars:detail", args=[published.uuid])
    assert [address for _words, address in refusals(response)] == [overview]
    Seminar.objects.update(state="postponed")
    response = browser.post(target, edit_data(published, venue_en="Elsewhere."))
    dates_screen = reverse("office_seminars:reschedule", args=[published.uuid])
    assert [address for _words, address in refusals(response)] == [dates_screen]


def test_editor_is_told_who_changes_it_and_led_to_no_closed_door(browser, published):
    target = reverse("seminar_facts:edit", args=[published.pk])
    ((words, link),) = refusals(browser.post(target, edit_data(published, venue_en="Elsewhere.")))
    assert "An organiser changes date and place" in words and link is None


def test_older_page_brings_no_old_date_back(browser, published):
    """The office moved the seminar after the editor had opened the form."""
    typed = edit_data(published)
    later = {name: getattr(published, name) + timedelta(days=7) for name in ("starts_at", "ends_at")}
    closing = {"sign_up_closes_at": published.sign_up_closes_at}
    changes.make(published, changes.ChangeFacts(venue={}, **later, **closing), actor=None)
    response = browser.post(reverse("seminar_facts:edit", args=[published.pk]), typed)
    assert len(refusals(response)) == 2
    assert Seminar.objects.get().starts_at == later["starts_at"]


def test_seconds_that_no_form_knows_are_no_change(browser, published):
    second = {name: getattr(published, name).replace(second=7) for name in ("starts_at", "ends_at")}
    Seminar.objects.update(**second)
    target = reverse("seminar_facts:edit", args=[published.pk])
    assert browser.post(target, edit_data(published, title_en="Demo seminar")).status_code == 302
    seminar = Seminar.objects.get()
    assert (seminar.starts_at, seminar.revision) == (second["starts_at"], 0)


@pytest.mark.parametrize("state", ["unannounced", "over", "cancelled"])
def test_what_nobody_is_on_the_way_to_is_put_right_here(browser, seminar, published, state):
    if state == "unannounced":
        published.pages.update(live=False)
    elif state == "over":
        long_ago = seminar.starts_at - timedelta(days=15)
        Seminar.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
        Seminar.objects.update(sign_up_closes_at=long_ago - timedelta(hours=1))
    else:
        Seminar.objects.update(state="cancelled")
    data = edit_data(Seminar.objects.get(), venue_en="Elsewhere.", **{"options-1-address_en": "9 Demo Road"})
    assert browser.post(reverse("seminar_facts:edit", args=[published.pk]), data).status_code == 302
    assert Seminar.objects.get().venue_en == "Elsewhere."
    assert set(seminar.options.values_list("address_en", flat=True)) == {"", "9 Demo Road"}

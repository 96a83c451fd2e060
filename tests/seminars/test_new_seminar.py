"""A new seminar in one sitting: three pages published by one press, and what need not be typed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import rich_text

from home import translations
from home.models import ContactSettings
from seminars.models import Seminar, SeminarIndexPage, SeminarPage
from tests.seminars.test_editor import form_data

ADDRESS = "seminar_facts:add"
LANGUAGES = ("en", "zh-hant", "zh-hans")
# What is left to be typed of an online seminar; the rest of the form as a browser sends it.
SHORT = {
    "title_zh_hans": "",
    "sign_up_opens_at": "",
    "sign_up_closes_at": "",
    **dict.fromkeys(("venue_en", "venue_zh_hant", "venue_zh_hans"), ""),
    **dict.fromkeys(("options-0-label_en", "options-0-label_zh_hant", "options-0-label_zh_hans"), ""),
    "lead_en": "What three shops have saved.",
    "lead_zh_hant": "三間工場節省了甚麼。",
    "lead_zh_hans": "",
    "introduction_en": rich_text("<p>Three shops.</p>"),
    "introduction_zh_hant": rich_text("<p>三間「工場」。</p>"),
    "introduction_zh_hans": "null",
}


@pytest.fixture
def browser(client_for, editor, index):
    return client_for(editor)


def press(browser, action="publish", **changes):
    data = form_data(**{**SHORT, f"action-{action}": "1", **changes})
    return browser.post(reverse(ADDRESS), data, follow=True)


def read_and_press(browser, action="publish", **changes):
    sent = press(browser, action, **changes).context["form"].data
    shown = {name: sent.getlist(name) for name in sent if not name.startswith("action-")}
    return press(browser, action, **{**shown, **changes, "simplified_read": "on"})


def pages():
    return {page.locale.language_code: page for page in SeminarPage.objects.select_related("locale")}


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_drafts_in_simplified_are_read_before_anything_is_saved(browser):
    response = press(browser)

    form = response.context["form"]
    assert form.data["title_zh_hans"] == "示范新研讨会"
    assert form.data["lead_zh_hans"] == "三间工场节省了甚么。"
    assert form.data["simplified_drafted"] == "introduction_zh_hans lead_zh_hans title_zh_hans"
    assert "三间“工场”。" in form.data["introduction_zh_hans"]
    assert response.content.decode().count("Machine draft: read it") == 3
    assert ["Nothing is saved yet. The Simplified" in words for words in told(response)] == [True]
    assert not Seminar.objects.exists() and not pages()


def test_one_press_publishes_the_three_pages(browser, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = read_and_press(browser)

    found = pages()
    assert {code: (page.live, page.lead) for code, page in found.items()} == {
        "en": (True, "What three shops have saved."),
        "zh-hant": (True, "三間工場節省了甚麼。"),
        "zh-hans": (True, "三间工场节省了甚么。"),
    }
    assert not any(page.has_unpublished_changes for page in found.values())
    assert {row.state for row in translations.standing_of(found["en"])} == {"in_step"}
    assert "“Demo new seminar” is published in all languages." in told(response)[0]
    assert "三间“工场”。" in client.get(found["zh-hans"].url).content.decode()
    for page in found.values():
        assert f'href="{page.url}"' in response.content.decode()


def test_what_follows_from_the_way_to_attend_and_the_start_is_not_typed(browser):
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    read_and_press(browser)

    seminar = Seminar.objects.get()
    option = seminar.options.get()
    assert (option.label_en, option.label_zh_hant, option.label_zh_hans) == ("Online", "網上", "线上")
    assert seminar.venue_en == "Online. Whoever has a place gets the link by email."
    assert seminar.venue_zh_hans == "线上举行，获得名额的人士会收到载有链接的电子邮件。"
    assert before <= seminar.sign_up_opens_at <= datetime.now(UTC)
    assert seminar.sign_up_closes_at == seminar.starts_at


def test_venue_is_typed_where_somebody_goes_there(browser):
    response = press(browser, **{"options-0-mode": "hong_kong", "sign_up_closes_at": "no date"})
    errors = response.context["form"].errors
    assert {"venue_en", "venue_zh_hant", "sign_up_closes_at"} <= set(errors)
    assert response.context["form"].data["options-0-label_en"] == "Venue in Hong Kong"
    assert "The seminar could not be created due to errors." in told(response)[0]
    assert not Seminar.objects.exists()


def test_what_recurs_is_filled_in_from_the_newest_seminar_else_from_the_site(browser, index):
    site = ContactSettings.load()
    site.telephone, site.email = "+852 2111 1111", "ask@demo.example"
    site.save()

    def shown():
        form = browser.get(reverse(ADDRESS)).context["form"]
        return {
            name: form[name].value()
            for name in ("enquiry_telephone", "enquiry_email", "company_cap", "title_en")
        }

    first = {"enquiry_telephone": "+852 2111 1111", "enquiry_email": "ask@demo.example"}
    assert shown() == first | {"company_cap": None, "title_en": ""}
    read_and_press(browser, enquiry_telephone="+852 2999 9999", enquiry_email="")
    newest = {"enquiry_telephone": "+852 2999 9999", "enquiry_email": ""}
    assert shown() == newest | {"company_cap": 3, "title_en": ""}
    assert Seminar.objects.count() == 1


@pytest.mark.parametrize("action", ["submit", "keep"])
def test_other_buttons_announce_nothing(browser, action):
    read_and_press(browser, action)

    assert {page.live for page in pages().values()} == {False}
    assert {page.workflow_in_progress for page in pages().values()} == {action == "submit"}


def test_who_may_not_publish_submits(browser, editor):
    GroupPagePermission.objects.filter(group__name="editor", permission__codename="publish_page").delete()
    offered = [action for action, _label in browser.get(reverse(ADDRESS)).context["buttons"]]
    assert offered == ["submit", "keep"]

    read_and_press(browser, "publish")

    assert len(pages()) == 3 and not any(page.live for page in pages().values())


def test_seminar_without_an_index_is_saved_and_says_that_it_has_no_page(client_for, editor):
    assert not SeminarIndexPage.objects.exists()
    response = read_and_press(client_for(editor), "publish")
    assert "No page was made: add a seminar index page first." in told(response)[0]
    assert Seminar.objects.count() == 1 and not pages()

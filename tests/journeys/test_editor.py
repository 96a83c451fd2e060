"""An editor works in Wagtail's admin, whose pages must load without a fault of any kind."""

import pytest
from wagtail.models import Locale, Page

from home.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from seminars.models import Seminar

pytestmark = pytest.mark.browser
# What a new seminar needs; 简体 is drafted.
SEMINAR = {
    "title_en": "Demo seminar made in one sitting",
    "title_zh_hant": "示範研討會：一次過建立",
    "starts_at": "2031-05-08 14:30",
    "ends_at": "2031-05-08 16:00",
    "options-0-capacity": "60",
    "lead_en": "Made by the journey.",
    "lead_zh_hant": "由測試建立。",
}
DRAFTED = "示范研讨会：一次过建立"


@pytest.fixture
def editor(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("editor@demo.example", staff="editor")
    visitor.page.wait_for_url(f"{visitor.origin}/**")
    return visitor


def publish(editor):
    editor.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    editor.page.get_by_role("button", name="Publish", exact=True).click()
    editor.page.get_by_text("published").first.wait_for()


def test_editor_changes_a_page_and_sees_which_translation_is_behind(editor):
    page = editor.page
    english = ContentPage.objects.get(slug="programme", locale__language_code="en")
    chinese = english.get_translation(Locale.objects.get(language_code="zh-hant"))
    above = HomePage.objects.get(locale__language_code="zh-hant")
    assert editor.go("/admin/").status == 200
    editor.go(f"/admin/pages/{above.pk}/")
    assert page.get_by_role("cell", name="Behind").count() == 0

    editor.go(f"/admin/pages/{english.pk}/edit/")
    page.locator("[name=lead]").fill("A sentence of the journey.")
    publish(editor)
    editor.go("/en/programme/")
    assert "A sentence of the journey." in page.inner_text("main")

    editor.go(f"/admin/pages/{above.pk}/")
    assert page.get_by_role("row").filter(has_text=chinese.title).get_by_text("Behind").count() == 1
    editor.go("/admin/reports/translations/?state=behind")
    assert page.get_by_role("row").filter(has_text=english.title).count() == 2
    editor.go(f"/admin/pages/{chinese.pk}/edit/")
    assert "the English text changed on" in page.inner_text("main")


@pytest.mark.audit
def test_editor_opens_the_translation_screen_of_a_new_page(editor):
    page = editor.page
    news = NewsIndexPage.objects.get(locale__language_code="en")
    item = news.add_child(
        instance=NewsPage(
            title="Demo news", slug="demo-news", date="2026-11-01", summary="Words to translate.",
            locale=news.locale,
        )
    )  # fmt: skip
    item.save_revision().publish()
    editor.go(f"/admin/localize/submit/page/{item.pk}/")
    for box in page.locator("input[name=locales]").all():
        box.check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Demo news").first.wait_for()
    chinese = Page.objects.get(translation_key=item.translation_key, locale__language_code="zh-hant")
    editor.go(f"/admin/pages/{chinese.pk}/edit/")
    page.get_by_text("Words to translate.").first.wait_for()


def test_editor_makes_and_publishes_a_seminar_in_one_sitting(editor):
    page = editor.page
    editor.go("/admin/")
    page.get_by_role("link", name="Seminars", exact=True).first.click()
    page.get_by_role("link", name="Add seminar").first.click()
    for name, value in SEMINAR.items():
        page.locator(f"[name={name}]").fill(value)
        page.keyboard.press("Tab")
    page.locator("input[name=languages_of_delivery][value=cantonese]").check()
    page.get_by_role("button", name="Publish in all languages").click()
    page.get_by_text("Nothing is saved yet.").first.wait_for()
    assert page.locator("[name=title_zh_hans]").input_value() == DRAFTED
    assert not Seminar.objects.filter(title_en=SEMINAR["title_en"]).exists()

    page.locator("[name=simplified_read]").check()
    page.get_by_role("button", name="Publish in all languages").click()
    page.get_by_text("is published in all languages").wait_for()
    seminar = Seminar.objects.get(title_en=SEMINAR["title_en"])
    assert seminar.options.get().capacity == 60
    pages = {each.locale.language_code: each for each in seminar.pages.select_related("locale")}
    assert set(pages) == {"en", "zh-hant", "zh-hans"} and all(each.live for each in pages.values())
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(f"**{pages['en'].url}")
    assert SEMINAR["lead_en"] in page.inner_text("main")


WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {color: red}</style></head><body>
<!--StartFragment--><h1 style="mso-outline-level:1"><span lang="EN-HK">Pasted title<o:p></o:p></span></h1>
<p class="MsoNormal"><b><span style="font-size:14pt;color:#C00000">Bold words</span></b><span> and
<u>others</u><o:p></o:p></span></p>
<p class="MsoListParagraph"><a href="javascript:alert(1)">bad link</a>,
<a href="https://example.org/">good link</a></p>
<p class="MsoNormal"><img src="file:///C:/Temp/image001.png" alt="x"></p><script>window.pasted = 1</script>
<!--EndFragment--></body></html>
"""
PASTE = """
(place, html) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', 'Pasted title');
  place.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}
"""

SESSIONS = ".w-editing-sessions"


@pytest.mark.audit
def test_text_pasted_from_word_keeps_its_words_and_what_texts_may_have(editor, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page = editor.page
    leaflet = ContentPage.objects.get(slug="privacy", locale__language_code="en")
    editor.go(f"/admin/pages/{leaflet.pk}/edit/")
    place = page.locator("[contenteditable=true]").first
    place.click()
    page.keyboard.press("Control+A")
    place.evaluate(PASTE, WORD)
    # The form gets the text a moment after the screen.
    for _wait in range(60):
        values = page.eval_on_selector_all(
            "[data-draftail-input]", "fields => fields.map(each => each.value)"
        )
        if any("Bold words" in value for value in values):
            break
        page.wait_for_timeout(250)
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()

    leaflet.refresh_from_db()
    written = str(
        next(b for b in leaflet.get_latest_revision_as_object().body if b.block_type == "text").value
    )
    for words in ("Pasted title", "<b>Bold words</b>", "others", "bad link", 'href="https://example.org/"'):
        assert words in written
    for left_out in ("style", "class", "Mso", "<o:p", "<span", "<h1", "<u>", "<img", "javascript:", "file:"):
        assert left_out not in written
    assert page.evaluate("window.pasted") is None


@pytest.mark.audit
def test_two_editors_on_one_page_hear_of_each_other_before_one_overwrites_the_other(
    editor, new_visitor, settings
):
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 500
    # What is saved by itself is refused in silence: here somebody presses.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    leaflet = ContentPage.objects.get(slug="privacy", locale__language_code="en")
    other = new_visitor()
    other.sign_in("root@demo.example", staff="root")
    for visitor in (editor, other):
        visitor.go(f"/admin/pages/{leaflet.pk}/edit/")
    editor.page.locator(f"{SESSIONS} button").first.wait_for()

    other.page.locator("[name=lead]").fill("Words of the other.")
    with other.page.expect_navigation():
        other.page.get_by_role("button", name="Save draft").click()
    editor.page.locator("[name=lead]").fill("Words of the editor.")
    editor.page.locator(f"{SESSIONS} [aria-label='Demo Superuser saved a new version']").first.wait_for()
    editor.page.get_by_role("button", name="Save draft").click()
    with editor.page.expect_navigation():
        editor.page.get_by_role("dialog").get_by_role("button", name="Save draft").click()

    editor.page.get_by_text("the other one is kept").wait_for()
    leads = leaflet.revisions.order_by("-created_at").values_list("content__lead", flat=True)[:2]
    assert list(leads) == ["Words of the editor.", "Words of the other."]


@pytest.mark.audit
def test_editor_is_told_of_a_link_and_a_heading_that_say_nothing(editor):
    page = editor.page
    english = ContentPage.objects.get(slug="programme", locale__language_code="en")
    english.body = [("text", '<p>All is said <a href="https://demo.example/">here</a>.</p>')]
    english.save_revision().publish()
    editor.go(f"/admin/pages/{english.pk}/edit/")
    page.get_by_role("button", name="Toggle checks").click()

    finding = page.get_by_text("The words of a link say nothing by themselves")
    finding.wait_for()
    assert finding.is_visible()

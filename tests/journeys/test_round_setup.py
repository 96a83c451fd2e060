"""An officer prepares next year's round from this year's, without a developer, and opens it."""

import pytest

from applications import rounds
from applications.models import FormVersion, Question, Round
from portal import dates

pytestmark = [pytest.mark.browser, pytest.mark.audit]


def save(page):
    with page.expect_navigation():
        page.locator("footer button[type=submit]").first.click()


def unfold(page, name):
    """Open the part of a row of Wagtail's form that holds this field."""
    field = page.locator(f"[name={name}]")
    if not field.is_visible():
        panel = page.locator("section.w-panel").filter(has=field).last
        panel.locator("[data-panel-toggle]").first.click()
    return field


def copy_last_years_round(officer, old):
    page = officer.page
    officer.follow("Rounds")
    officer.look()
    officer.follow(old.name_en)
    officer.look()
    officer.follow("Copy this round")
    officer.look()
    officer.press("Copy this round")
    assert "The copy is made" in page.inner_text("main")
    made = Round.objects.exclude(pk=old.pk).get()
    assert page.url.endswith(f"/office/rounds/{made.uuid}/")
    return made


def leave_a_translation_out_and_a_condition_wrong(officer, section):
    page = officer.page
    officer.follow(section.title_en)
    page.wait_for_url("**/admin/round_sections/edit/**")
    page.get_by_role("button", name="Add question").click()
    place = section.questions.count()
    page.locator(f"[name=questions-{place}-label_en]").fill("Water saved last year, in m³")
    page.locator(f"[name=questions-{place}-kind]").select_option("short_text")
    unfold(page, f"questions-{place}-only_if_key").fill("nowhere")
    page.locator(f"[name=questions-{place}-only_if_value]").fill("yes")
    page.locator("footer button[type=submit]").first.click()
    page.get_by_text("There is no question with the key “nowhere”").first.wait_for()
    # Nothing typed is lost.
    assert page.locator(f"[name=questions-{place}-label_en]").input_value() == "Water saved last year, in m³"
    unfold(page, f"questions-{place}-only_if_key").fill("")
    page.locator(f"[name=questions-{place}-only_if_value]").fill("")
    save(page)
    assert Question.objects.get(section=section, key="water_saved_last_year_in_m3").label_zh_hant == ""
    return place


def put_right_what_the_check_names(officer, made, place):
    page = officer.page
    officer.go(f"/en/office/rounds/{made.uuid}/")
    assert "The check has found 2 things" in page.inner_text("main")
    assert page.get_by_role("link", name="Open this round").count() == 0
    officer.look()
    officer.follow("is missing in Traditional Chinese.", exact=False)
    page.locator(f"[name=questions-{place}-label_zh_hant]").fill("去年節約的用水量（立方米）")
    page.locator(f"[name=questions-{place}-label_zh_hans]").fill("去年节约的用水量（立方米）")
    save(page)
    officer.go(f"/en/office/rounds/{made.uuid}/")
    assert "The check has found nothing to put right" in page.inner_text("main")


def preview(officer, made, section):
    page = officer.page
    officer.follow("Preview as provider")
    officer.look()
    for prefix, words in (
        ("en", "Water saved last year"),
        ("tc", "去年節約的用水量"),
        ("sc", "去年节约的用水量"),
    ):
        officer.go(f"/{prefix}/office/rounds/{made.uuid}/preview/{section.uuid}/")
        assert words in page.inner_text("main")
        assert page.locator("main form").count() == 0
    officer.look()


def test_officer_copies_changes_checks_previews_and_opens_a_round(new_visitor):
    old = Round.objects.get()
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    made = copy_last_years_round(officer, old)
    section = made.sections.order_by("sort_order").first()
    place = leave_a_translation_out_and_a_condition_wrong(officer, section)
    put_right_what_the_check_names(officer, made, place)
    preview(officer, made, section)

    officer.go(f"/en/office/rounds/{made.uuid}/")
    officer.follow("Open this round")
    officer.look()
    officer.press("Open this round")
    assert dates.day(made.opens_at) in page.inner_text("main")
    made.refresh_from_db()
    assert rounds.is_awaited(made)
    assert FormVersion.objects.get(round=made).number == 1
    officer.look()

    reader = new_visitor()
    reader.go(f"/tc/apply/rounds/{made.uuid}/questions/")
    assert "去年節約的用水量" in reader.page.inner_text("main")


def test_officer_moves_the_closing_time_and_gives_one_company_more(new_visitor):
    round = Round.objects.get()
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    officer.go(f"/en/office/rounds/{round.uuid}/extend/")
    officer.look()
    officer.press("Move the closing time")
    assert "There is a problem" in page.inner_text("main")
    officer.look_here()
    later = dates.local(round.closes_at).replace(year=round.closes_at.year, month=3, day=1)
    for part, value in (("day", later.day), ("month", later.month), ("year", later.year)):
        page.locator(f"input[name=day_{part}]").fill(str(value))
    officer.fill("Time", "17:00", exact=False)
    officer.fill("Reason", "A typhoon closed offices on the last day.", exact=False)
    officer.press("Move the closing time")
    assert "1 March" in page.inner_text("main")
    officer.follow("Companies with a draft")
    officer.look()
    officer.follow("Give more time", exact=False)
    officer.look()

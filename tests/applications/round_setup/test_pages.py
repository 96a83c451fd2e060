"""The pages of rounds in the office: what they show, what they do, and what they tell."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from applications import workflow
from applications.models import Application, Criterion, Extension, Question, Round, Section, SectionAnswers
from applications.round_setup import copying, corrections, opening
from applications.submissions import contents
from portal import dates
from portal.audit import trail
from portal.mail.models import Message
from tests.applications.conftest import GOOD, own_section, save, texts, upload
from tests.applications.round_setup.conftest import make_ready

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"rounds:{name}", args=args)


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def extension_data(moment, reason="Typhoon"):
    at = dates.local(moment)
    return {
        "day_day": at.day,
        "day_month": at.month,
        "day_year": at.year,
        "clock": f"{at.hour:02}：{at.minute:02}",
        "reason": reason,
    }


def test_index_lists_rounds_with_their_standing(desk, preparing, opened, draft, submitted):
    text = words(desk.get(url("index")))
    assert text.count(url("desk", preparing.uuid)) == 1
    assert "Being prepared" in text and "Open" in text
    assert reverse("round_facts:add") in text


@pytest.mark.parametrize("count", [1, 3])
def test_index_asks_the_database_the_same_number_of_times(desk, opened, count, django_assert_num_queries):
    for _ in range(count - 1):
        copying.copy(opened, officer=None)
    desk.get(url("index"))
    with django_assert_num_queries(7):
        words(desk.get(url("index")))


def test_desk_tells_who_changed_the_questions(desk, officer, preparing):
    section = preparing.sections.first()
    trail.record(
        "section.changed", obj_kind="section", obj_uuid=section.uuid, actor=officer, changed=["questions"]
    )
    entry = desk.get(url("desk", preparing.uuid)).context["entries"][0]
    assert (entry.title, entry.who) == (f"Section “{section.title_en}” changed", str(officer))


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_the_database_the_same_number_of_times(
    desk, opened, preparing, count, django_assert_num_queries
):
    for number in range(1, count):
        section = Section.objects.create(
            round=preparing, sort_order=number + 1, **texts("title", str(number))
        )
        Question.objects.create(section=section, key=f"k{number}", kind="date", **texts("label", "When"))
    desk.get(url("desk", preparing.uuid))
    with django_assert_num_queries(16):
        words(desk.get(url("desk", preparing.uuid)))


def test_desk_of_a_round_in_order_offers_to_open_it(desk, preparing):
    text = words(desk.get(url("desk", preparing.uuid)))
    assert "The check has found nothing to put right" in text
    assert url("open", preparing.uuid) in text and url("extend", preparing.uuid) not in text


def test_findings_lead_to_the_screens_where_they_are_put_right(desk, preparing):
    row = Question.objects.get(section__round=preparing, key="verifier")
    Question.objects.filter(pk=row.pk).update(only_if_value="perhaps")
    Criterion.objects.filter(round=preparing).delete()
    for name in ("desk", "open"):
        text = words(desk.get(url(name, preparing.uuid)))
        question_screen = reverse("round_sections:edit", args=[row.section_id])
        assert f'href="{question_screen}#inline_child_questions-6"' in text
        assert f'href="{reverse("round_facts:edit", args=[preparing.pk])}#tab-criteria"' in text
        assert f'action="{url("open", preparing.uuid)}"' not in text
    screen = words(desk.get(question_screen))
    assert 'id="inline_child_questions-6"' in screen
    assert 'id="tab-criteria"' in words(desk.get(reverse("round_facts:edit", args=[preparing.pk])))


def test_auditor_reads_and_is_offered_nothing_to_do(client_for, auditor, opened):
    text = words(client_for(auditor).get(url("desk", opened.uuid)))
    for name in ("preview", "copy", "extend", "drafts", "open"):
        assert url(name, opened.uuid) not in text
    assert "/admin/" not in text
    assert client_for(auditor).post(url("copy", opened.uuid)).status_code == 403
    assert Round.objects.count() == 1


def test_copy_by_the_page(desk, opened):
    assert "Copy this round?" in words(desk.get(url("copy", opened.uuid)))
    assert Round.objects.count() == 1
    response = desk.post(url("copy", opened.uuid), follow=True)
    made = Round.objects.get(state=Round.State.PREPARING)
    assert response.redirect_chain[-1][0] == url("desk", made.uuid)
    assert "The copy is made" in words(response)


def test_opening_by_the_page_and_taking_it_back(desk, preparing):
    assert "Open this round?" in words(desk.get(url("open", preparing.uuid)))
    assert Round.objects.get(pk=preparing.pk).released_at is None
    text = words(desk.post(url("open", preparing.uuid), follow=True))
    assert "opens by itself on" in text and "Take the opening back" in text
    assert "This round was opened already." in words(desk.post(url("open", preparing.uuid), follow=True))
    assert preparing.form_versions.count() == 1
    assert "The opening is taken back." in words(desk.post(url("take_back", preparing.uuid), follow=True))
    assert Round.objects.get(pk=preparing.pk).released_at is None


def test_post_with_findings_opens_nothing(desk, preparing):
    Criterion.objects.filter(round=preparing).delete()
    text = words(desk.post(url("open", preparing.uuid), follow=True))
    assert "Put right what the check has found first." in text
    assert Round.objects.get(pk=preparing.pk).released_at is None


@pytest.mark.parametrize(
    ("prefix", "label", "asked"),
    [("en", "Staff", "Why it is asked"), ("tc", "Staff繁", "為何要問"), ("sc", "Staff简", "为何要问")],
)
def test_preview_shows_the_form_in_three_languages_and_makes_nothing(desk, preparing, prefix, label, asked):
    Question.objects.filter(section__round=preparing, key="staff").update(
        why_en="To see size", why_zh_hant="了解規模", why_zh_hans="了解规模"
    )
    section = preparing.sections.get()
    for address in (url("preview", preparing.uuid), url("preview_section", preparing.uuid, section.uuid)):
        text = words(desk.get(address.replace("/en/", f"/{prefix}/", 1)))
        assert label in text and asked in text
        assert "<form" not in text.split("<main")[1].split("</main")[0]
    assert 'name="turnover_currency"' in text
    assert Application.objects.count() == 0 and not preparing.form_versions.exists()


def test_preview_offers_more_rows_where_its_script_can_add_them(desk, preparing):
    text = words(desk.get(url("preview_section", preparing.uuid, preparing.sections.get().uuid)))
    (button,) = re.findall(r"<button[^>]*data-add-row[^>]*>", text)
    assert button.endswith(" hidden>"), "nothing answers it without the script"


def test_preview_of_a_broken_form_shows_what_there_is(desk, preparing):
    rows = Question.objects.filter(section__round=preparing)
    rows.filter(key="events").update(columns="nonsense")
    rows.filter(key="field").update(choices="nonsense")
    rows.filter(key="verifier").update(only_if_key="verifier")
    rows.filter(key="summary").update(only_if_key="verified", only_if_value="maybe")
    for address in (
        url("preview", preparing.uuid),
        url("preview_section", preparing.uuid, preparing.sections.get().uuid),
        url("preview_section", preparing.uuid, "contacts"),
        url("desk", preparing.uuid),
    ):
        words(desk.get(address))


def test_corrections_by_the_page(desk, opened, owner, mei, officer):
    Round.objects.filter(pk=opened.pk).update(released_at=opened.opens_at)
    Application.objects.create(
        round=opened, provider=owner.provider, form_version=opened.form_versions.get(), created_by=mei
    )
    assert "There is nothing to publish" in words(desk.get(url("corrections", opened.uuid)))
    Question.objects.filter(section__round=opened, key="staff").update(label_en="How many people?")
    text = words(desk.get(url("corrections", opened.uuid)))
    assert "Wording or guidance changed: “How many people?”" in text and "Demo Provider A Limited" in text
    assert "One correction is not published yet" in words(desk.get(url("desk", opened.uuid)))
    stale = desk.post(url("corrections", opened.uuid), {"seen": "x"}, follow=True)
    assert "Somebody changed the round after you opened this page." in words(stale)
    seen = corrections.pending(opened)[1]
    for _ in range(2):
        assert "Form version 2 is published." in words(
            desk.post(url("corrections", opened.uuid), {"seen": seen}, follow=True)
        )
    assert Message.objects.filter(kind="application.form_corrected").count() == 1


def test_company_sees_the_correction_on_its_dashboard_until_it_saves(client_for, mei, owner, opened, officer):
    draft = Application.objects.create(
        round=opened, provider=owner.provider, form_version=opened.form_versions.get(), created_by=mei
    )
    dashboard = reverse("applications:dashboard")
    assert "has corrected the form" not in words(client_for(mei).get(dashboard))
    Question.objects.filter(section__round=opened, key="staff").update(label_en="How many people?")
    version = corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    assert "The Secretariat has corrected the form." in words(client_for(mei).get(dashboard))
    Application.objects.filter(pk=draft.pk).update(saved_at=version.created_at + timedelta(seconds=1))
    assert "has corrected the form" not in words(client_for(mei).get(dashboard))


def test_extending_by_the_page_keeps_what_was_typed_on_an_error(desk, round, draft, mei, officer):
    before = round.closes_at
    earlier = extension_data(before - timedelta(days=1), reason="Because 𨋢")
    response = desk.post(url("extend", round.uuid), earlier)
    text = words(response, status=422)
    assert "a closing time is never made earlier" in text and "Because 𨋢" in text
    assert words(desk.post(url("extend", round.uuid), {"clock": "25:99"}), status=422)
    assert not Extension.objects.exists()
    later = (before + timedelta(days=2)).replace(second=0, microsecond=0)
    text = words(desk.post(url("extend", round.uuid), extension_data(later), follow=True))
    assert dates.full(later) in text and "Typhoon" in text
    assert Round.objects.get(pk=round.pk).closes_at == later
    assert Message.objects.get(kind="application.extended").to == mei.email


def test_list_of_drafts_tells_the_company_and_no_content(desk, complete, officer):
    round = complete.round
    text = words(desk.get(url("drafts", round.uuid)))
    assert "Demo Provider A Limited" in text
    for secret in ("We clean exhaust air.", "Demo Contact", "Demo Dyeing Works", "certificate 0.pdf", "Mei"):
        assert secret not in text
    until = (round.closes_at + timedelta(days=2)).replace(second=0, microsecond=0)
    address = url("extend_draft", round.uuid, complete.uuid)
    assert "Give Demo Provider A Limited more time" in words(desk.get(address))
    text = words(desk.post(address, extension_data(until, "Hospital"), follow=True))
    assert dates.full(until) in text
    complete.refresh_from_db()
    assert complete.extended_until == until


def test_company_reads_its_new_deadline_in_words(desk, client_for, mei, round, draft):
    until = (round.closes_at + timedelta(days=2)).replace(second=0, microsecond=0)
    desk.post(url("extend_draft", round.uuid, draft.uuid), extension_data(until))
    browser = client_for(mei)
    for address in (
        reverse("applications:dashboard"),
        reverse("applications:application", args=[draft.uuid]),
    ):
        text = " ".join(words(browser.get(address)).replace("\u2060", "").split())
        assert dates.iso(until) in text


def test_submitted_application_is_no_draft_to_extend(desk, submitted):
    assert desk.get(url("extend_draft", submitted.round.uuid, submitted.uuid)).status_code == 404


def test_answer_to_a_retired_question_is_shown_in_the_draft(client_for, mei, owner, opened, officer):
    draft = workflow.start(opened, member=owner)
    uid = own_section(draft)["uid"]
    save(draft, uid, GOOD | {"slogan": "Clean air 𨋢"}, owner)
    Question.objects.filter(section__round=opened, key="slogan").update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    text = words(client_for(mei).get(reverse("applications:section", args=[draft.uuid, uid])))
    assert "One answer is no longer asked for" in text and "Clean air 𨋢" in text
    assert 'name="slogan"' not in text


@pytest.fixture
def retired_meanwhile(client_for, mei, owner, opened, officer):
    """`send(**headers)` sends a page that still asked for the slogan; the question was retired since."""
    draft = workflow.start(opened, member=owner)
    uid = own_section(draft)["uid"]
    address = reverse("applications:section", args=[draft.uuid, uid])
    browser = client_for(mei)
    typed = {"version": "0", "summary": "Water saved", "slogan": "Clean air 𨋢"}
    Question.objects.filter(section__round=opened, key="slogan").update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])

    def send(**headers):
        return browser.post(address, typed, **headers), words(browser.get(address)), draft

    return send


def test_answer_typed_while_its_question_was_retired_is_kept_and_said(retired_meanwhile):
    response, page, draft = retired_meanwhile()
    row = SectionAnswers.objects.get(application=draft)
    assert response.status_code == 302
    assert (row.data["summary"], row.data["slogan"]) == ("Water saved", "Clean air 𨋢")
    assert "“Slogan” is no longer asked. What you typed there is kept in its section" in page
    assert "One answer is no longer asked for" in page and "Clean air 𨋢" in page


def test_save_by_itself_says_that_a_question_was_retired(retired_meanwhile):
    response, _page, draft = retired_meanwhile(HTTP_ACCEPT="application/json")
    assert response.json()["state"] == "saved"
    assert response.json()["sentence"].startswith("“Slogan” is no longer asked.")
    assert SectionAnswers.objects.get(application=draft).data["slogan"] == "Clean air 𨋢"


def test_conflict_says_that_a_retired_answer_is_not_saved_and_the_next_save_keeps_it(
    client_for, mei, ken, owner, opened, officer
):
    draft = workflow.start(opened, member=owner)
    address = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
    client_for(ken).post(address, {"version": "0", "summary": "Theirs"})
    Question.objects.filter(section__round=opened, key="slogan").update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    browser = client_for(mei)
    typed = {"summary": "Mine", "slogan": "Clean air 𨋢"}

    text = words(browser.post(address, typed | {"version": "0"}), 409)
    assert "You typed an answer that is no longer asked for. It is not saved. When you save this" in text
    assert "Your answer is kept here" not in text
    assert '<input type="hidden" name="slogan" value="Clean air 𨋢">' in text
    assert SectionAnswers.objects.get(application=draft).data["slogan"] == ""

    assert browser.post(address, typed | {"version": "1"}).status_code == 302
    row = SectionAnswers.objects.get(application=draft)
    assert (row.data["summary"], row.data["slogan"]) == ("Mine", "Clean air 𨋢")


def test_what_is_typed_for_a_retired_question_after_closing_is_shown_to_be_copied(
    client_for, mei, owner, opened, officer, at
):
    draft = workflow.start(opened, member=owner)
    address = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
    Question.objects.filter(section__round=opened, key="slogan").update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    at(opened.closes_at + timedelta(hours=1))
    text = words(client_for(mei).post(address, {"version": "0", "slogan": "Clean air"}), 409)
    assert "It is not saved. Copy it from here if you need it." in text
    assert "Clean air" in text and 'name="slogan"' not in text


def test_keys_that_no_form_ever_asked_are_not_kept(client_for, mei, owner, opened, officer):
    draft = workflow.start(opened, member=owner)
    uid = own_section(draft)["uid"]
    Question.objects.filter(section__round=opened, key="slogan").update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    address = reverse("applications:section", args=[draft.uuid, uid])
    client_for(mei).post(address, {"version": "0", "summary": "Water saved", "status": "commended"})
    assert "status" not in SectionAnswers.objects.get(application=draft).data


def test_guidance_stands_under_its_question_and_in_the_printable_set(client, opened, officer):
    Question.objects.filter(section__round=opened, key="staff").update(
        **texts("guidance", "Count people"), **texts("good", "A number"), **texts("example", "Twelve")
    )
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    text = words(client.get(reverse("applications:questions", args=[opened.uuid])))
    for part in (
        "What is asked",
        "Count people",
        "What a good answer shows",
        "A number",
        "An invented example",
    ):
        assert part in text
    question = opened.form_versions.last().definition["sections"][-1]["questions"][2]
    assert (question["good_zh_hant"], question["example_zh_hans"]) == ("A number繁", "Twelve简")


def test_round_with_a_long_name_keeps_its_pages(desk, officer):
    made = make_ready("DEMO-LONG-", name_en="R" * 200, name_zh_hant="𨋢" * 200)
    copied = copying.copy(made, officer=officer)
    assert copied.name_zh_hant == "𨋢" * 200
    opening.release(copied, officer=officer)
    for name in ("desk", "copy", "open", "corrections", "extend", "drafts", "preview"):
        words(desk.get(url(name, copied.uuid)))


def test_file_of_a_retired_document_is_kept_and_not_sent(client_for, mei, owner, opened, officer):
    draft = workflow.start(opened, member=owner)
    upload(draft, owner, name="kept 𨋢.pdf", place=1)
    opened.document_requirements.filter(required=False).update(retired_at=opened.opens_at)
    corrections.publish(opened, officer=officer, seen=corrections.pending(opened)[1])
    draft.refresh_from_db()
    text = words(client_for(mei).get(reverse("applications:documents", args=[draft.uuid])))
    assert "kept 𨋢.pdf" in text and "No longer asked for" in text and "Photographs" not in text
    assert contents.Contents(draft).frozen(signer_name="", signer_role="")["files"] == []

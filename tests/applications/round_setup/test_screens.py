"""The screens of a round in Wagtail's admin."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from applications.admin import panels
from applications.models import Question, Round, Section
from applications.round_setup import copying, opening
from portal.audit.models import Event
from tests.applications.conftest import CHOICES, QUESTIONS, texts
from tests.applications.round_setup.admin_forms import errors_of, form_of, number_of, values_of, with_row
from tests.applications.round_setup.conftest import make_ready

pytestmark = pytest.mark.django_db


def edit_url(row):
    name = "round_facts" if isinstance(row, Round) else "round_sections"
    return reverse(f"{name}:edit", args=[row.pk])


def typed(desk, row):
    page = desk.get(edit_url(row))
    assert page.status_code == 200
    return form_of(page)


def send(desk, row, data):
    return desk.post(edit_url(row), data)


def saved(response):
    assert response.status_code == 302, errors_of(response)
    return True


def refused(response, words):
    """The screen came back with this sentence, as an error of a field or on top of the page."""
    assert response.status_code == 200
    text = response.content.decode()
    assert any(words in each for each in errors_of(response)) or words in text, errors_of(response)
    return True


@pytest.fixture
def opened(db):
    """With few questions: the screen of a section shows some thirty fields for each."""
    few = [each for each in QUESTIONS if each[0] in {"slogan", "verified", "verifier"}]
    return make_ready("DEMO-OLD-", questions=few)


@pytest.fixture
def section(preparing):
    return preparing.sections.get()


@pytest.fixture
def section_of_all_kinds(db):
    return copying.copy(make_ready("DEMO-ALL-"), officer=None).sections.get()


def question(round, key):
    return Question.objects.get(section__round=round, key=key)


def question_row(data, key):
    return f"questions-{number_of(data, 'questions', 'key', key)}"


# Who comes in


def test_officer_finds_rounds_in_the_admin_and_nothing_to_edit_pages_with(desk, preparing):
    home = desk.get("/admin/").content.decode()
    assert reverse("round_facts:index") in home
    listed = desk.get(reverse("round_facts:index")).content.decode()
    assert edit_url(preparing) in listed and "Demonstration round" in listed
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[Page.objects.last().pk])).status_code == 302


@pytest.mark.parametrize("who", ["editor", "organiser"])
def test_other_people_of_the_admin_do_not_reach_rounds(request, client_for, preparing, section, who):
    browser = client_for(request.getfixturevalue(who))
    data = {"name_en": "Taken over", "title_en": "Taken over"}
    assert reverse("round_facts:index") not in browser.get("/admin/").content.decode()
    for address in (
        reverse("round_facts:index"),
        reverse("round_facts:add"),
        edit_url(preparing),
        edit_url(section),
        reverse("round_facts:history", args=[preparing.pk]),
    ):
        assert browser.get(address)["Location"] == "/admin/"
        browser.post(address, data)
    preparing.refresh_from_db()
    assert preparing.name_en == "Demonstration round (2027)" and Round.objects.count() == 2


@pytest.mark.parametrize("who", ["mei", "auditor", "assessor", "releaser", "record_checker"])
def test_people_without_business_in_the_admin_are_refused(request, client_for, preparing, who):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(edit_url(preparing)).status_code == 403
    assert browser.post(edit_url(preparing), {}).status_code == 403


def test_nobody_deletes_a_round_or_a_section(desk, client_for, root, preparing, section):
    for browser in (desk, client_for(root)):
        browser.post(reverse("round_facts:delete", args=[preparing.pk]))
        browser.post(reverse("round_sections:delete", args=[section.pk]))
        browser.post(reverse("round_sections:add"), {"title_en": "x"})
    assert Round.objects.filter(pk=preparing.pk).exists()
    assert Section.objects.filter(round=preparing).count() == 1


# What is kept


def test_round_saved_unchanged_stays_as_it_is(desk, preparing):
    before = Round.objects.filter(pk=preparing.pk).values().get()
    assert saved(send(desk, preparing, typed(desk, preparing)))
    after = Round.objects.filter(pk=preparing.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"version"}
    assert Event.objects.filter(verb="round.changed", object_uuid=preparing.uuid).count() == 1


def test_section_saved_unchanged_stays_as_it_is(desk, section_of_all_kinds):
    before = list(section_of_all_kinds.questions.values())
    assert saved(send(desk, section_of_all_kinds, typed(desk, section_of_all_kinds)))
    assert list(section_of_all_kinds.questions.values()) == before


def test_new_question_gets_a_key_from_its_label(desk, section, officer):
    data = typed(desk, section)
    for label in ("Water used, in m³", "Water used – in m³"):
        data = with_row(data, "questions", kind="short_text", label_en=label)
    assert saved(send(desk, section, data))
    assert list(section.questions.order_by("sort_order").values_list("key", flat=True))[-2:] == [
        "water_used_in_m3",
        "water_used_in_m3_2",
    ]
    event = Event.objects.filter(verb="section.changed").latest("id")
    assert (event.actor_uuid, event.changed) == (officer.uuid, ["questions"])


def test_new_round_from_nothing(desk, officer):
    data = form_of(desk.get(reverse("round_facts:add"))) | {
        "year": "2031",
        "name_en": "Round 2031",
        "declaration_en": "True.",
        "opens_at": "2031-01-01 09:00",
        "closes_at": "2031-03-31 17:00",
        "reference_prefix": "R31-",
    }
    data = with_row(data, "sections", title_en="First", group="work")
    assert saved(desk.post(reverse("round_facts:add"), data))
    made = Round.objects.get(year=2031)
    assert (made.state, made.released_at, made.sections.get().title_en) == ("preparing", None, "First")


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("verifier", {"only_if_key": "nowhere"}, "There is no question with the key “nowhere”"),
        ("verifier", {"only_if_value": "perhaps"}, "Its answers are: yes, no"),
        ("verifier", {"only_if_key": "field", "only_if_value": "air"}, "“field” is asked later"),
        ("verifier", {"only_if_key": "verifier"}, "cannot depend on itself"),
        ("field", {"choices": "air | Air | 空氣 | 空气\nwater | Water"}, "Line 2 needs four parts"),
        ("field", {"choices": ""}, "This kind of question needs some"),
        ("events", {"limit": "999"}, "the limit must lie between 1 and 200"),
        ("slogan", {"key": "staff"}, "This key is taken"),
        ("slogan", {"key": "since_day"}, "too close to another one"),
        ("slogan", {"key": "version"}, "This key is taken"),
        ("slogan", {"key": "Slogan-1"}, "Use small letters, digits and _ only"),
        ("verified", {"retired": "on"}, "There is no question with the key “verified”"),
        ("verified", {"DELETE": "1"}, "There is no question with the key “verified”"),
        ("verified", {"kind": "short_text"}, "has no answers to choose from"),
    ],
)
def test_section_that_makes_no_sense_is_refused_with_a_sentence(
    officer, section_of_all_kinds, key, fields, words
):
    made_by = {"instance": section_of_all_kinds, "for_user": officer}
    screen = panels.section_screen().bind_to_model(Section).get_form_class()
    data = values_of(screen(**made_by))
    row = question_row(data, key)
    form = screen(data | {f"{row}-{name}": value for name, value in fields.items()}, **made_by)
    assert not form.is_valid()
    sentences = [str(form.errors), *(str(row.errors) for row in form.formsets["questions"].forms)]
    assert any(words in unescape(each) for each in sentences), sentences


def test_refused_section_comes_back_with_its_sentence_and_changes_nothing(desk, section):
    before = list(section.questions.values())
    data = typed(desk, section)
    row = question_row(data, "verifier")
    response = send(desk, section, data | {f"{row}-only_if_key": "nowhere", f"{row}-label_en": "Kept 𨋢"})
    assert refused(response, "There is no question with the key “nowhere”")
    assert form_of(response)[f"{row}-label_en"] == "Kept 𨋢"
    assert list(section.questions.values()) == before


def test_condition_on_a_question_added_in_the_same_save(desk, section):
    data = with_row(
        typed(desk, section), "questions", kind="one_of", key="branch", label_en="Branch", choices=CHOICES
    )
    data = with_row(
        data, "questions", kind="short_text", label_en="Twig", only_if_key="branch", only_if_value="air"
    )
    assert saved(send(desk, section, data))
    assert question(section.round, "twig").only_if_key == "branch"


def test_question_that_another_section_depends_on_is_not_removed_or_retired(desk, preparing, section):
    other = Section.objects.create(round=preparing, sort_order=9, **texts("title", "Second"))
    Question.objects.create(
        section=other, key="there", kind="short_text", only_if_key="agreed_too", only_if_value="yes",
        **texts("label", "There"),
    )  # fmt: skip
    data = with_row(typed(desk, section), "questions", kind="yes_no", key="agreed_too", label_en="Too?")
    assert saved(send(desk, section, data))
    for fields in ({"DELETE": "1"}, {"retired": "on"}):
        data = typed(desk, section)
        row = question_row(data, "agreed_too")
        data |= {f"{row}-{name}": value for name, value in fields.items()}
        assert refused(send(desk, section, data), "depends on “agreed_too”")
    assert question(preparing, "agreed_too").retired_at is None


def test_section_with_questions_is_not_removed(desk, preparing):
    data = typed(desk, preparing) | {"sections-0-DELETE": "1"}
    assert refused(send(desk, preparing, data), "has questions. Remove or retire them")
    assert preparing.sections.count() == 1


def test_unknown_type_of_file_is_refused(desk, preparing):
    data = typed(desk, preparing) | {"document_requirements-0-types": "pdf, exe"}
    assert refused(send(desk, preparing, data), "“exe” is no type that can be taken")


# Stale forms


def test_form_from_before_somebody_else_saved_asks_first(desk, preparing):
    first, second = typed(desk, preparing), typed(desk, preparing)
    assert saved(send(desk, preparing, first | {"name_en": "One"}))
    response = send(desk, preparing, second | {"name_en": "Two"})
    assert refused(response, "Somebody saved this after you opened it")
    assert Round.objects.get(pk=preparing.pk).name_en == "One"
    again = form_of(response)
    assert again["name_en"] == "Two"
    assert saved(send(desk, preparing, again))
    assert Round.objects.get(pk=preparing.pk).name_en == "Two"


# From the opening on


@pytest.fixture
def released(preparing, officer):
    return opening.release(preparing, officer=officer)


def test_dates_and_prefix_of_a_released_round_stay(desk, released):
    data = typed(desk, released)
    data |= {
        "opens_at": "2020-01-01 09:00",
        "closes_at": "2020-01-02 09:00",
        "reference_prefix": "X-",
        "grace_minutes": "0",
        "state": "archived",
        "released_at": "",
        "name_en": "Better name",
    }
    assert saved(send(desk, released, data))
    now = Round.objects.get(pk=released.pk)
    assert (now.opens_at, now.closes_at, now.grace_minutes) == (
        released.opens_at,
        released.closes_at,
        released.grace_minutes,
    )
    assert (now.reference_prefix, now.state, now.released_at) == (
        released.reference_prefix,
        released.state,
        released.released_at,
    )
    assert now.name_en == "Better name"


@pytest.mark.parametrize("panel", ["document_requirements", "eligibility_items"])
def test_published_rows_are_retired_and_not_removed(desk, released, panel):
    count = getattr(released, panel).count()
    data = typed(desk, released)
    assert refused(send(desk, released, data | {f"{panel}-0-DELETE": "1"}), "Retire it instead")
    assert getattr(released, panel).count() == count
    assert saved(send(desk, released, data | {f"{panel}-0-retired": "on"}))
    assert getattr(released, panel).filter(retired_at__isnull=False).count() == 1
    assert saved(
        send(desk, released, {k: v for k, v in typed(desk, released).items() if not k.endswith("-retired")})
    )
    assert not getattr(released, panel).filter(retired_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"DELETE": "1"}, "“Slogan” stands in the published form"),
        ({"kind": "long_text"}, "so the kind stays"),
        ({"key": "motto"}, "with the key “slogan”: it stays"),
    ],
)
def test_published_question_keeps_kind_and_key_and_is_not_removed(desk, released, section, fields, words):
    data = typed(desk, section)
    row = question_row(data, "slogan")
    assert refused(
        send(desk, section, data | {f"{row}-{name}": value for name, value in fields.items()}), words
    )
    assert question(released, "slogan").kind == "short_text"
    assert saved(send(desk, section, typed(desk, section) | {f"{row}-retired": "on"}))
    assert question(released, "slogan").retired_at


def test_saving_an_open_form_says_that_it_is_not_published_yet(desk, released, section):
    sentence = "They get the corrections when you publish them."
    unchanged = desk.post(edit_url(section), typed(desk, section), follow=True).content.decode()
    assert sentence not in unchanged and "Check and publish" in unchanged
    data = typed(desk, section) | {"questions-0-label_en": "Reworded"}
    changed = desk.post(edit_url(section), data, follow=True).content.decode()
    assert sentence in changed and reverse("rounds:desk", args=[released.uuid]) in changed


def test_question_that_was_never_published_may_still_go(desk, released, section):
    data = with_row(typed(desk, section), "questions", kind="short_text", key="extra", label_en="Extra")
    assert saved(send(desk, section, data))
    data = typed(desk, section)
    assert saved(send(desk, section, data | {f"{question_row(data, 'extra')}-DELETE": "1"}))
    assert not Question.objects.filter(section__round=released, key="extra").exists()


def test_form_from_before_the_opening_removes_nothing_after_it(desk, preparing, section, officer):
    data = typed(desk, section)
    row = question_row(data, "slogan")
    opening.release(preparing, officer=officer)
    assert refused(send(desk, section, data | {f"{row}-DELETE": "1"}), "stands in the published form")
    assert question(preparing, "slogan").retired_at is None


def test_key_of_a_retired_question_is_not_given_again(desk, released, section):
    Question.objects.filter(pk=question(released, "slogan").pk).update(retired_at=timezone.now())
    data = with_row(typed(desk, section), "questions", kind="short_text", key="slogan", label_en="Again")
    assert refused(send(desk, section, data), "This key is taken")

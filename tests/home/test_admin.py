"""What editors do in Wagtail's admin, and who may come in."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import (
    CaseIndexPage,
    CasePage,
    CaseTerm,
    CeremonyIndexPage,
    CeremonyPage,
    ContactPage,
    ContactSettings,
    ContentPage,
    FAQPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Resource,
    ResourcesPage,
)
from home.translations import State
from tests.home.conftest import publish

OURS = [
    CeremonyIndexPage,
    CeremonyPage,
    CaseIndexPage,
    CasePage,
    ContactPage,
    ContentPage,
    FAQPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ResourcesPage,
]
BODY = [
    ("heading", {"text": "A heading", "anchor": "a-heading"}),
    ("text", rich_text("<p>Some <b>words</b>.</p>")),
]
CATEGORIES = [
    (
        "category",
        {
            "title": "Category",
            "anchor": "category",
            "questions-count": "1",
            "questions-0-deleted": "",
            "questions-0-order": "0",
            "questions-0-type": "item",
            "questions-0-id": "",
            "questions-0-value-question": "Why?",
            "questions-0-value-anchor": "why",
            "questions-0-value-answer": rich_text("<p>Because.</p>"),
        },
    )
]
NEW_PAGES = [
    (ContentPage, "home", {"lead": "Lead", "notice": "", "body": streamfield(BODY), "show_contents": "on"}),
    (ContactPage, "home", {"lead": "Lead", "body": streamfield(BODY)}),
    (FAQPage, "home", {"lead": "Lead", "categories": streamfield(CATEGORIES)}),
    (NewsIndexPage, "home", {"lead": "Lead"}),
    (CaseIndexPage, "home", {"lead": "Lead"}),
    (ResourcesPage, "home", {"lead": "Lead"}),
    (CeremonyIndexPage, "home", {"lead": "Lead"}),
    (NewsPage, "news", {"date": "2026-01-02", "summary": "Summary", "body": streamfield(BODY)}),
]


@pytest.fixture
def at_desk(client_for, editor):
    return client_for(editor)


@pytest.mark.parametrize(
    ("model", "parent", "fields"), NEW_PAGES, ids=lambda each: getattr(each, "__name__", "")
)
def test_editor_makes_changes_and_publishes_every_type_of_page(at_desk, client, homes, model, parent, fields):
    above = homes["en"]
    if parent == "news":
        above = publish(
            above.add_child(instance=NewsIndexPage(title="News", slug="news", locale=above.locale))
        )
    data = nested_form_data(
        {"title": "A page", "slug": "a-page", "comments": inline_formset([]), **fields, "action-publish": "1"}
    )

    made = at_desk.post(
        reverse("wagtailadmin_pages:add", args=["home", model._meta.model_name, above.pk]), data
    )

    page = model.objects.get(slug="a-page")
    assert made.status_code == 302, made.content.decode()[:2000]
    assert client.get(page.url).status_code == 200

    at_desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, "title": "Another title"})
    assert b"Another title" in client.get(page.url).content


def test_editor_publishes_the_front_page_with_its_links(at_desk, client, homes):
    home = homes["zh-hant"]
    link = {"label": "申請", "path": "apply/", "page": ""}
    data = nested_form_data(
        {
            "title": "首頁",
            "slug": home.slug,
            "hero_title": "清流兩岸",
            "hero_lead": "引言",
            "actions": streamfield([("link", link)]),
            "entries_title": "",
            "entries": streamfield([]),
            "figures": streamfield(
                [("figure", {"number": "21", "what": "間", "as_of": "2024年", "source": "公報"})]
            ),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )

    assert at_desk.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), data).status_code == 302

    html = client.get("/tc/").content.decode()
    assert '<h1 class="cp-display cp-hero__title cp-phrase">清流兩岸</h1>' in html
    assert 'href="/tc/apply/"' in html and "2024年" in html


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"label": "Both", "path": "", "page": ""}, "Choose a page or write an address"),
        (
            {"label": "Bad", "path": "//elsewhere.example/", "page": ""},
            "Write the address without the language",
        ),
    ],
)
def test_link_that_leads_nowhere_is_refused_with_a_sentence(at_desk, homes, link, sentence):
    home = homes["en"]
    data = nested_form_data(
        {
            "title": "Home",
            "slug": home.slug,
            "hero_title": "Kept",
            "hero_lead": "",
            "actions": streamfield([("link", link)]),
            "entries_title": "",
            "entries": streamfield([]),
            "figures": streamfield([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )

    response = at_desk.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), data)

    assert response.status_code == 200
    assert sentence in response.content.decode() and "Kept" in response.content.decode()
    home.refresh_from_db()
    assert home.hero_title == ""


def test_only_our_page_types_can_be_made():
    creatable = {model for model in OURS if model.is_creatable}
    assert creatable == set(OURS)
    assert Page not in HomePage.creatable_subpage_models()
    assert {model for model in HomePage.creatable_subpage_models() if model in OURS} == {
        CaseIndexPage,
        CeremonyIndexPage,
        ContentPage,
        ContactPage,
        FAQPage,
        NewsIndexPage,
        ResourcesPage,
    }
    assert NewsIndexPage.creatable_subpage_models() == [NewsPage]
    assert CeremonyIndexPage.creatable_subpage_models() == [CeremonyPage]
    assert CaseIndexPage.creatable_subpage_models() == [CasePage]
    for leaf in (CasePage, CeremonyPage, ResourcesPage, NewsPage, FAQPage, ContactPage):
        assert leaf.creatable_subpage_models() == []


def test_preview_may_be_framed_by_the_admin_only(at_desk, homes):
    page = publish(
        homes["en"].add_child(instance=ContentPage(title="Page", slug="page", locale=homes["en"].locale))
    )
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    at_desk.post(
        address,
        nested_form_data(
            {
                "title": "Seen in preview",
                "slug": "page",
                "body": streamfield([]),
                "comments": inline_formset([]),
            }
        ),
    )

    response = at_desk.get(address)

    assert b"Seen in preview" in response.content
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "max-age=60" not in response.get("Cache-Control", "")


def test_editor_sees_what_is_behind_in_explorer_editor_and_report(at_desk, homes):
    english = publish(
        homes["en"].add_child(instance=ContentPage(title="Words", slug="words", locale=homes["en"].locale))
    )
    chinese = publish(
        homes["zh-hant"].add_child(
            instance=ContentPage(
                title="文字",
                slug="words",
                locale=homes["zh-hant"].locale,
                translation_key=english.translation_key,
            )
        )
    )
    explorer = reverse("wagtailadmin_explore", args=[homes["zh-hant"].pk])
    report = reverse("home_translation_report")
    behind = '<span class="w-status w-status--primary">Behind</span>'
    assert behind not in at_desk.get(explorer).content.decode()

    english.lead = "New words"
    publish(english)

    assert behind in at_desk.get(explorer).content.decode()
    assert (
        "the English text changed on"
        in at_desk.get(reverse("wagtailadmin_pages:edit", args=[chinese.pk])).content.decode()
    )
    rows = at_desk.get(report, {"language": "zh-hant", "state": State.BEHIND}).context["rows"]
    assert [(row.source.pk, row.page.pk) for row in rows] == [(english.pk, chinese.pk)]
    rows = at_desk.get(report, {"language": "zh-hans"}).context["rows"]
    assert [(row.source.pk, row.state) for row in rows] == [(english.pk, State.MISSING)]


def test_report_shows_only_pages_that_the_reader_may_work_on(client_for, organiser, homes):
    assert client_for(organiser).get(reverse("home_translation_report")).status_code in (302, 403)


def test_admin_opens_for_editor_and_organiser_and_not_for_a_provider(
    client_for, editor, organiser, mei, homes
):
    for user in (editor, organiser):
        assert client_for(user).get("/admin/").status_code == 200
    assert client_for(editor).get(f"/admin/pages/{homes['en'].pk}/").status_code == 200
    assert client_for(mei).get("/admin/").status_code == 403


@pytest.mark.parametrize("role", ["organiser", "officer"])
def test_staff_without_the_editors_role_edit_no_page(request, client_for, homes, role):
    staff = client_for(request.getfixturevalue(role))

    response = staff.get(reverse("wagtailadmin_pages:edit", args=[homes["en"].pk]))

    assert response.status_code in (302, 403)
    assert not homes["en"].permissions_for_user(request.getfixturevalue(role)).can_edit()


def test_editor_changes_the_contact_and_sees_it_on_the_site(at_desk, client, homes):
    row = ContactSettings.load()
    address = reverse("wagtailsettings:edit", args=["home", "contactsettings", row.pk])
    fields = dict.fromkeys(at_desk.get(address).context["form"].fields, "")

    refused = at_desk.post(address, {**fields, "telephone": "2000 0000"})
    assert "Write + and the country code" in refused.content.decode()

    at_desk.post(address, {**fields, "telephone": "+852 2000 0042"})
    assert b"+852 2000 0042" in client.get("/tc/").content


def test_editor_adds_a_term_and_publishes_a_case_with_it(at_desk, client, homes):
    index = publish(
        homes["en"].add_child(instance=CaseIndexPage(title="Cases", slug="cases", locale=homes["en"].locale))
    )
    for kind, code in (("process", "drying"), ("technology", "heat-pump")):
        labels = {f"label_{suffix}": code for suffix in ("en", "zh_hant", "zh_hans")}
        made = at_desk.post(
            reverse("wagtailsnippets_home_caseterm:add"), {"kind": kind, "code": code, **labels}
        )
        assert made.status_code == 302
    terms = {each.kind: each.pk for each in CaseTerm.objects.all()}
    data = nested_form_data(
        {
            "title": "A case",
            "slug": "a-case",
            "summary": "Summary",
            "company": "Demo Paper Mill",
            "place": "",
            "industry": "paper",
            **terms,
            "currency": "CNY",
            "investment": "1200000",
            "yearly_saving": "",
            "payback_years": "",
            "results": streamfield([("result", {"kind": "energy", "number": "12500.5"})]),
            "as_of": "",
            "source": "The factory",
            "body": streamfield(BODY),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["home", "casepage", index.pk])

    form = at_desk.get(address).context["form"]
    assert {name: list(form.fields[name].queryset) for name in terms} == {
        name: [CaseTerm.objects.get(pk=pk)] for name, pk in terms.items()
    }
    assert form.fields["process"].widget.input_type == "select"

    refused = at_desk.post(address, data)
    assert "Enter the month for which the figures hold." in refused.content.decode()
    assert "Demo Paper Mill" in refused.content.decode()
    assert at_desk.post(address, {**data, "as_of": "2025-03-01"}).status_code == 302

    html = client.get("/en/cases/a-case/").content.decode()
    assert "RMB 1.2 million" in html and "12,500.5 kWh a year" in html
    assert client.get("/en/cases/?process=drying").context["list"].count == 1


def test_terms_are_named_by_editors_but_never_deleted(at_desk, db):
    labels = {"label_en": "Drying", "label_zh_hant": "烘乾", "label_zh_hans": "烘干"}
    term = CaseTerm.objects.create(kind="process", code="drying", **labels)

    response = at_desk.post(reverse("wagtailsnippets_home_caseterm:delete", args=[term.pk]))

    assert response.status_code in (302, 403)
    assert CaseTerm.objects.filter(pk=term.pk).exists()


def test_editor_puts_a_document_into_the_library(at_desk, client, homes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = ResourcesPage(title="Library", slug="library", locale=homes["en"].locale)
    publish(homes["en"].add_child(instance=page))
    document = Document.objects.create(title="Guide", file=ContentFile(b"a,b", name="guide.csv"))
    titles = {f"title_{suffix}": "A guide" for suffix in ("en", "zh_hant", "zh_hans")}
    notes = dict.fromkeys((f"note_{suffix}" for suffix in ("en", "zh_hant", "zh_hans")), "")
    data = {**titles, **notes, "group": "guides", "listed": "on", "version": "2", "dated": "2026-01-02"}
    file = {"language": "en", "document": str(document.pk)}

    refused = at_desk.post(
        reverse("wagtailsnippets_home_resource:add"),
        nested_form_data({**data, "files": inline_formset([])}),
    )
    assert refused.status_code == 200 and not Resource.objects.exists()
    made = at_desk.post(
        reverse("wagtailsnippets_home_resource:add"),
        nested_form_data({**data, "files": inline_formset([file])}),
    )

    assert made.status_code == 302, made.content.decode()[:2000]
    html = client.get("/en/library/").content.decode()
    assert "A guide" in html and document.url in html

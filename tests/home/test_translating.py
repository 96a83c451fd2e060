"""Publishing on the screen of wagtail-localize: what it tells, and how a second person comes to publish."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from home.models import ContentPage
from portal.accounts.models import Role
from portal.mail.models import Message
from tests.home.conftest import publish
from tests.services.people import person

DRAFTS_BESIDE = "Readers of 简体中文 do not see this yet"


@pytest.fixture
def leaflet(homes, locale):
    page = ContentPage(
        title="Leaflet", slug="leaflet", lead="Words", search_description="Find it", locale=homes["en"].locale
    )
    page = publish(homes["en"].add_child(instance=page))
    translate_object(page, [locale("zh-hant"), locale("zh-hans")])
    for path, words in {"title": "單張", "lead": "字句"}.items():
        write(page, path, words)
    return page


@pytest.fixture
def traditional(leaflet, locale):
    return leaflet.get_translation(locale("zh-hant"))


@pytest.fixture
def desks(client_for, editor):
    return client_for(editor), client_for(person("second editor", role=Role.EDITOR))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def write(page, path, words):
    translation = Translation.objects.get(target_locale__language_code="zh-hant")
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    StringTranslation.objects.create(
        translation_of_id=segment.string_id,
        locale=translation.target_locale,
        context=segment.context,
        data=words,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )


def editor_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def ask(desk, page):
    return desk.post(reverse("home_ask_second_person", args=[page.pk]), follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def as_read(client):
    response = client.get("/tc/leaflet/")
    return response.content.decode() if response.status_code == 200 else None


def test_publication_tells_which_other_language_has_a_draft(desks, leaflet, traditional, committed, locale):
    with committed():
        html = desks[0].post(editor_of(traditional), {"action": "publish"}, follow=True).content.decode()
    assert DRAFTS_BESIDE in html and "繁體中文 do not" not in html
    simplified = leaflet.get_translation(locale("zh-hans"))
    assert html.count(editor_of(simplified)) >= 1

    publish(simplified)
    with committed():
        again = desks[0].post(editor_of(traditional), {"action": "publish"}, follow=True)
    assert DRAFTS_BESIDE not in again.content.decode()


def test_refused_publication_tells_of_no_drafts(desks, leaflet, traditional):
    StringTranslation.objects.filter(context__path="title").update(data="單" * 256)
    response = desks[0].post(editor_of(traditional), {"action": "publish"}, follow=True)

    html = response.content.decode()
    assert DRAFTS_BESIDE not in html and "cannot be published as it is" in html
    assert "at most 255 characters (it has 256)" in html
    assert not Page.objects.get(pk=traditional.pk).live
    assert "cannot be published as it is" in told(ask(desks[0], traditional))[0]


def test_translation_goes_over_a_second_editor_to_readers(desks, client, editor, traditional, committed):
    first, second = desks
    offered = first.get(editor_of(traditional)).content.decode()
    assert reverse("home_ask_second_person", args=[traditional.pk]) in offered
    asked = first.get(reverse("home_ask_second_person", args=[traditional.pk])).content.decode()
    assert "1 of 3 sentences is not translated" in asked

    assert "“單張” is submitted" in told(ask(first, traditional))[0]
    assert as_read(client) is None
    assert [(each.kind, each.to) for each in Message.objects.filter(kind__startswith="page.")] == [
        ("page.submitted", "second-editor@demo.example")
    ]
    assert "asks another editor to publish this page" in second.get(editor_of(traditional)).content.decode()

    page = Page.objects.get(pk=traditional.pk)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    with committed():
        second.post(address, {"comment": ""})
    assert "字句" in as_read(client)


def test_who_asked_takes_it_back_and_publishes_alone(desks, client, traditional, committed):
    first = desks[0]
    ask(first, traditional)
    html = first.post(editor_of(traditional), {"action": "publish"}, follow=True).content.decode()
    assert "you have asked somebody else to publish this page" in html and "Take it back" in html

    assert "Nobody else is asked to publish this page any more." in told(ask(first, traditional))[0]
    with committed():
        first.post(editor_of(traditional), {"action": "publish"})
    assert "字句" in as_read(client)


def test_translation_that_was_sent_back_is_submitted_again(desks, traditional):
    first, second = desks
    ask(first, traditional)
    state = Page.objects.get(pk=traditional.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[traditional.pk, "reject", state.pk])
    second.post(address, {"comment": "The year is wrong."})

    ask(first, traditional)

    page = Page.objects.get(pk=traditional.pk)
    assert page.workflow_in_progress and page.current_workflow_task_state.pk != state.pk
    kinds = list(
        Message.objects.filter(kind__startswith="page.").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["page.submitted", "page.sent_back", "page.submitted"]


def test_nobody_submits_what_one_may_not_change_nor_what_is_submitted(
    desks, client_for, organiser, traditional
):
    address = reverse("home_ask_second_person", args=[traditional.pk])
    assert client_for(organiser).post(address).status_code in (302, 403)
    ask(desks[0], traditional)
    for response in (desks[1].get(address), desks[1].post(address)):
        assert response.status_code in (302, 403)
    assert Message.objects.filter(kind="page.submitted").count() == 1


def test_unread_machine_draft_is_not_submitted(desks, traditional):
    StringTranslation.objects.filter(data="字句").update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )

    assert "is not published" in told(ask(desks[0], traditional))[0]
    assert Page.objects.get(pk=traditional.pk).current_workflow_state is None

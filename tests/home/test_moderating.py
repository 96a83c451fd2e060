"""One editor submits a page, another publishes it: the whole way, and what is told on it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from home import moderating
from home.models import ContentPage, SecondPersonTask
from portal.accounts.models import Role
from portal.mail.models import Message
from tests.home.conftest import publish
from tests.services.people import person

PUBLISHED, CHANGED = "Words for readers", "Words of the draft"


@pytest.fixture
def second(db):
    return person("second editor", role=Role.EDITOR, language="zh-hant")


@pytest.fixture
def leaflet(homes):
    page = ContentPage(title="Leaflet", slug="leaflet", locale=homes["en"].locale, lead=PUBLISHED)
    return publish(homes["en"].add_child(instance=page))


@pytest.fixture
def desks(client_for, editor, second):
    return client_for(editor), client_for(second)


def save(desk, page, lead, **action):
    fields = {"title": page.title, "slug": page.slug, "lead": lead, "notice": "", "show_contents": "on"}
    data = {**fields, "body": streamfield([]), "comments": inline_formset([]), **action}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = desk.post(address, nested_form_data(data), follow=True)
    page.refresh_from_db()
    return response.content.decode()


def submit(desk, page, lead=CHANGED):
    return save(desk, page, lead, **{"action-submit": "1"})


def decide(desk, page, action, comment=""):
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    response = desk.post(address, {"comment": comment}, follow=True)
    page.refresh_from_db()
    return response


def read_chinese(user):
    """In Wagtail's admin, by its own setting."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "zh-hant"
    profile.save()


def mails():
    return [
        (message.kind, message.to, message.language)
        for message in Message.objects.filter(kind__startswith="page.").order_by("pk")
    ]


def test_every_page_has_the_workflow_of_two_editors_and_no_other(leaflet):
    workflow = leaflet.get_workflow()
    (task,) = workflow.tasks

    assert isinstance(task.specific, SecondPersonTask)
    assert [group.name for group in task.specific.groups.all()] == ["editor"]
    assert list(Workflow.objects.filter(active=True)) == [workflow]


def test_page_goes_from_one_editor_over_the_other_to_readers(client, desks, leaflet, editor, second):
    first_desk, second_desk = desks
    submit(first_desk, leaflet)
    assert PUBLISHED in client.get(leaflet.url).content.decode()
    assert mails() == [("page.submitted", second.email, "zh-hant")]
    assert "Leaflet" in second_desk.get("/admin/").content.decode()

    decide(second_desk, leaflet, "approve")

    assert CHANGED in client.get(leaflet.url).content.decode()
    assert leaflet.current_workflow_state is None
    assert mails()[1:] == [("page.approved", editor.email, "en")]


def test_mail_is_in_the_language_of_its_reader_and_leads_to_the_page(
    desks, leaflet, editor, second, settings
):
    submit(desks[0], leaflet)

    message = Message.objects.get(kind=moderating.SUBMITTED)
    assert message.subject == "等候發布：Leaflet"
    assert editor.name in message.body and "請另一人審閱並發布" in message.body
    edit = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    assert settings.WAGTAILADMIN_BASE_URL + edit in message.body
    assert not Message.objects.exclude(kind=moderating.SUBMITTED).exists(), "Wagtail's own mails are off"


def test_who_asked_neither_approves_nor_publishes_past_the_second_person(client, desks, leaflet):
    desk = desks[0]
    submit(desk, leaflet)

    assert decide(desk, leaflet, "approve").status_code in (200, 403)
    told = save(desk, leaflet, "Words typed since", **{"action-publish": "1"})

    assert "you have asked somebody else to publish this page" in told
    assert "Words typed since" in told
    assert PUBLISHED in client.get(leaflet.url).content.decode()
    assert leaflet.current_workflow_state is not None

    # Called off, it is the editor's own again.
    save(desk, leaflet, "Words typed since", **{"action-cancel-workflow": "1"})
    save(desk, leaflet, "Words typed since", **{"action-publish": "1"})
    assert "Words typed since" in client.get(leaflet.url).content.decode()


def test_page_sent_back_is_changed_and_submitted_again(client, desks, leaflet, editor, second):
    first_desk, second_desk = desks
    submit(first_desk, leaflet)
    for _round in range(2):
        decide(second_desk, leaflet, "reject", "The year is wrong.")
        assert PUBLISHED in client.get(leaflet.url).content.decode()
        save(first_desk, leaflet, "Words put right", **{"action-submit": "1"})

    assert [kind for kind, _to, _language in mails()] == [
        "page.submitted",
        "page.sent_back",
        "page.submitted",
        "page.sent_back",
        "page.submitted",
    ]
    decide(second_desk, leaflet, "approve")
    assert "Words put right" in client.get(leaflet.url).content.decode()


def test_mail_of_what_waits_no_more_does_not_leave(desks, leaflet, mailoutbox):
    submit(desks[0], leaflet)
    save(desks[0], leaflet, CHANGED, **{"action-cancel-workflow": "1"})

    call_command("sender", once=True, verbosity=0)

    assert Message.objects.get(kind=moderating.SUBMITTED).sent_at is None


def test_who_wants_no_mail_about_submissions_gets_none(desks, leaflet, second):
    profile = UserProfile.get_for_user(second)
    profile.submitted_notifications = False
    profile.save()

    submit(desks[0], leaflet)

    assert mails() == []


@pytest.mark.parametrize(("action", "told"), [("approve", "已發布"), ("reject", "已退回")])
def test_second_editor_is_told_what_the_decision_did(desks, leaflet, second, action, told):
    read_chinese(second)
    submit(desks[0], leaflet)

    response = decide(desks[1], leaflet, action, "Words")

    assert response.redirect_chain[-1][0] == "/admin/"
    (message,) = (str(each) for each in response.context["messages"])
    assert "「Leaflet」（English）" in message and told in message
    assert (f'href="{leaflet.url}"' in message) is (action == "approve")


def test_decision_in_the_editor_is_told_too(desks, leaflet, second):
    read_chinese(second)
    submit(desks[0], leaflet)
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    html = save(desks[1], leaflet, CHANGED, **decision)
    assert "「Leaflet」（English）已發布" in html and leaflet.live


def test_only_who_may_publish_a_page_is_told_of_its_decision(client, client_for, desks, leaflet, organiser):
    address = reverse("home_tell_decision", args=[leaflet.pk])
    assert "/account/login/" in client.get(address)["Location"]
    assert client_for(organiser).get(address).status_code in (302, 403)
    assert "Leaflet" not in client_for(organiser).get(address, follow=True).content.decode()
    assert desks[0].post(address).status_code == 405
    response = desks[0].get(address, follow=True)
    assert not list(response.context["messages"]), "nothing was decided"

"""Accounts as a superuser sees them: found, and erased with a reason that is logged."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts import erasure
from portal.accounts.models import User
from portal.audit.models import Event
from portal.mail.models import Message
from tests.services.people import person

pytestmark = pytest.mark.django_db


def address(user):
    return reverse("office:person_erase", args=[user.uuid])


def test_person_is_erased_with_a_reason_that_is_logged(client_for, root, ken, mei):
    browser, uuid = client_for(root), ken.uuid
    assert ken.email in browser.get(address(ken)).content.decode()
    reply = browser.post(address(ken), {"reason": "request", "email": f" {ken.email.upper()} "})
    assert reply.url == reverse("office:people")
    assert not User.objects.filter(uuid=uuid).exists()
    event = Event.objects.get(verb="account.erased")
    assert (event.object_uuid, event.actor_uuid, event.changed) == (uuid, root.uuid, ["reason:request"])
    assert Message.objects.get(kind="account.erased").to == ken.email


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the reason."),
        ({"reason": "request", "email": "mei@demo.example"}, "This is not the address of the account."),
        ({"reason": "because", "email": "ken@demo.example"}, "Select a valid choice"),
    ],
)
def test_slip_erases_nobody(client_for, root, ken, sent, sentence):
    reply = client_for(root).post(address(ken), sent)
    assert reply.status_code == 422
    assert sentence in reply.content.decode() or sent.get("reason") == "because"
    assert User.objects.filter(pk=ken.pk).exists()


def test_staff_can_be_erased_but_no_owner_and_not_oneself(client_for, root, officer, mei, ken):
    browser = client_for(root)
    browser.post(address(officer), {"reason": "left", "email": officer.email})
    assert not User.objects.filter(pk=officer.pk).exists()
    for user, sentence in ((mei, "owner of a company"), (root, "Ask another superuser")):
        reply = browser.post(address(user), {"reason": "left", "email": user.email})
        assert reply.status_code == 422 and sentence in reply.content.decode()
        assert User.objects.filter(pk=user.pk).exists()


def test_nobody_else_erases_somebody(client_for, officer, ken, mei):
    for user in (officer, mei):
        assert client_for(user).get(address(ken)).status_code == 403
        assert client_for(user).get(reverse("office:people")).status_code == 403
        with pytest.raises(PermissionDenied):
            erasure.erase(ken, by=user, reason="request")
    assert User.objects.filter(pk=ken.pk).exists()


def test_person_is_found_by_name_and_address(client_for, root, ken, mei, officer):
    browser, people = client_for(root), reverse("office:people")
    for words, found in (("KEN@", {ken}), ("officer", {officer}), ("nobody", set())):
        page = browser.get(people, {"q": words})
        assert set(page.context["page"].object_list) == found
    assert "Demo Provider A Limited" in browser.get(people).content.decode()


def test_page_costs_the_same_with_three(client_for, root, mei):
    browser, people = client_for(root), reverse("office:people")
    browser.get(people)
    counts = []
    for names in ((), ("one", "two")):
        for name in names:
            person(name, role="officer")
        with CaptureQueriesContext(connection) as queries:
            browser.get(people)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12

"""A person's own data: all of it to take along and nobody else's, and an account that ends."""

import io
import json
import re
import time
import zipfile

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from applications import workflow
from applications.desk import case_copies
from applications.drafts import projects
from applications.models import AnswerRevision, Application, CaseCopy, Submission
from portal import retention
from portal.accounts import companies, data_copies, erasure, invitations, personal_data
from portal.accounts.models import DataCopy, Invitation, Membership, User
from portal.accounts.permissions import membership_of
from portal.audit.history import history
from portal.audit.models import Event
from portal.files import store
from portal.files.models import StoredFile
from portal.mail import kinds, outbox
from portal.mail.models import Message
from seminars import seats
from seminars.models import SignUp
from tests.applications.conftest import PROJECT, fill_in, make_round, private_folder, submit  # noqa: F401
from tests.seminars.makers import details, make_seminar

pytestmark = pytest.mark.django_db
MINE, THEIRS = "Marker of mine", "Marker of a colleague"


@pytest.fixture
def draft(mei, ken):
    """Written by two people; ken's words are his, mei's are hers."""
    application = workflow.start(make_round(), member=membership_of(mei))
    fill_in(application, membership_of(mei))
    projects.add(application, {**PROJECT, "factory_name": MINE}, member=membership_of(ken))
    projects.add(application, {**PROJECT, "factory_name": THEIRS}, member=membership_of(mei))
    return application


def sign_up(email):
    seminar = make_seminar()
    person = {**details("ada").__dict__, "email": email}
    seats.sign_up(seminar, option=seminar.options.get(mode="online"), details=type(details("ada"))(**person))


def ordered(browser):
    """A copy that the worker has made."""
    assert browser.post(reverse("accounts:own_data_order")).url == reverse("accounts:own_data")
    copy = DataCopy.objects.latest("pk")
    assert data_copies.make.call(str(copy.uuid)) == "ready"
    copy.refresh_from_db()
    return copy


def taken(browser):
    reply = browser.get(reverse("accounts:own_data_download", args=[ordered(browser).uuid]))
    assert reply["Content-Type"] == "application/zip"
    found = zipfile.ZipFile(io.BytesIO(b"".join(reply.streaming_content)))
    return {name.removesuffix(".json"): json.loads(found.read(name)) for name in found.namelist()}


def old_session(browser):
    """Signed in an hour ago: proof is asked for again."""
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() - 3600
    session.save()
    return browser


def test_export_holds_what_is_mine_and_nothing_of_colleagues(client_for, ken, draft):
    sign_up(ken.email.upper())
    sign_up("somebody@demo.example")
    found = taken(client_for(ken))
    assert list(found) == [part.code for part in personal_data.parts()]
    assert found["account"][0]["email"] == ken.email
    assert found["company"][0]["role"] == "edit"
    (saved,) = found["drafts"]
    assert saved["answers"]["factory_name"] == MINE
    assert [each["email"] for each in found["seminars"]] == [ken.email.upper()] or [
        each["email"].lower() for each in found["seminars"]
    ] == [ken.email]
    assert found["submissions"] == found["uploads"] == []
    told = json.dumps(found)
    assert THEIRS not in told
    assert "mei@demo.example" not in told
    assert Event.objects.get(verb="account.exported").object_uuid == ken.uuid


def test_export_of_who_uploaded_and_submitted(client_for, mei, draft):
    submit(draft, membership_of(mei))
    found = taken(client_for(mei))
    assert [each["name"] for each in found["uploads"]] == ["certificate 0.pdf"]
    assert found["submissions"][0]["application"] == "DEMO-TS-0001"
    assert "application.submitted" in {each["verb"] for each in found["acts"]}
    assert any("DEMO-TS-0001" in each["text"] for each in found["mails"])
    assert MINE not in json.dumps(found)


def test_text_of_secret_mails_stays_out(client_for, ken, mei):
    Message.objects.all().delete()
    outbox.add(
        Message(
            kind="secret", key="k", to=ken.email, body="123456", is_secret=True, not_before=timezone.now()
        )
    )
    assert [each["text"] for each in taken(client_for(ken))["mails"]] == [""]


@pytest.mark.parametrize("name", ["own_data_order", "erase"])
def test_proof_is_asked_for_again(client_for, ken, name):
    reply = old_session(client_for(ken)).post(reverse(f"accounts:{name}"), {"sure": "on"})
    assert "reauthenticate" in reply["Location"]
    assert User.objects.filter(pk=ken.pk).exists()


def test_erasing_ends_the_account_and_leaves_the_company_its_draft(client_for, ken, mei, draft):
    outbox.add(Message(kind="secret", key="waiting", to=ken.email, body="x", not_before=timezone.now()))
    invitations.invite_colleague(membership_of(mei), email="other@demo.example", role="view", language="en")
    browser, uuid, email = client_for(ken), ken.uuid, ken.email
    page = browser.get(reverse("accounts:erase"))
    assert "cannot be undone" in page.content.decode()
    assert browser.post(reverse("accounts:erase")).status_code == 422
    assert User.objects.filter(uuid=uuid).exists()
    assert browser.post(reverse("accounts:erase"), {"sure": "on"}).status_code == 302
    assert not User.objects.filter(uuid=uuid).exists()
    assert not Membership.objects.filter(user__uuid=uuid).exists()
    assert browser.get(reverse("accounts:profile")).status_code == 302
    assert Application.objects.get() == draft
    assert draft.projects.filter(factory_name=MINE).get().changed_by is None
    event = Event.objects.get(verb="account.erased")
    assert (event.object_uuid, event.actor_uuid) == (uuid, uuid)
    assert history("user", uuid)[-1].actor == ""
    waiting = Message.objects.get(key="waiting")
    assert (waiting.state, waiting.to, waiting.body) == ("suppressed", "", "")
    (last,) = Message.objects.filter(to=email)
    assert last.kind == "account.erased"
    assert Invitation.objects.count() == 1


def test_last_mail_loses_its_address_when_it_is_sent(ken):
    erasure.erase(ken, by=ken)
    Message.objects.filter(kind="account.erased").update(state="sent", sent_at=timezone.now())
    retention.run(now=timezone.now() + timezone.timedelta(days=1))
    assert Message.objects.get(kind="account.erased").to == ""


def test_name_is_gone_from_every_table(ken, mei, draft):
    """What was frozen by a submission is the company's; nothing was frozen here."""
    email = ken.email
    erasure.erase(ken, by=ken)
    Message.objects.filter(kind="account.erased").delete()
    assert not Submission.objects.exists()
    out = io.StringIO()
    call_command("dumpdata", "--exclude=wagtailcore", "--exclude=contenttypes", stdout=out)
    assert email not in out.getvalue()
    assert AnswerRevision.objects.filter(changed_by__isnull=False).exists()


def test_owner_hands_over_first(client_for, mei, lok):
    browser = client_for(mei)
    page = browser.post(reverse("accounts:erase"), {"sure": "on"})
    assert "Hand the company over" in page.content.decode()
    assert User.objects.filter(pk=mei.pk).exists()
    with pytest.raises(erasure.CannotErase):
        erasure.erase(mei, by=None)
    companies.hand_over(membership_of(mei), membership_of(lok))
    browser.post(reverse("accounts:erase"), {"sure": "on"})
    assert not User.objects.filter(pk=mei.pk).exists()


def test_staff_do_not_erase_themselves(client_for, officer):
    page = client_for(officer).post(reverse("accounts:erase"), {"sure": "on"})
    assert "closed by an administrator" in page.content.decode()
    assert User.objects.filter(pk=officer.pk).exists()


def test_operator_erases_staff_with_the_copies_they_ordered(officer, mei, draft):
    submit(draft, membership_of(mei))
    case_copies.order(draft, reader=officer, language="en", with_notes=False)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase_account", "nobody@demo.example", "--yes")
    with pytest.raises(CommandError, match="must be handed over"):
        call_command("erase_account", mei.email, "--yes")
    call_command("erase_account", officer.email.upper(), "--yes")
    assert not User.objects.filter(pk=officer.pk).exists()
    assert not CaseCopy.objects.exists()
    assert Application.objects.exists()


def test_sign_up_of_an_unproved_address_is_nobodys(client_for, ken):
    sign_up("unproved@demo.example")
    ken.emailaddress_set.create(email="unproved@demo.example", verified=False)
    assert taken(client_for(ken))["seminars"] == []
    assert SignUp.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_page_names_every_part(client_for, ken, language):
    with translation.override(language):
        page = client_for(ken).get(reverse("accounts:own_data")).content.decode()
        for part in personal_data.parts():
            assert str(part.title) in page
    assert re.search('lang="(en|zh-Hant-HK|zh-Hans)"', page)


def test_copy_is_announced_by_mail_and_fetched_behind_the_sign_in(client_for, client, ken, mei, otto):
    browser = client_for(ken)
    browser.post(reverse("accounts:own_data_order"))
    browser.post(reverse("accounts:own_data_order"))
    (copy,) = DataCopy.objects.all()
    assert "A copy is being made." in browser.get(reverse("accounts:own_data")).content.decode()
    address = reverse("accounts:own_data_download", args=[copy.uuid])
    assert browser.get(address).status_code == 404
    for _run in range(2):
        assert data_copies.make.call(str(copy.uuid)) == "ready"
    (mail,) = Message.objects.filter(kind=data_copies.READY_MAIL)
    copy.refresh_from_db()
    assert (mail.to, mail.expires_at) == (ken.email, copy.expires_at)
    kind = kinds.get(mail.kind)
    assert kind.links(mail)["own_data_link"].endswith(reverse("accounts:own_data"))
    assert "[[own_data_link]]" in mail.body and kind.still_due(mail)
    assert address in browser.get(reverse("accounts:own_data")).content.decode()
    reply = browser.get(address)
    assert reply["Content-Disposition"].startswith('attachment; filename="personal-data-')
    assert b"".join(reply.streaming_content).startswith(b"PK")
    assert "reauthenticate" in old_session(client_for(ken)).get(address)["Location"]
    assert "/account/login/" in client.get(address)["Location"]
    for other in (mei, otto):
        assert client_for(other).get(address).status_code == 404


def test_copy_is_over_after_a_week(client_for, ken, django_capture_on_commit_callbacks):
    browser = client_for(ken)
    copy = ordered(browser)
    mail, key = Message.objects.get(kind=data_copies.READY_MAIL), copy.file.key
    DataCopy.objects.update(expires_at=timezone.now() - timezone.timedelta(seconds=1))
    assert browser.get(reverse("accounts:own_data_download", args=[copy.uuid])).status_code == 404
    assert not kinds.get(mail.kind).still_due(mail)
    with django_capture_on_commit_callbacks(execute=True):
        retention.run()
    assert not DataCopy.objects.exists() and not store.exists(key)


def test_copy_goes_with_the_account_also_while_it_is_made(client_for, ken):
    copy = ordered(client_for(ken))
    waiting = data_copies.order(ken)
    erasure.erase(ken, by=ken)
    assert StoredFile.objects.get(pk=copy.file_id).state == "removed"
    assert data_copies.make.call(str(waiting.uuid)) == "gone"
    assert not DataCopy.objects.exists()


def test_copy_that_was_never_made_may_be_ordered_anew(ken):
    first = data_copies.order(ken)
    assert data_copies.order(ken) == first
    DataCopy.objects.update(ordered_at=timezone.now() - data_copies.MADE_WITHIN)
    assert data_copies.order(ken) != first

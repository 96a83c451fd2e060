"""A document of a draft that a later scan finds bad: who is told, and until when it is worth telling."""

from datetime import timedelta

import pytest

from applications import rounds
from applications.drafts import documents, found_bad
from applications.models import ClarificationRequest, Round
from portal import dates
from portal.accounts import companies
from portal.accounts.permissions import membership_of
from portal.files.models import StoredFile
from portal.mail import kinds
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask
from tests.applications.clarifications.test_bad_files import find_bad
from tests.applications.conftest import upload

pytestmark = pytest.mark.django_db


def is_due(message):
    return kinds.get(message.kind).still_due(message)


def test_everybody_who_can_replace_it_is_told_once(draft, owner, mei, ken, vic, otto):
    ken.language = "zh-hans"
    ken.save()
    stored = upload(draft, owner, name="secret name.pdf")
    assert find_bad(stored) == find_bad(stored) == "company told"
    told = {message.to: message for message in Message.objects.filter(kind=found_bad.FOUND_BAD)}
    assert set(told) == {mei.email, ken.email}
    body = told[mei.email].body
    assert "Document: Certificate" in body and "secret name" not in body
    assert f"Changes are taken until: {dates.full(draft.round.closes_at)}" in body
    assert (
        kinds.get(found_bad.FOUND_BAD)
        .links(told[mei.email])["documents"]
        .endswith(f"/en/apply/{draft.uuid}/documents/")
    )
    assert "Certificate简" in told[ken.email].body and "干净" in told[ken.email].body
    assert not ClarificationRequest.objects.exists()


def test_mail_is_not_sent_when_the_file_is_gone_the_round_over_or_the_reader_away(draft, owner, mei, ken, at):
    first, second = (upload(draft, owner, name=name) for name in ("a.pdf", "b.pdf"))
    find_bad(first), find_bad(second)
    mails = {(m.about, m.to): m for m in Message.objects.filter(kind=found_bad.FOUND_BAD)}
    assert all(is_due(message) for message in mails.values()) and len(mails) == 4
    documents.remove(first, draft, member=owner)
    companies.leave(membership_of(ken))
    assert {key for key, message in mails.items() if is_due(message)} == {(second.uuid, mei.email)}
    at(draft.round.closes_at + timedelta(days=1))
    assert not any(is_due(message) for message in mails.values())


def test_closed_round_tells_nobody(draft, owner):
    stored = upload(draft, owner)
    Round.objects.update(closes_at=rounds.database_now() - timedelta(days=1))
    assert find_bad(stored) == "not open"
    assert not Message.objects.filter(kind=found_bad.FOUND_BAD).exists()


def test_new_file_of_an_answer_on_its_way_is_told_of_too(submitted, owner, officer):
    slot = submitted.form_version.definition["documents"][0]["uid"]
    request = ask(submitted, officer, ("document", slot))
    submitted.refresh_from_db()
    new = upload(submitted, owner, name="new.pdf")
    assert find_bad(new) == "company told"
    message = Message.objects.get(kind=found_bad.FOUND_BAD)
    assert dates.full(request.due_at) in message.body and is_due(message)
    assert StoredFile.objects.get(pk=new.pk).state == "infected"

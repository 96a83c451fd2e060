"""One case with much of everything: what a long verification leaves behind."""

import hashlib
import os
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from applications.models import (
    Application,
    CheckItem,
    ClarificationRequest,
    ClarificationTarget,
    InternalNote,
    SiteVisit,
    Status,
    Submission,
    Thread,
    ThreadMessage,
)
from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.models import User
from portal.audit.models import Event
from portal.files import store
from portal.files.models import Preview, StoredFile
from tests.bench.growing import named
from tests.bench.measuring import NotThere

FILES, MEGABYTES = 20, 10
SUBMISSIONS, EVENTS, NOTES, THREADS, VISITS = 4, 300, 20, 6, 5


def make() -> Application:
    """The demonstration's case in verification, enriched; its files have bytes of their own."""
    case = Application.objects.filter(
        status=Status.IN_VERIFICATION, provider__memberships__user__email__endswith=f"@{DEMO_DOMAIN}"
    ).first()
    if case is None:
        raise NotThere("no case in verification")
    officer = User.objects.get(email=f"officer@{DEMO_DOMAIN}")
    files = _files(case)
    _submissions(case, files)
    _asked(case, officer)
    _worked(case, officer)
    return case


def _files(case):
    slots, content = case.form_version.definition["documents"], os.urandom(MEGABYTES * 2**20)
    sha256 = hashlib.sha256(content).hexdigest()
    files = StoredFile.objects.bulk_create(
        StoredFile(
            owner_kind="application",
            owner_uuid=case.uuid,
            slot=slots[number % len(slots)]["uid"],
            original_name=f"Demo evidence {number}.pdf",
            key=store.new_key(),
            size=len(content),
            sha256=sha256,
            detected_type="pdf",
            state=StoredFile.State.CLEAN,
            checked_by=StoredFile.CheckedBy.CLAMD,
        )
        for number in range(FILES)
    )
    for each in files:
        store.save(each.key, ContentFile(content))
    Preview.objects.bulk_create(
        Preview(file=each, page=page, key=f"bench/{each.uuid}-{page}", width=800, height=1100)
        for each in files
        for page in (1, 2, 3)
    )
    return files


def _submissions(case, files):
    first = case.submissions.order_by("number").last()
    content = first.content | {"files": first.content["files"] + [named(each) for each in files]}
    Submission.objects.bulk_create(
        Submission(
            application=case,
            number=first.number + more,
            cause=Submission.Cause.CLARIFICATION,
            form_version=first.form_version,
            key=uuid.uuid4(),
            content=content,
            sha256=uuid.uuid4().hex * 2,
            signer_name=first.signer_name,
            signer_role=first.signer_role,
            submitted_at=timezone.now(),
        )
        for more in range(1, SUBMISSIONS)
    )
    Application.objects.filter(pk=case.pk).update(revision=first.number + SUBMISSIONS - 1)


def _asked(case, officer):
    """A clarification answered with each later submission, and questions of the company."""
    now, sections = timezone.now(), case.form_version.definition["sections"]
    for answer in case.submissions.filter(cause=Submission.Cause.CLARIFICATION):
        request = ClarificationRequest.objects.create(
            application=case,
            state="answered",
            due_at=now,
            requested_by=officer,
            settled_at=now,
            answer=answer,
        )
        ClarificationTarget.objects.bulk_create(
            ClarificationTarget(
                request=request, kind="section", uid=each["uid"], comment="Demo", position=place
            )
            for place, each in enumerate(sections[:4])
        )
    for _number in range(THREADS):
        thread = Thread.objects.create(application=case, language="en", last_at=now)
        ThreadMessage.objects.bulk_create(
            ThreadMessage(thread=thread, author=officer, text="Demo message", written_at=now)
            for _each in "123"
        )


def _worked(case, officer):
    now = timezone.now()
    InternalNote.objects.bulk_create(
        InternalNote(application=case, author=officer, text=f"Demo note {number}") for number in range(NOTES)
    )
    SiteVisit.objects.bulk_create(
        SiteVisit(application=case, visited_at=now, place="Demo Works", changed_by=officer, changed_at=now)
        for _number in range(VISITS)
    )
    Event.objects.bulk_create(
        Event(
            at=now + timedelta(seconds=number),
            verb="check.decided",
            object_kind="case",
            object_uuid=case.uuid,
            actor_uuid=officer.uuid,
            to_state=CheckItem.State.PASSED,
            changed=["identity"],
        )
        for number in range(EVENTS)
    )

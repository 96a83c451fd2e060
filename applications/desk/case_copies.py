"""Copies of a case to take along: its answers as a page, and all of it as one PDF made by the worker.

The only writer of CaseCopy, but for its end (portal.files.making).
"""

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy
from django_tasks import task

from applications import rounds
from applications.desk import case_documents, case_history, case_reading, case_record
from applications.models import Application, CaseCopy, SiteVisit, Submission
from applications.permissions import PHOTO_OWNER
from applications.submissions import contents, presenting
from portal import pdf
from portal.audit import trail
from portal.files import archives, intake, making, refusals, store, structure
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.languages import lang_tag

log = structlog.get_logger(__name__)
OWNER_KIND = "case_copy"
KEPT_FOR = timedelta(days=7)
SHOWN_AS_PAGES = {"pdf", "jpg", "png"}
OFFICE_FILE, UNAVAILABLE, NO_TIME = "office_file", "unavailable", "no_time"
PLAIN_TIMEOUT, JOIN_TIMEOUT = 60, 400
# Numbers of other lengths may move a line over the end of a page, and hardly ever a second time.
COVER_ATTEMPTS = 4


REASONS = {
    OFFICE_FILE: gettext_lazy("An Office file, which is not shown as pages."),
    UNAVAILABLE: gettext_lazy("The file store did not give it."),
    NO_TIME: gettext_lazy("It could not be read in time. Make the PDF again."),
}


def reason_text(code: str, name: str) -> str:
    """Why a document is only named in a copy: a state of the file, a refusal, or one of ours."""
    if code in refusals.MESSAGES:
        return refusals.message_for(code, name=name)
    return str(REASONS.get(code) or dict(StoredFile.State.choices).get(code, code))


def style() -> str:
    """The style sheet of an archive's pages; it lies beside them there."""
    return pdf.STYLE.read_text()


def answers_html(submission: Submission, *, language: str) -> str:
    """One submission as a page to be read without the portal, beside the style sheet of `style`."""
    with translation.override(language):
        context = {"lang": lang_tag(language), **_told(submission)}
        return render_to_string("applications/office/case_submission.html", context)


def _told(submission):
    content, definition = submission.content, submission.form_version.definition
    return {
        "submission": submission,
        "application": submission.application,
        "identity": presenting.identity_rows(content["identity"]),
        "parts": presenting.parts(definition, content["answers"]),
        "project_parts": presenting.project_parts(content["projects"]),
        "document_parts": presenting.document_parts(definition, content["files"]),
    }


@transaction.atomic
def order(case: Application, *, reader, language: str, with_notes: bool) -> CaseCopy:
    """Put a PDF of the case into the queue; what is being made already for this person is not made twice."""
    wanted = {"application": case, "ordered_by": reader, "language": language, "with_notes": with_notes}
    now = rounds.database_now()
    # Two presses at once: the case's row lets one in after the other.
    Application.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    waiting = CaseCopy.objects.filter(**wanted, state=CaseCopy.State.ORDERED).first()
    if waiting:
        return waiting
    copy = CaseCopy.objects.create(**wanted, ordered_at=now, expires_at=now + KEPT_FOR)
    trail.record(
        "case.copy_ordered",
        obj_kind="case",
        obj_uuid=case.uuid,
        actor=reader,
        changed=["notes"] if with_notes else [],
    )
    make.enqueue(str(copy.uuid))
    return copy


@task()
def make(copy_uuid: str) -> str:
    """Make the PDF and return its state. Safe to run twice; where the store is away it is tried again."""
    copies = CaseCopy.objects.select_related("application__round", "application__provider", "ordered_by")
    copy = copies.filter(uuid=UUID(copy_uuid)).first()
    if copy is None or copy.state != CaseCopy.State.ORDERED:
        return copy.state if copy else "gone"
    if not pdf.is_available():
        return _settle(copy, CaseCopy.State.FAILED)
    with tempfile.TemporaryDirectory() as folder, translation.override(copy.language):
        return _make(copy, Path(folder))


def _make(copy, folder):
    case = copy.application
    submissions = list(case.submissions.select_related("form_version", "submitted_by").order_by("number"))
    for each in submissions:
        each.application = case
    record = case_record.read(case, with_internal=copy.with_notes)
    parts, left_out = _pages_of(submissions, record, folder)
    _write_numbered(folder, _cover(copy, submissions, record, parts, left_out))
    plan = {
        "cover": str(folder / "cover.pdf"),
        "dividers": str(folder / "dividers.pdf"),
        "parts": [{"path": part["path"], "title": part["stored"].original_name} for part in parts],
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    target = folder / "case.pdf"
    try:
        joined = structure.inspect(
            "portal.files.inspection.join", str(folder / "plan.json"), str(target), timeout=JOIN_TIMEOUT
        )
    except Refused as refused:
        log.error("case_copy_failed", copy=str(copy.uuid), reason=refused.code)
        return _settle(copy, CaseCopy.State.FAILED)
    with target.open("rb") as made:
        stored = intake.keep_made(
            made,
            name=f"{case.reference}.pdf",
            type_code="pdf",
            owner_kind=OWNER_KIND,
            owner_uuid=copy.uuid,
            slot="pdf",
        )
    return _settle(copy, CaseCopy.State.READY, file=stored, pages=joined["pages"], left_out=left_out)


def _pages_of(submissions, record, folder):
    """What can stand in the PDF as pages, and what is only named in it with its reason."""
    parts, left_out, seen = [], [], set()
    for stored, place in _originals(submissions, record):
        if stored.pk in seen:
            continue
        seen.add(stored.pk)
        path = folder / f"{len(seen)}.pdf"
        reason, pages = _write_plain(stored, path)
        if reason:
            left_out.append({"name": stored.original_name, "sha256": stored.sha256, "reason": reason})
        else:
            parts.append({"stored": stored, "path": str(path), "pages": pages, **place})
    return parts, left_out


def _originals(submissions, record):
    """(file, where it belongs): what was handed in, then the photos of site visits."""
    for submission in reversed(submissions):
        for slot in case_reading.slots(submission, case_documents.files_of(submission)):
            for stored in slot.files:
                yield stored, {"slot": slot}
    for visited, stored in record.photos():
        yield stored, {"visited": visited}


def _write_plain(stored, target):
    """Write the file as bare pages: ("", how many), or (why it cannot be done, 0)."""
    if stored.state != StoredFile.State.CLEAN:
        return stored.state, 0
    if stored.detected_type not in SHOWN_AS_PAGES:
        return OFFICE_FILE, 0
    source = target.with_suffix(".source")
    try:
        with archives.fetched(stored) as copy, source.open("wb") as written:
            for chunk in archives.chunks_of(copy):
                written.write(chunk)
        plain = structure.inspect(
            "portal.files.inspection.plain",
            stored.detected_type,
            str(source),
            str(target),
            timeout=PLAIN_TIMEOUT,
        )
    except store.StoreUnavailable:
        return UNAVAILABLE, 0
    except structure.NotInspected:
        return NO_TIME, 0
    except Refused as refused:
        return refused.code, 0
    finally:
        source.unlink(missing_ok=True)
    return "", plain["pages"]


def _cover(copy, submissions, record, parts, left_out):
    case = copy.application
    return {
        "case": case,
        "copy": copy,
        "names": case_reading.names(case.provider),
        "told": [_told(each) for each in submissions],
        "record": record,
        "entries": case_history.entries(case, submissions, with_office=copy.with_notes),
        "notes": case.notes.select_related("author").order_by("created_at") if copy.with_notes else (),
        "parts": parts,
        "left_out": left_out,
    }


def _write_numbered(folder, context):
    """The cover and the dividers, with page numbers of the file that they and the documents are joined to.

    Pages of strangers are not stamped: they stay as they were handed in. How many pages the cover takes is
    known once it is set, and it says where all others stand: it is set again until both agree.
    """
    parts, before = context["parts"], 1
    for _attempt in range(COVER_ATTEMPTS):
        total = _number(parts, before)
        cover, pages = _make_pdf("case_copy", {**context, "total": total})
        if pages == before or not parts:
            break
        before = pages
    (folder / "cover.pdf").write_bytes(cover)
    if parts:
        dividers, _pages = _make_pdf("case_dividers", {**context, "total": total})
        (folder / "dividers.pdf").write_bytes(dividers)


def _number(parts, before):
    """Give each part the number of its divider and of its last page; return the last one of all."""
    for part in parts:
        part["first"], part["last"] = before + 1, before + 1 + part["pages"]
        before = part["last"]
    return before


def _make_pdf(template, context):
    language = translation.get_language()
    html = render_to_string(f"applications/office/{template}.html", {"lang": lang_tag(language), **context})
    return pdf.make_counted(html)


def _settle(copy, state, *, file=None, **fields):
    making.settle(
        CaseCopy.objects.filter(pk=copy.pk, state=CaseCopy.State.ORDERED), file, state=state, **fields
    )
    return state


def withdraw(application_uuid: UUID) -> int:
    """Take back the PDFs of a case; what is being made is thrown away when it is done."""
    copies = CaseCopy.objects.filter(application__uuid=application_uuid).select_related("file")
    return sum(making.forget(copy) for copy in copies)


def follow_up(stored: StoredFile) -> None:
    """To be told by portal.files.verdicts: no copy goes on giving out a document that was found bad."""
    if stored.owner_kind == contents.OWNER_KIND:
        withdraw(stored.owner_uuid)
    elif stored.owner_kind == PHOTO_OWNER:
        withdraw(SiteVisit.objects.values_list("application__uuid", flat=True).get(uuid=stored.owner_uuid))

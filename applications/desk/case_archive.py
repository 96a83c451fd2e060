"""A case as one ZIP: every document that was handed in, the answers of each submission, and what is what.

With it the letters between company and office and, where it is wanted, the office's own work.

<reference>/index.html, style.css, manifest.json, SHA256SUMS.txt
<reference>/submission-1.html, submission-1.json
<reference>/documents/01 <requirement>/<name>
<reference>/letters.html, letters.json: clarifications and questions
<reference>/office/internal.html, internal.json: checklist and site visits
<reference>/office/visit 1/<photo>
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation

from applications.desk import case_copies, case_documents, case_reading, case_record
from applications.models import Application, Submission
from portal.audit import trail
from portal.files import archives, store
from portal.files.archives import Member
from portal.files.models import StoredFile
from portal.languages import lang_tag
from portal.texts import localized


@dataclass
class Manifest:
    """Grows while the archive is sent; stands at its end."""

    files: list[dict] = field(default_factory=list)
    missing: list[dict] = field(default_factory=list)
    sums: list[tuple[str, str]] = field(default_factory=list)


def stream(
    case: Application, submissions: list[Submission], *, reader, language: str, with_internal: bool = True
) -> Iterator[bytes]:
    """Note who took the case along, then send it piece by piece; rows are read before the first byte.

    Only clean documents are in it. What is not, or cannot be read now, is listed with the reason.
    `with_internal`: also what the office did for itself, which is not for the company.
    """
    documents = _documents(submissions)
    with translation.override(language):
        record = case_record.read(case, with_internal=with_internal)
    # Of kind `case`, as all that the office does for itself: it is no part of what the company reads.
    trail.record(
        "case.exported_zip",
        obj_kind="case",
        obj_uuid=case.uuid,
        actor=reader,
        changed=["internal"] if with_internal else [],
    )
    return archives.stream(_members(submissions, documents, record, language))


def _documents(submissions):
    """(file, its slot, numbers of the submissions it came with), each file once, in the order of the form."""
    numbers: dict[str, list[int]] = {}
    for submission in submissions:
        for each in submission.content["files"]:
            numbers.setdefault(each["uuid"], []).append(submission.number)
    found, seen = [], set()
    for submission in reversed(submissions):
        for slot in case_reading.slots(submission, case_documents.files_of(submission)):
            for stored in slot.files:
                if stored.pk not in seen:
                    seen.add(stored.pk)
                    found.append((stored, slot, numbers[str(stored.uuid)]))
    return found


def _members(submissions, documents, record, language):
    case = record.case
    manifest, names, root = Manifest(), archives.Names(), f"{archives.segment(case.reference)}/"
    for submission in submissions:
        yield from _answers(submission, manifest, root, language)
    places = {}
    for stored, slot, numbers in documents:
        place = places.setdefault(slot.uid, len(places) + 1)
        name = str(localized(slot.requirement, "name", language)) if slot.requirement else ""
        folder = f"{root}documents/{archives.segment(f'{place:02} ' + name)}/"
        about = {"slot": name, "submissions": numbers}
        yield from _original(stored, about, folder, manifest, names, root)
    yield from _letters_and_visits(record, manifest, names, root, language)
    yield from _contents(case, submissions, record, manifest, root, language)


def _answers(submission, manifest, root, language):
    name = f"{root}submission-{submission.number}"
    shown = case_copies.answers_html(submission, language=language)
    told = json.dumps(
        {
            "reference": submission.application.reference,
            "submission": submission.number,
            "submitted_at": submission.submitted_at.isoformat(),
            "signed_by": [submission.signer_name, submission.signer_role],
            "content_sha256": submission.sha256,
            "content": submission.content,
            "form": submission.form_version.definition,
        },
        ensure_ascii=False,
        indent=1,
    )
    for ending, text in (("html", shown), ("json", told)):
        yield _text(f"{name}.{ending}", text, manifest)


def _letters_and_visits(record, manifest, names, root, language):
    if record.has_letters:
        yield from _part(record, case_record.LETTERS, f"{root}letters", manifest, language)
    if record.has_internal:
        yield from _part(record, case_record.INTERNAL, f"{root}office/internal", manifest, language)
        yield _text(f"{root}office/style.css", case_copies.style(), manifest)
    for visited, stored in record.photos():
        folder = f"{root}office/visit {visited.number}/"
        yield from _original(stored, {"visit": visited.number}, folder, manifest, names, root)


def _part(record, part, name, manifest, language):
    is_internal = part == case_record.INTERNAL
    told = case_record.told_internal(record) if is_internal else case_record.told_letters(record)
    yield _text(f"{name}.html", case_record.html(record, part, language=language), manifest)
    yield _text(f"{name}.json", json.dumps(told, ensure_ascii=False, indent=1), manifest)


def _original(stored, about, folder, manifest, names, root):
    about = {
        **about,
        "original_name": stored.original_name,
        "description": stored.description,
        "size": stored.size,
        "sha256": stored.sha256,
        "checked_by": stored.checked_by,
    }
    if stored.state != StoredFile.State.CLEAN:
        manifest.missing.append({**about, "reason": stored.state})
        return
    try:
        copy = archives.fetched(stored)
    except store.StoreUnavailable:
        manifest.missing.append({**about, "reason": "unavailable"})
        return
    name = names.of(folder, stored.original_name)
    manifest.files.append({"name": name.removeprefix(root), **about})
    manifest.sums.append((stored.sha256, name.removeprefix(root)))
    yield Member(name, archives.chunks_of(copy))


def _contents(case, submissions, record, manifest, root, language):
    told = {
        "reference": case.reference,
        "submissions": [
            {"number": each.number, "submitted_at": each.submitted_at.isoformat(), "sha256": each.sha256}
            for each in submissions
        ],
        "files": manifest.files,
        "missing": manifest.missing,
    }
    yield _text(f"{root}manifest.json", json.dumps(told, ensure_ascii=False, indent=1), manifest)
    with translation.override(language):
        page = render_to_string(
            "applications/office/case_archive.html",
            {
                "lang": lang_tag(language),
                "case": case,
                "name": case_reading.names(case.provider)[0],
                "submissions": submissions,
                "manifest": manifest,
                "record": record,
                "reasons": dict(StoredFile.State.choices),
            },
        )
    yield _text(f"{root}index.html", page, manifest)
    yield _text(f"{root}style.css", case_copies.style(), manifest)
    sums = "".join(f"{sha256}  {name}\n" for sha256, name in manifest.sums)
    yield Member(f"{root}SHA256SUMS.txt", [sums.encode()], is_text=True)


def _text(name, text, manifest):
    content = text.encode()
    manifest.sums.append((hashlib.sha256(content).hexdigest(), name.partition("/")[2]))
    return Member(name, [content], is_text=True)

"""A submission as the office reads it, beside what applications.submissions.presenting shows to everybody."""

from dataclasses import dataclass

from applications.models import Submission
from applications.questions.versions import CONTACTS
from applications.submissions import presenting
from applications.submissions.presenting import Row
from portal.files.models import StoredFile
from portal.texts import Text, localized


@dataclass(frozen=True)
class Slot:
    uid: str
    requirement: dict | None  # None: a slot that the form of this submission does not know
    files: list[StoredFile]


def slots(submission: Submission, files: list[StoredFile]) -> list[Slot]:
    """The documents of a submission under their requirements, those of the form first."""
    held: dict[str, list[StoredFile]] = {}
    for stored in files:
        held.setdefault(stored.slot, []).append(stored)
    asked = [
        Slot(each["uid"], each, held.pop(each["uid"], []))
        for each in submission.form_version.definition["documents"]
    ]
    return asked + [Slot(uid, None, rows) for uid, rows in held.items()]


def company_rows(submission: Submission) -> list[Row]:
    """What an officer wants at hand: registration, address and contact people, as far as they were given."""
    identity = presenting.identity_rows(submission.content["identity"])
    contacts = [
        row
        for part in presenting.parts(submission.form_version.definition, submission.content["answers"])
        for row in part.rows
        if part.uid == CONTACTS
    ]
    return [row for row in [*identity, *contacts] if row.text and not row.key.startswith("name_")]


def names(identity) -> list[Text]:
    """The company's names, the reader's own language first, each different name once.

    `identity` is a Provider or the frozen identity of a submission.
    """
    first = localized(identity, "name")
    found = {first.text: first}
    for code in ("en", "zh-hant", "zh-hans"):
        other = localized(identity, "name", code)
        found.setdefault(other.text, other)
    return list(found.values())

"""All that stands in an application, and its frozen form.

frozen = {"identity": {column: value}, "answers": {section uid: {key: answer}},
          "projects": [{"uuid", "entered": {…}}],
          "files": [{"uuid", "slot", "name", "description", "size", "sha256", "type", "state",
                     "uploaded_by", "uploaded_at"}],
          "declaration": {"text_*", "signer_name", "signer_role"},
          "clarification": {"request", "places": [{"kind", "uid", "comment", "is_automatic", "reply"}]}}

The last stands only in what answers a clarification (applications.clarifications.answering).
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from applications.models import Application, ProjectRecord, SectionAnswers
from applications.questions import answers, versions
from portal.files.models import StoredFile
from portal.texts import SUFFIX_OF

OWNER_KIND = "application"
# A refused or infected upload is told about, but it never fills a slot.
USABLE = {StoredFile.State.PENDING, StoredFile.State.CLEAN, StoredFile.State.ERROR}
IDENTITY = (
    "name_en",
    "name_zh_hant",
    "name_zh_hans",
    "hk_registration",
    "mainland_registration",
    "address",
    "telephone",
    "website",
    "year_founded",
    "verification",
)


@dataclass(frozen=True)
class Contents:
    """Sections, projects and files are read when first asked for: one query each, whatever their number."""

    application: Application

    @cached_property
    def sections(self) -> dict[str, SectionAnswers]:
        return {row.section_uid: row for row in self.application.answers.select_related("changed_by")}

    @cached_property
    def projects(self) -> list[ProjectRecord]:
        return list(self.application.projects.all())

    @cached_property
    def files(self) -> list[StoredFile]:
        return list(files_of(self.application))

    @property
    def definition(self) -> dict:
        return self.application.form_version.definition

    @cached_property
    def values(self) -> dict:
        """Answers of all sections by question key; keys are unique in a round."""
        return {key: value for row in self.sections.values() for key, value in row.data.items()}

    def in_slot(self, requirement_uid: str) -> list[StoredFile]:
        return [each for each in self.files if each.slot == requirement_uid]

    @property
    def without_slot(self) -> list[StoredFile]:
        """Files for a document that the form no longer asks for: kept to be seen, never sent."""
        return [each for each in self.files if not self._has_slot(each)]

    def _has_slot(self, stored):
        return any(stored.slot == each["uid"] for each in self.definition["documents"])

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything in the application changes; what a review page was made from."""
        parts = [f"form {self.application.form_version_id}"]
        parts += sorted(f"section {uid} {row.version}" for uid, row in self.sections.items())
        parts += sorted(f"project {each.uuid} {each.version}" for each in self.projects)
        parts += sorted(f"file {each.uuid}" for each in self.files if each.state in USABLE)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def frozen(self, *, signer_name: str, signer_role: str) -> dict:
        return {
            "identity": identity_of(self.application.provider),
            "answers": {uid: self._asked(uid) for uid in self.sections},
            "projects": [{"uuid": str(each.uuid), "entered": each.entered} for each in self.projects],
            "files": [_file(each) for each in self.files if each.state in USABLE and self._has_slot(each)],
            "declaration": {
                f"text_{suffix}": versions.declaration_of(self.application)[f"declaration_{suffix}"]
                for suffix in SUFFIX_OF.values()
            }
            | {"signer_name": signer_name, "signer_role": signer_role},
        }

    def signed(self, declaration) -> dict:
        return self.frozen(signer_name=declaration.signer_name, signer_role=declaration.signer_role)

    def _asked(self, uid):
        """The answers of a section to questions that were in fact asked."""
        section = next((each for each in self.definition["sections"] if each["uid"] == uid), None)
        asked = [q["key"] for q in section["questions"] if answers.applies(q, self.values)] if section else []
        return {key: value for key, value in self.sections[uid].data.items() if key in asked}


def files_of(application: Application):
    return (
        StoredFile.objects.filter(owner_kind=OWNER_KIND, owner_uuid=application.uuid)
        .filter(set_aside_at=None)
        .exclude(state=StoredFile.State.REMOVED)
        .select_related("uploaded_by")
        .order_by("id")
    )


def identity_of(provider) -> dict:
    return {name: getattr(provider, name) for name in IDENTITY}


def _file(row):
    return {
        "uuid": str(row.uuid),
        "slot": row.slot,
        "name": row.original_name,
        "description": row.description,
        "size": row.size,
        "sha256": row.sha256,
        "type": row.detected_type,
        "state": row.state,
        "uploaded_by": str(row.uploaded_by) if row.uploaded_by else "",
        "uploaded_at": row.uploaded_at.isoformat(),
    }

"""Beginning with what the company wrote before.

Only into an empty draft: nothing is overwritten. Nothing is marked as completed either, and declarations are
made anew, because what was true then has to be read again.
"""

import time
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from applications.drafts import documents, drafting, projects
from applications.errors import ApplicationError, InvalidTransition
from applications.models import Application, ProjectRecord, SectionAnswers
from applications.questions import answers
from applications.submissions import contents
from portal.audit import trail
from portal.files.refusals import Refused

NOT_EMPTY = _("This draft has answers already, so nothing was copied.")
# Files come from the store one by one; what this time does not suffice for is offered on the documents page.
SECONDS_FOR_FILES = 15


@dataclass
class Copied:
    sections: dict[str, int] = field(default_factory=dict)  # uid -> number of answers
    projects: int = 0
    files: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # names of files


def sources(application: Application) -> QuerySet[Application]:
    """The company's other applications in which something is written, newest first."""
    written = Q(Exists(SectionAnswers.objects.filter(application=OuterRef("pk")))) | Q(
        Exists(ProjectRecord.objects.filter(application=OuterRef("pk")))
    )
    others = Application.objects.filter(provider=application.provider_id).exclude(pk=application.pk)
    return others.filter(written).select_related("round", "form_version").order_by("-created_at")


def is_empty(held: contents.Contents) -> bool:
    return not (held.sections or held.projects or held.files)


def answers_for(definition: dict, source: contents.Contents) -> dict[str, dict]:
    """Section uid -> the answers that fit: the same key and kind, and choices that are still offered."""
    asked_then = {
        question["key"]: question
        for section in source.definition["sections"]
        for question in section["questions"]
    }
    found = {}
    for section in definition["sections"]:
        data = {
            question["key"]: value
            for question in section["questions"]
            if _fits(question, asked_then.get(question["key"]))
            and not answers.is_blank(value := _still_offered(question, source.values.get(question["key"])))
        }
        if data:
            found[section["uid"]] = data
    return found


def _fits(question, then):
    return then is not None and then["kind"] == question["kind"] != "declaration"


def _still_offered(question, value):
    if question["kind"] == "table":
        columns = [each["code"] for each in question["columns"]]
        return [{code: row.get(code, "") for code in columns} for row in value or []]
    if question["kind"] not in {"one_of", "several_of"}:
        return value
    codes = {each["code"] for each in question["choices"]}
    if isinstance(value, list):
        return [code for code in value if code in codes]
    return value if value in codes else ""


def copy(application: Application, source: Application, *, member) -> Copied:
    """Take over answers, project records and files. Raises InvalidTransition or RoundClosed.

    Must not be called inside a transaction: files come from the store.
    """
    copied = _copy_texts(application, source, member)
    _copy_files(application, source, member, copied)
    return copied


@transaction.atomic
def _copy_texts(application, source, member):
    drafting.lock_for_change(application, member=member)
    if not is_empty(contents.Contents(application)):
        raise InvalidTransition(NOT_EMPTY)
    held, copied = contents.Contents(source), Copied()
    for uid, data in answers_for(application.form_version.definition, held).items():
        drafting.save_section(application, uid, data, base_version=0, member=member)
        copied.sections[uid] = len(data)
    for record in held.projects:
        projects.add(application, record.entered, member=member)
        copied.projects += 1
    trail.record(
        "application.copied",
        obj_kind="application",
        obj_uuid=application.uuid,
        actor=member.user,
        changed=[*copied.sections, *(["projects"] if copied.projects else [])],
    )
    return copied


def _copy_files(application, source, member, copied):
    begun = time.monotonic()
    for stored, requirement in _matching(application, source):
        try:
            if time.monotonic() - begun > SECONDS_FOR_FILES:
                raise Refused("upload_failed")
            documents.reuse(stored, application, requirement, member=member)
            copied.files.append(stored.original_name)
        except (Refused, ApplicationError):
            copied.left_out.append(stored.original_name)


def _matching(application, source):
    """Files of the source with the requirement that asks for the same: by uid, else by its name."""
    by_name = {each["name_en"].casefold(): each for each in application.form_version.definition["documents"]}
    by_uid = {each["uid"]: each for each in application.form_version.definition["documents"]}
    then = {each["uid"]: each["name_en"].casefold() for each in source.form_version.definition["documents"]}
    for stored in contents.files_of(source).filter(state__in=contents.USABLE):
        requirement = by_uid.get(stored.slot) or by_name.get(then.get(stored.slot, ""))
        if requirement:
            yield stored, requirement

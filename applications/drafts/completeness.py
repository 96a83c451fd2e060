"""What is still missing before an application can be submitted, and the state of each task."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from applications.drafts import projects
from applications.questions import answers, versions
from applications.submissions.contents import USABLE, Contents
from portal.files.models import StoredFile
from portal.texts import localized


class TaskState(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("state of a task", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("state of a task", "In progress")
    COMPLETED = "completed", pgettext_lazy("state of a task", "Completed")
    PROBLEM = "problem", pgettext_lazy("state of a task", "There is a problem")
    CANNOT_START = "cannot_start", pgettext_lazy("state of a task", "Cannot start yet")


@dataclass(frozen=True)
class Missing:
    """One thing to do. `place` is a section uid, `projects`, `documents` or `company`.

    `anchor` is the key of a question in a section, else an id on the page of that place.
    """

    place: str
    anchor: str
    sentence: str


def missing(contents: Contents) -> list[Missing]:
    """Everything that keeps the application from being submitted, in the order of the task list."""
    gaps = missing_identity(contents.application.provider)
    for section in contents.definition["sections"]:
        found = missing_in_section(section, contents)
        gaps += found or _unconfirmed(section, contents)
    return gaps + missing_projects(contents) + missing_documents(contents)


def missing_identity(provider) -> list[Missing]:
    gaps = []
    if not provider.address.strip():
        gaps.append(Missing("company", "address", _("Add the address of your company.")))
    if not provider.telephone.strip():
        gaps.append(Missing("company", "telephone", _("Add the telephone number of your company.")))
    return gaps


def missing_in_section(section: dict, contents: Contents) -> list[Missing]:
    row = contents.sections.get(section["uid"])
    data = row.data if row else {}
    return problems(section, data, contents.values | data)


def problems(section: dict, data: dict, values: dict) -> list[Missing]:
    """What is wrong in one section's `data`; `values` are the answers of all sections, for the conditions."""
    found = []
    for question in section["questions"]:
        sentence = problem_of(question, data, values)
        if sentence:
            found.append(Missing(section["uid"], question["key"], sentence))
    return found


def problem_of(question: dict, data: dict, values: dict) -> str | None:
    """What to do about one question; nothing where it is not asked."""
    if not answers.applies(question, values):
        return None
    return answers.problem(question, data.get(question["key"]))


def _unconfirmed(section, contents):
    """A section whose answers are all in order but that nobody has said to be complete."""
    row = contents.sections.get(section["uid"])
    if row and row.is_completed:
        return []
    sentence = _("Mark “%(section)s” as completed.") % {"section": localized(section, "title")}
    return [Missing(section["uid"], "is_completed", sentence)]


def missing_projects(contents: Contents) -> list[Missing]:
    gaps = []
    lacking = versions.minimum_projects_of(contents.application) - len(contents.projects)
    if lacking > 0:
        sentence = ngettext("Add %(count)d project record.", "Add %(count)d project records.", lacking)
        gaps.append(Missing("projects", "", sentence % {"count": lacking}))
    for number, record in enumerate(contents.projects, 1):
        if projects.problems(record.entered):
            sentence = _("Complete project record %(number)d (%(name)s).")
            name = record.factory_name or _("no factory named yet")
            gaps.append(
                Missing("projects", f"project-{record.uuid}", sentence % {"number": number, "name": name})
            )
    return gaps


def missing_documents(contents: Contents) -> list[Missing]:
    gaps = []
    for requirement in contents.definition["documents"]:
        files = contents.in_slot(requirement["uid"])
        if requirement["required"] and not any(each.state in USABLE for each in files):
            sentence = _("Upload “%(name)s”.") % {"name": localized(requirement, "name")}
            gaps.append(Missing("documents", f"slot-{requirement['uid']}", sentence))
    return gaps


def refused_files(contents: Contents) -> list[StoredFile]:
    return [each for each in contents.files if each.state not in USABLE]


def section_state(section: dict, contents: Contents) -> TaskState:
    row = contents.sections.get(section["uid"])
    if row is None:
        return TaskState.NOT_STARTED
    if not row.is_completed:
        return TaskState.IN_PROGRESS
    return TaskState.PROBLEM if missing_in_section(section, contents) else TaskState.COMPLETED


def projects_state(contents: Contents) -> TaskState:
    if not contents.projects and versions.minimum_projects_of(contents.application):
        return TaskState.NOT_STARTED
    return TaskState.IN_PROGRESS if missing_projects(contents) else TaskState.COMPLETED


def documents_state(contents: Contents) -> TaskState:
    if refused_files(contents):
        return TaskState.PROBLEM
    if not missing_documents(contents):
        return TaskState.COMPLETED
    return TaskState.IN_PROGRESS if contents.files else TaskState.NOT_STARTED


def identity_state(contents: Contents) -> TaskState:
    gaps = missing_identity(contents.application.provider)
    return TaskState.IN_PROGRESS if gaps else TaskState.COMPLETED

"""The task list of a draft: its places in order, the state of each, and where each leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.drafts import completeness
from applications.drafts.completeness import TaskState
from applications.models import Section
from applications.submissions.contents import Contents
from portal.texts import localized

COMPANY = "company"
PROJECTS = "projects"
DOCUMENTS = "documents"


@dataclass(frozen=True)
class Task:
    place: str
    title: str
    url: str
    state: TaskState
    hint: str = ""

    @property
    def is_completed(self):
        return self.state == TaskState.COMPLETED


def groups(contents: Contents) -> list[tuple[str, list[Task]]]:
    """(title, tasks) of the three groups; the last task of all, checking and submitting, stands apart."""
    return [
        (str(group.label), [_task(place, contents) for place in places])
        for group, places in _places(contents.definition).items()
        if places
    ]


def _places(definition: dict) -> dict[str, list[str]]:
    """Where each part stands; the form's version alone decides it."""
    by_group = {group: [] for group in Section.Group}
    by_group[Section.Group.COMPANY].append(COMPANY)
    by_group[Section.Group.WORK].append(PROJECTS)
    by_group[Section.Group.DECLARATION].append(DOCUMENTS)
    for section in definition["sections"]:
        by_group[Section.Group(section["group"])].append(section["uid"])
    return by_group


def _task(place: str, contents: Contents) -> Task:
    make = {COMPANY: _company, PROJECTS: _projects, DOCUMENTS: _documents}.get(place)
    if make:
        return make(contents)
    section = next(each for each in contents.definition["sections"] if each["uid"] == place)
    return _section(section, contents)


def tasks(contents: Contents) -> list[Task]:
    return [task for _title, group in groups(contents) for task in group]


def url_of(application, place: str) -> str:
    """The address of a place as applications.drafts.completeness names it."""
    if place in {COMPANY, PROJECTS, DOCUMENTS}:
        return reverse(f"applications:{place}", args=[application.uuid])
    return reverse("applications:section", args=[application.uuid, place])


def after(contents: Contents, place: str) -> str:
    """The address of the place that follows, or of the task list after the last."""
    places = [each for group in _places(contents.definition).values() for each in group]
    following = places[places.index(place) + 1 :] if place in places else []
    application = contents.application
    if not application.is_draft:
        return clarification_url(application)
    if following:
        return url_of(application, following[0])
    return reverse("applications:application", args=[application.uuid])


def clarification_url(application) -> str:
    return reverse("applications:clarification", args=[application.uuid])


def _company(contents):
    return Task(
        COMPANY,
        _("Company identity"),
        url_of(contents.application, COMPANY),
        completeness.identity_state(contents),
    )


def _projects(contents):
    count = len(contents.projects)
    hint = ngettext("%(count)d project", "%(count)d projects", count) % {"count": count} if count else ""
    return Task(
        PROJECTS,
        _("Project records"),
        url_of(contents.application, PROJECTS),
        completeness.projects_state(contents),
        hint,
    )


def _documents(contents):
    refused = len(completeness.refused_files(contents))
    hint = ngettext("%(count)d file was refused", "%(count)d files were refused", refused)
    return Task(
        DOCUMENTS,
        _("Documents"),
        url_of(contents.application, DOCUMENTS),
        completeness.documents_state(contents),
        hint % {"count": refused} if refused else "",
    )


def _section(section, contents):
    return Task(
        section["uid"],
        str(localized(section, "title")),
        url_of(contents.application, section["uid"]),
        completeness.section_state(section, contents),
    )


def project_url(application, record) -> str:
    return reverse("applications:project_change", args=[application.uuid, record.uuid])

"""What a clarification names, in words; and each request as pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.clarifications.reopening import Kind
from applications.models import Application, ClarificationRequest, ClarificationTarget, Submission
from applications.questions import versions
from applications.submissions import presenting
from portal.texts import localized

State = ClarificationRequest.State


@dataclass(frozen=True)
class Place:
    """A target with its title; `within` is the section of a single question."""

    target: "ClarificationTarget | Frozen"
    title: str
    within: str = ""


def title_of(target, submission: Submission) -> str:
    """`target` is anything with kind and uid; `submission` the one that was asked about, or a later one."""
    definition, content = submission.form_version.definition, submission.content
    if target.kind == Kind.SECTION:
        return str(localized(versions.section_of(definition, target.uid), "title"))
    if target.kind == Kind.QUESTION:
        _section, question = question_of(definition, target.uid)
        return str(localized(question, "label"))
    if target.kind == Kind.DOCUMENT:
        return str(localized(versions.requirement_of(definition, target.uid), "name"))
    if target.kind == Kind.PROJECT:
        return _project_title(content, target.uid)
    return _("Project records") if target.kind == Kind.PROJECTS else _("Company identity")


def question_of(definition: dict, key: str) -> tuple[dict, dict]:
    """(section, question) of a key."""
    return next(
        (section, question)
        for section in definition["sections"]
        for question in section["questions"]
        if question["key"] == key
    )


def places(targets, submission: Submission) -> list[Place]:
    return [
        Place(each, title_of(each, submission), _within(each, submission.form_version.definition))
        for each in targets
    ]


@dataclass(frozen=True)
class Clock:
    """How much time is left to answer, in whole days and hours; `is_late` where none is."""

    days: int
    hours: int
    is_late: bool

    @classmethod
    def at(cls, request: ClarificationRequest, now: datetime) -> "Clock":
        left = request.due_at - now
        hours = max(0, int(left.total_seconds() // 3600))
        return cls(hours // 24, hours % 24, left.total_seconds() < 0)


@dataclass(frozen=True)
class Frozen:
    """A question of the Secretariat and its reply, as they were handed in."""

    kind: str
    uid: str
    comment: str
    is_automatic: bool
    reply: str


def replies(submission: Submission) -> list[Place]:
    """Of a submission that answers a clarification; empty for others."""
    handed_in = submission.content.get("clarification", {}).get("places", [])
    return places([Frozen(**each) for each in handed_in], submission)


@dataclass(frozen=True)
class Settled:
    """A clarification that is over, with its places."""

    request: ClarificationRequest
    places: list[Place]


def settled(application: Application) -> list[Settled]:
    return [each for each in all_of(application) if not each.request.is_open]


def all_of(application: Application) -> list[Settled]:
    """Every clarification of an application, newest first; three queries more than their texts."""
    rows = application.clarifications.select_related("requested_by", "answer").prefetch_related(
        "targets__replied_by", "extensions__granted_by"
    )
    rows = list(rows)
    if not rows:
        return []
    newest = application.submissions.select_related("form_version").latest("number")
    return [Settled(each, places(each.targets.all(), newest)) for each in rows]


def _within(target, definition):
    if target.kind != Kind.QUESTION:
        return ""
    section, _question = question_of(definition, target.uid)
    return str(localized(section, "title"))


def _project_title(content, uid):
    for number, each in enumerate(content["projects"], 1):
        if each["uuid"] == uid:
            return presenting.project_title(number, each["entered"])
    return _("Project record")

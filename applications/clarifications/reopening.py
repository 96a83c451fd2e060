"""Which places of a submitted application take changes again, and until when: those a clarification names.

A question that is asked depending on the answer to a reopened one is open too; else an answer could make it
required and nobody could answer it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from applications.models import Application, ClarificationRequest, ClarificationTarget, Round

Kind = ClarificationTarget.Kind


@dataclass(frozen=True)
class Opening:
    request: ClarificationRequest
    targets: tuple[ClarificationTarget, ...]
    definition: dict

    @cached_property
    def keys(self) -> set[str]:
        """Keys of the questions that may be answered again."""
        questions = [each for section in self.definition["sections"] for each in section["questions"]]
        opened = self._uids(Kind.QUESTION)
        for section in self.definition["sections"]:
            if section["uid"] in self._uids(Kind.SECTION):
                opened |= {each["key"] for each in section["questions"]}
        while True:
            conditional = {
                each["key"] for each in questions if each["only_if"] and each["only_if"]["key"] in opened
            }
            if conditional <= opened:
                return opened
            opened |= conditional

    def narrowed(self, section: dict) -> dict | None:
        """The section with its reopened questions only; None where there are none."""
        questions = [each for each in section["questions"] if each["key"] in self.keys]
        return section | {"questions": questions} if questions else None

    def has_section(self, uid: str) -> bool:
        return any(each["uid"] == uid and self.narrowed(each) for each in self.definition["sections"])

    def has_document(self, uid: str) -> bool:
        return uid in self._uids(Kind.DOCUMENT)

    def has_project(self, uuid) -> bool:
        return self.has_project_list or str(uuid) in self._uids(Kind.PROJECT)

    @property
    def has_project_list(self) -> bool:
        return bool(self._uids(Kind.PROJECTS))

    @property
    def has_company(self) -> bool:
        return bool(self._uids(Kind.COMPANY))

    @property
    def replies_version(self) -> int:
        """One version for all replies, because they stand on one page; every save counts it up."""
        return sum(each.reply_version for each in self.targets)

    @property
    def replied_last(self) -> ClarificationTarget | None:
        replied = [each for each in self.targets if each.replied_at]
        return max(replied, key=lambda each: each.replied_at, default=None)

    def _uids(self, kind):
        return {each.uid for each in self.targets if each.kind == kind}


def of(application: Application) -> Opening | None:
    """What is open of a submitted application; None for drafts and where nothing was asked."""
    request = (
        application.clarifications.filter(state=ClarificationRequest.State.OPEN)
        .prefetch_related("targets__replied_by")
        .first()
    )
    if request is None:
        return None
    request.application = application
    return Opening(request, tuple(request.targets.all()), application.form_version.definition)


def grace(round: Round) -> timedelta:
    return timedelta(minutes=round.grace_minutes)


def is_in_time(request: ClarificationRequest, *, now: datetime, begun_at: datetime | None = None) -> bool:
    """By the deadline; or within the minutes of grace, where a page was issued by the deadline."""
    if now <= request.due_at:
        return True
    begun_in_time = begun_at is not None and begun_at <= request.due_at
    return begun_in_time and now <= request.due_at + grace(request.application.round)


def is_over(application: Application, *, now: datetime) -> bool:
    """Is the time to answer a clarification over, which the clock has not given up yet?"""
    return application.clarification_due_at is not None and application.clarification_due_at < now

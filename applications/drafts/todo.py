"""What a company has to do now, most urgent first: one list over all its applications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import rounds
from applications.models import Application, Status
from portal.texts import localized


@dataclass(frozen=True)
class Todo:
    words: str
    url: str
    round_name: str
    due: datetime | None = None
    days_left: int = 0


def of(
    applications: Iterable[Application], *, unread: dict[int, int], membership, now: datetime
) -> list[Todo]:
    """Nothing for those who may only view. `unread` counts the new answers of the Secretariat."""
    if not membership.can_edit:
        return []
    found = [todo for each in applications for todo in _of(each, unread.get(each.pk, 0), membership, now)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or now))


def _of(application, unread, membership, now):
    name = str(localized(application.round, "name"))
    url = reverse("applications:application", args=[application.uuid])
    if application.status == Status.CLARIFICATION_REQUESTED and application.clarification_due_at:
        due = application.clarification_due_at
        if due > now:
            yield Todo(
                _("Answer the questions of the Secretariat"),
                reverse("applications:clarification", args=[application.uuid]),
                name,
                due,
                rounds.days_left(due, now=now),
            )
    if application.is_draft and rounds.is_open(application.round, application, now=now):
        words = _("Complete and submit the application")
        if application.revision:
            words = _("Submit the application again")
        if not membership.can_submit:
            words = _("Complete the application, so that a colleague can submit it")
        due = rounds.deadline(application.round, application)
        yield Todo(words, url, name, due, rounds.days_left(due, now=now))
    if unread:
        words = ngettext(
            "Read %(count)d new answer of the Secretariat",
            "Read %(count)d new answers of the Secretariat",
            unread,
        )
        yield Todo(words % {"count": unread}, reverse("applications:threads", args=[application.uuid]), name)

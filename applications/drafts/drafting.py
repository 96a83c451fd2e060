"""Drafting: the only writer of SectionAnswers and DocumentSlot.

Saving never needs validity. Every save names the version it was made from; a stale one changes nothing.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.clarifications import reopening
from applications.clarifications.reopening import Opening
from applications.drafts import revisions
from applications.errors import InvalidTransition, RoundClosed, StaleVersion
from applications.models import Application, DocumentSlot, SectionAnswers, Status
from applications.questions import answers, versions

DELETED = _(
    "A colleague deleted this draft in the meantime, so nothing was saved. "
    "What you typed is still on this page."
)
NOT_REOPENED = _(
    "The Secretariat did not ask about this part, so nothing was saved. What you typed is still on this page."
)
ASKED_LESS = _(
    "The Secretariat no longer asks about all of this part, so nothing was saved. "
    "What you typed is still on this page: save again to keep the rest."
)
ANSWER_TIME_OVER = _(
    "The time to answer is over, so nothing was saved. What you typed is still on this page. "
    "You can ask the Secretariat for more time."
)


def lock_for_change(
    application: Application,
    *,
    member,
    begun_at: datetime | None = None,
    reopened: Callable[[Opening], bool] | None = None,
) -> datetime:
    """Lock the application, see that it takes changes now, and return now by the database.

    `begun_at` is the proved start of an upload, which may arrive within the minutes of grace. After
    submission only what a clarification has reopened takes changes: `reopened` says whether the place is
    among it, and without it none is. Raises InvalidTransition or RoundClosed.
    """
    fresh = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "form_version")
        .filter(pk=application.pk)
        .first()
    )
    if fresh is None:
        raise InvalidTransition(DELETED)
    application.status = fresh.status
    if fresh.status == Status.CLARIFICATION_REQUESTED:
        return _now_if_reopened(fresh, reopened, begun_at)
    if fresh.status != Status.DRAFT:
        raise InvalidTransition(
            _("The application was submitted and cannot be changed now. Take it back first if you need to.")
        )
    now = rounds.database_now()
    if not (
        rounds.is_open(fresh.round, fresh, now=now)
        or rounds.is_in_grace(fresh.round, fresh, now=now, begun_at=begun_at)
    ):
        raise RoundClosed(
            _("The round is closed, so nothing was saved. What you typed is still on this page.")
        )
    return now


def _now_if_reopened(application, reopened, begun_at):
    opening = reopening.of(application)
    if opening is None or reopened is None or not reopened(opening):
        raise InvalidTransition(NOT_REOPENED)
    now = rounds.database_now()
    if not reopening.is_in_time(opening.request, now=now, begun_at=begun_at):
        raise RoundClosed(ANSWER_TIME_OVER)
    return now


def touch(application: Application, *, member, now: datetime) -> None:
    """Note who changed anything last, for the task list."""
    application.saved_by, application.saved_at = member.user, now
    application.save(update_fields=["saved_by", "saved_at"])


@transaction.atomic
def save_section(
    application: Application,
    section_uid: str,
    data: dict,
    *,
    base_version: int,
    member,
    completed: bool = False,
) -> SectionAnswers:
    """Keep one section's answers as typed (`applications.questions.answers` has the shapes).

    `base_version` is the version the page was made from, 0 for none. Raises StaleVersion with the row as it
    stands, RoundClosed, InvalidTransition. The same answers again, even from an old page, are no conflict.
    Of a submitted application `data` may change reopened questions only.
    """
    now = lock_for_change(
        application, member=member, reopened=lambda opening: opening.has_section(section_uid)
    )
    row = (
        SectionAnswers.objects.select_related("changed_by")
        .filter(application=application, section_uid=section_uid)
        .first()
    )
    if row and not application.is_draft:
        data = _with_reopened_only(row, data, opened=reopening.of(application).keys)
    elif row:
        data = _no_longer_asked(application, row) | data
    if row and row.data == data and row.is_completed == completed:
        return row
    if (row.version if row else 0) != base_version:
        raise StaleVersion(_("Somebody changed this section after you opened it."), current=row)
    row = row or SectionAnswers(application=application, section_uid=section_uid, version=0)
    row.data, row.is_completed, row.version = data, completed, row.version + 1
    row.changed_by, row.changed_at = member.user, now
    row.save()
    revisions.keep_answers(row)
    touch(application, member=member, now=now)
    return row


def _with_reopened_only(row, data, *, opened):
    if any(answers.differ(value, row.data.get(key)) for key, value in data.items() if key not in opened):
        raise InvalidTransition(ASKED_LESS)
    return row.data | {key: value for key, value in data.items() if key in opened}


def _no_longer_asked(application, row):
    """Answers to questions that were retired since: the page does not ask them, so it must not drop them."""
    section = versions.section_of(application.form_version.definition, row.section_uid)
    asked = {question["key"] for question in section["questions"]} if section else set()
    return {key: value for key, value in row.data.items() if section and key not in asked}


def touch_slot(application: Application, requirement_uid: str, *, member, now: datetime) -> None:
    """Count up the version of a document slot whose files changed."""
    slot = DocumentSlot.objects.filter(application=application, requirement_uid=requirement_uid).first()
    slot = slot or DocumentSlot(application=application, requirement_uid=requirement_uid, version=0)
    slot.version += 1
    slot.changed_by, slot.changed_at = member.user, now
    slot.save()
    touch(application, member=member, now=now)

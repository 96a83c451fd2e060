"""Handing a case to an officer: what may have happened since the page was shown is asked under the lock."""

from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import workflow
from applications.errors import ApplicationError, InvalidTransition
from applications.models import Application
from applications.permissions import cases_visible_to
from portal.accounts.models import User

TAKEN_BACK = gettext_lazy("The company has taken this application back. It is a draft again.")


class HandledMeanwhile(ApplicationError):
    """Another officer has the case now; nothing was changed."""


@transaction.atomic
def take(application: Application, *, officer: User) -> None:
    """Give a free case to the officer who asks. Taking one's own case again changes nothing.

    Raises HandledMeanwhile if somebody else has it, InvalidTransition if the company took it back or the
    case has ended.
    """
    case = _lock(application)
    if case.assignee is None:
        workflow.assign(case, officer=officer, assignee=officer)
    elif case.assignee != officer:
        raise _handled_by(case.assignee)


@transaction.atomic
def hand_over(application: Application, to: User | None, *, seen: User | None, actor: User) -> None:
    """Give a case to an officer, or to nobody. `seen` is who had it on the page that was answered.

    Raises HandledMeanwhile if that is no longer so, unless what was wanted stands already; InvalidTransition
    if the company took the application back or the case has ended.
    """
    _hand_over(application, to, seen and seen.uuid, actor)


@dataclass(frozen=True)
class Choice:
    """A row of a list that was ticked, and who had the case when the list was shown."""

    case: UUID
    seen: UUID | None


@dataclass(frozen=True)
class Outcome:
    case: Application | None  # None: there is no such case (any more)
    is_done: bool
    sentence: str


def hand_over_many(choices: list[Choice], to: User | None, *, actor: User) -> list[Outcome]:
    """Give each case on its own: one that cannot be given is told with its reason and holds up no other.

    Not to be called inside a transaction.
    """
    found = cases_visible_to(actor).select_related("provider", "assignee")
    cases = {case.uuid: case for case in found.filter(uuid__in=[each.case for each in choices])}
    return [_give(cases.get(each.case), each.seen, to, actor) for each in choices]


def _give(case, seen, to, actor):
    if case is None:
        return Outcome(None, False, str(TAKEN_BACK))
    try:
        with transaction.atomic():
            is_done = _hand_over(case, to, seen, actor)
    except ApplicationError as refusal:
        return Outcome(case, False, str(refusal))
    except OperationalError:
        return Outcome(case, False, _("Somebody is working on this case at the moment. Try again."))
    case.assignee = to
    return Outcome(case, is_done, "" if is_done else _("Nothing to change: it is so already."))


def _hand_over(application, to, seen, actor) -> bool:
    """Whether anything was changed."""
    case = _lock(application)
    if case.assignee == to:
        return False
    if (case.assignee and case.assignee.uuid) != seen:
        raise _handled_by(case.assignee)
    workflow.assign(case, officer=actor, assignee=to)
    return True


def _lock(application):
    case = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if case.is_draft:
        raise InvalidTransition(TAKEN_BACK)
    return case


def _handled_by(officer):
    if officer is None:
        return HandledMeanwhile(_("Somebody gave this case back in the meantime. Nobody has it now."))
    return HandledMeanwhile(
        _("This case is with %(officer)s now. Nothing was changed.") % {"officer": officer}
    )

"""Handing a case to an officer: what may have happened since the page was shown is asked under the lock."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import workflow
from applications.errors import ApplicationError, InvalidTransition
from applications.models import Application
from portal.accounts.models import User


class HandledMeanwhile(ApplicationError):
    """Another officer has the case now; nothing was changed."""


@transaction.atomic
def take(application: Application, *, officer: User) -> None:
    """Give a free case to the officer who asks. Taking one's own case again changes nothing.

    Raises HandledMeanwhile if somebody else has it, InvalidTransition if the company took it back.
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
    if the company took the application back.
    """
    case = _lock(application)
    if case.assignee == to:
        return
    if case.assignee != seen:
        raise _handled_by(case.assignee)
    workflow.assign(case, officer=actor, assignee=to)


def _lock(application):
    case = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if case.is_draft:
        raise InvalidTransition(_("The company has taken this application back. It is a draft again."))
    return case


def _handled_by(officer):
    if officer is None:
        return HandledMeanwhile(_("Somebody gave this case back in the meantime. Nobody has it now."))
    return HandledMeanwhile(
        _("This case is with %(officer)s now. Nothing was changed.") % {"officer": officer}
    )

"""The mails about clarifications. They name places and times and carry a link; questions and replies are read
behind the sign-in, because they quote what the company has handed in.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation

from applications import emails
from applications.clarifications import reading as clarification_reading
from applications.models import Application, ClarificationRequest, Submission
from portal import addresses
from portal.accounts.models import Role, User
from portal.mail import kinds, outbox
from portal.texts import localized

State = ClarificationRequest.State
# What the company is told, and the states of the request in which it is still true.
NOTICES = {
    "clarification_requested": {State.OPEN},
    "clarification_widened": {State.OPEN},
    "clarification_extended": {State.OPEN},
    "clarification_cancelled": {State.CANCELLED},
    "clarification_timed_out": {State.TIMED_OUT},
}
OFFICE_NOTICES = ("answered", "timed_out")


@dataclass(frozen=True)
class Notice:
    """One of NOTICES as one person reads it."""

    request: ClarificationRequest
    application: Application
    places: list[str]


def register() -> None:
    for notice, states in NOTICES.items():
        kinds.register(kinds.Kind(f"application.{notice}", still_due=_in_one_of(states), links=answer_link))
    for notice in OFFICE_NOTICES:
        kinds.register(kinds.Kind(f"case.clarification_{notice}", links=_case_link))


def tell_company(request: ClarificationRequest, notice: str, *, number: int = 0) -> None:
    """Queue a notice for the newest submitter and the owner; `number` tells repeated ones apart."""
    application = request.application
    targets, newest = list(request.targets.all()), application.submissions.latest("number")
    for user in emails.readers(application, also=newest.submitted_by_id):
        with translation.override(user.language):
            places = [clarification_reading.title_of(each, newest) for each in targets]
        outbox.put(
            f"application.clarification_{notice}",
            key=f"clarification-{notice}:{request.uuid}:{number}:{user.uuid}",
            to=user.email,
            language=user.language,
            template=f"applications/emails/clarification_{notice}",
            context=context_of(request, user) | {"places": places},
            about=request.uuid,
        )


def put_receipt(submission: Submission, request: ClarificationRequest) -> None:
    """Confirm an answer to who handed it in and to the owner; names what stayed unanswered."""
    application = request.application
    open_targets = [each for each in request.targets.all() if not each.was_answered]
    for user in emails.readers(application, also=submission.submitted_by_id):
        with translation.override(user.language):
            unanswered = [clarification_reading.title_of(each, submission) for each in open_targets]
        outbox.put(
            emails.RECEIPT,
            key=f"application-receipt:{submission.uuid}:{user.uuid}",
            to=user.email,
            language=user.language,
            template="applications/emails/clarification_received",
            context=context_of(request, user) | {"submission": submission, "unanswered": unanswered},
            about=submission.uuid,
        )


def tell_office(request: ClarificationRequest, notice: str) -> None:
    """Tell the case's officer; where nobody has the case, who asked; else all officers."""
    unanswered = sum(each.was_answered is False for each in request.targets.all())
    for user in officers_of(request.application, also=request.requested_by):
        outbox.put(
            f"case.clarification_{notice}",
            key=f"case-clarification-{notice}:{request.uuid}:{user.uuid}",
            to=user.email,
            language=user.language,
            template=f"applications/emails/office_clarification_{notice}",
            context=context_of(request, user) | {"unanswered": unanswered},
            about=request.uuid,
        )


def officers_of(application: Application, *, also=None) -> list[User]:
    officers = User.objects.filter(is_active=True, staff_roles__role=Role.OFFICER).order_by("pk")
    near = application.assignee_id or (also.pk if also else None)
    return list(officers.filter(Q(pk=near))) or list(officers)


def context_of(request, user):
    application = request.application
    return {
        "application": application,
        "request": request,
        "round_name": str(localized(application.round, "name", user.language)),
        "provider": application.provider,
        "person": user,
    }


def _in_one_of(states):
    def still_due(message):
        return ClarificationRequest.objects.filter(uuid=message.about, state__in=states).exists()

    return still_due


def answer_link(message):
    request = ClarificationRequest.objects.select_related("application").get(uuid=message.about)
    page = addresses.page_in(message.language, "applications:application", request.application.uuid)
    return {"application": page}


def _case_link(message):
    request = ClarificationRequest.objects.select_related("application").get(uuid=message.about)
    return {"case": addresses.page_in(message.language, "cases:clarifications", request.application.uuid)}

"""What an applicant reads about an application's status, and what comes next. Never the internal names."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications import rounds
from applications.clarifications import reopening
from applications.models import Application, Status
from portal import dates


@dataclass(frozen=True)
class Wording:
    words: str
    next_step: str
    # The notice of applications.emails that reports it, or None: no mail is sent for it.
    mail: str | None = None
    tag: str = ""


WORDING = {
    Status.DRAFT: Wording(
        pgettext_lazy("shown status", "Not submitted yet"),
        _("Complete every part, then check your answers and submit."),
    ),
    Status.SUBMITTED: Wording(
        pgettext_lazy("shown status", "Received"),
        _("The Secretariat will begin to check it. You need not do anything now."),
        "receipt",
        "green",
    ),
    Status.IN_VERIFICATION: Wording(
        pgettext_lazy("shown status", "Being checked"),
        _("The Secretariat checks the answers and documents. You need not do anything now."),
        "being_checked",
        "blue",
    ),
    Status.CLARIFICATION_REQUESTED: Wording(
        pgettext_lazy("shown status", "We need something from you"),
        _("Answer the questions of the Secretariat."),
        "clarification_requested",
        "yellow",
    ),
    Status.IN_ASSESSMENT: Wording(
        pgettext_lazy("shown status", "Being assessed"),
        _("The application is assessed in Hong Kong and Guangdong. You need not do anything now."),
        None,
        "blue",
    ),
    Status.PUBLIC_NOTICE: Wording(
        pgettext_lazy("shown status", "On public notice"),
        _("The proposed list is open for objections. You need not do anything now."),
        None,
        "blue",
    ),
    Status.COMMENDED: Wording(
        pgettext_lazy("shown status", "Commended"), _("Your letter and certificate follow."), None, "green"
    ),
    Status.NOT_COMMENDED: Wording(
        pgettext_lazy("shown status", "Not commended"), _("The letter gives the reasons."), None, "grey"
    ),
    Status.INELIGIBLE: Wording(
        pgettext_lazy("shown status", "Not eligible"),
        _("The reason was sent to you by email."),
        "ineligible",
        "grey",
    ),
    Status.WITHDRAWN: Wording(
        pgettext_lazy("shown status", "Withdrawn"),
        _("Your company may start another application while the round is open."),
        "withdrawn",
        "grey",
    ),
}
CLOSED = Wording(
    pgettext_lazy("shown status", "Closed – not submitted"),
    _("The round has closed. You can still read what you wrote."),
    "not_submitted",
    "grey",
)
CLOSING = Wording(
    pgettext_lazy("shown status", "Not submitted yet"),
    _("The round has closed. What you opened before closing can still be sent for a few minutes."),
    None,
    "yellow",
)
TAKEN_BACK = Wording(
    pgettext_lazy("shown status", "Taken back, not submitted again yet"),
    _("Change what you need to, then check your answers and submit again. Until then it does not count."),
    "taken_back",
    "yellow",
)
# Between the time to answer and the clock's run, which gives up the waiting.
ANSWER_LATE = Wording(
    pgettext_lazy("shown status", "The time to answer is over"),
    _("What you typed is kept, but was not handed in. You can ask the Secretariat for more time."),
    None,
    "yellow",
)
ANSWER_CLOSING = replace(
    ANSWER_LATE,
    next_step=_(
        "A check page that was opened in time can still be handed in for a few minutes. "
        "Otherwise you can ask the Secretariat for more time."
    ),
)

TAKE_BACK = _("The Secretariat will begin to check it. You can take it back until %(moment)s.")
# The next step where it is not this person's: for who may only view, and for who may not submit.
READING = {
    Status.DRAFT: _("Colleagues who may edit complete and submit it. You may read what they have written."),
    Status.CLARIFICATION_REQUESTED: _("Colleagues who may edit answer the questions. You may read both."),
}
READING_LATE = _("Colleagues who may edit can ask the Secretariat for more time.")
NOT_SUBMITTING = {
    Status.DRAFT: _("Complete every part, so that a colleague can submit it."),
}


def of(application: Application, *, now, membership=None) -> Wording:
    """The words for an application at `now` (the database's clock), for this member of the company."""
    if application.is_draft and not rounds.is_open(application.round, application, now=now):
        late = rounds.closing_now(application.round, application, now=now)
        return CLOSING if late else CLOSED
    status = Status(application.status)
    wording, others = WORDING[status], {}
    if application.is_draft and application.revision:
        wording = TAKEN_BACK
    may_submit = membership is None or membership.can_submit
    if not may_submit:
        others = NOT_SUBMITTING
    elif rounds.can_be_taken_back(application, now=now):
        others = {status: TAKE_BACK % {"moment": dates.full(application.closes_at)}}
    if membership is not None and not membership.can_edit:
        others = others | READING
    if status == Status.CLARIFICATION_REQUESTED and reopening.is_over(application, now=now):
        late = now > application.clarification_due_at + reopening.grace(application.round)
        wording, others = ANSWER_LATE if late else ANSWER_CLOSING, {}
        if membership is not None and not membership.can_edit:
            others = {status: READING_LATE}
    return replace(wording, next_step=others.get(status, wording.next_step))

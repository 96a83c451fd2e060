"""The one thing to do next with a case, in words and as one button."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.desk.checklist import Progress
from applications.models import Application, Status
from applications.permissions import can_work_on_cases


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    action: str = ""
    url_name: str = ""
    is_press: bool = False  # acts at once, by POST; otherwise the link leads to a page that asks first


def next_step(case: Application, user, progress: Progress) -> Step:
    if case.status in REST:
        title, text = REST[case.status]()
        return Step(title, text)
    if case.status == Status.CLARIFICATION_REQUESTED:
        return Step(
            _("Waiting for the company"),
            _("The company was asked for clarification. It comes back with an answer or at the deadline."),
            _("See the clarification"),
            "cases:clarifications",
        )
    if not can_work_on_cases(user):
        return Step(_("For reading only"), _("An officer works on this case. You can read all of it here."))
    if case.status == Status.IN_VERIFICATION:
        return _check(progress)
    return _first_step(case, user)


def _check(progress):
    if progress.is_settled:
        return Step(
            _("Next: send it to assessment"),
            _("Every line of the checklist is settled."),
            _("Send to assessment"),
            "cases:assessment",
        )
    return Step(
        _("Next: go through the checklist"),
        _("Compare the answers and project records with the documents. The company knows of the check."),
        _("Open the checklist"),
        "cases:checklist",
    )


def _first_step(case, user):
    if case.assignee is None:
        return Step(
            _("Next: take the case"),
            _("Nobody has this case yet. Take it, then start the verification. The company is not told yet."),
            _("Take this case"),
            "cases:take",
            is_press=True,
        )
    if case.assignee == user:
        return Step(
            _("Next: start the verification"),
            _("The company is told that checking has begun, and can no longer take its application back."),
            _("Start verification"),
            "cases:start",
        )
    return Step(
        _("With another officer"),
        _("%(officer)s has this case. You can read it, or give it to somebody else.")
        % {"officer": case.assignee},
        _("Change the officer"),
        "cases:officer",
    )


REST = {
    Status.IN_ASSESSMENT: lambda: (
        _("With the assessors"),
        _("Verification is finished. The case waits for its assessment."),
    ),
    Status.PUBLIC_NOTICE: lambda: (
        _("On public notice"),
        _("Nothing is to be done until the notice period is over."),
    ),
    Status.COMMENDED: lambda: (_("Closed"), _("The company was commended.")),
    Status.NOT_COMMENDED: lambda: (_("Closed"), _("The company was not commended.")),
    Status.INELIGIBLE: lambda: (_("Closed"), _("The application was found ineligible.")),
    Status.WITHDRAWN: lambda: (_("Closed"), _("The company has withdrawn its application.")),
}

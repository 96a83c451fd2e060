"""A case that is being clarified, through the portal's own doors."""

from datetime import timedelta
from uuid import uuid4

from applications import rounds, workflow
from applications.clarifications import clarifying, reopening
from applications.clarifications.clarifying import Asked
from applications.submissions import submission
from portal.mail.models import Message
from tests.applications.conftest import DECLARATION


def ask(application, officer, *places, days=7, **more):
    """Ask about (kind, uid) places; verification is begun where it was not."""
    if application.status == "submitted":
        workflow.start_verification(application, officer=officer)
    return clarifying.ask(
        application,
        officer=officer,
        due_at=more.pop("due_at", rounds.database_now() + timedelta(days=days)),
        asked=[Asked(kind, uid, f"Why {kind}?") for kind, uid in places],
        key=more.pop("key", uuid4()),
        **more,
    )


def review_of(application, *, now=None):
    answer = clarifying.answer_of(reopening.of(application))
    token = submission.mint(application, fingerprint=answer.fingerprint, now=now or rounds.database_now())
    return submission.read(token, application)


def reply(application, text, member, *, place=0):
    opening = reopening.of(application)
    replies = {opening.targets[place].pk: text}
    clarifying.save_replies(application, replies, base_version=opening.replies_version, member=member)


def hand_in(application, member, *, review=None, declaration=DECLARATION):
    return clarifying.hand_in(
        application, member=member, review=review or review_of(application), declaration=declaration
    )


def kinds_of_mail():
    return sorted(Message.objects.values_list("kind", "to"))


def slots(application):
    return [each["uid"] for each in application.form_version.definition["documents"]]

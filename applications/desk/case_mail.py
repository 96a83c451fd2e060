"""What a company will read, shown to the officer before it is sent."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from applications.models import Application
from portal import addresses


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str
    language: str


def preview(application: Application, notice: str, *, message: str = "") -> Letter:
    """One of the notices of applications.emails, as the newest submitter will read it."""
    person = application.submissions.select_related("submitted_by").latest("number").submitted_by
    language = person.language if person else translation.get_language()
    context = {
        "application": application,
        "round": application.round,
        "provider": application.provider,
        "person": person,
        "message": message,
    }
    template = f"applications/emails/{notice}"
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        body = render_to_string(f"{template}.body.txt", context).strip()
        # The outbox fills this in when it sends (applications.emails).
        link = addresses.page_in(language, "applications:application", application.uuid)
    return Letter(subject, body.replace("[[application]]", link), language)

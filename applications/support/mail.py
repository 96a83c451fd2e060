"""The mails about threads: a link and what it is about, never what was written. A mailbox may be shared, and
a question may hold what the company would tell the Secretariat only.
"""

from django.db.models import Q
from django.utils import translation

from applications.clarifications import mail as clarification_mail
from applications.models import Thread, ThreadMessage
from applications.support import reading as thread_reading
from portal import addresses
from portal.accounts.models import Membership, User
from portal.mail import kinds, outbox
from portal.texts import localized

ANSWERED, ASKED = "thread.answered", "thread.asked"


def register() -> None:
    kinds.register(kinds.Kind(ANSWERED, links=_company_link))
    kinds.register(kinds.Kind(ASKED, still_due=_waits, links=_office_link))


def tell_company(thread: Thread, message: ThreadMessage) -> None:
    """Those of the company who wrote in the thread and still belong to it; else its owner."""
    for user in _writers(thread):
        _put(ANSWERED, "applications/emails/thread_answered", thread, user, number=message.pk)


def tell_office(thread: Thread) -> None:
    number = thread.messages.filter(is_from_office=True).count()
    for user in clarification_mail.officers_of(thread.application):
        _put(ASKED, "applications/emails/office_thread_asked", thread, user, number=number)


def _writers(thread):
    members = User.objects.filter(memberships__provider=thread.application.provider_id, is_active=True)
    wrote = members.filter(pk__in=thread.messages.filter(is_from_office=False).values("author"))
    owner = members.filter(Q(memberships__role=Membership.Role.OWNER))
    return list(wrote.order_by("pk").distinct()) or list(owner)


def _put(kind, template, thread, user, *, number):
    with translation.override(user.language):
        title = thread_reading.title_of(thread)
    outbox.put(
        kind,
        key=f"{kind}:{thread.uuid}:{number}:{user.uuid}",
        to=user.email,
        language=user.language,
        template=template,
        context={
            "title": title,
            "round_name": str(localized(thread.application.round, "name", user.language)),
            "provider": thread.application.provider,
            "person": user,
        },
        about=thread.uuid,
    )


def _waits(message):
    return Thread.objects.filter(uuid=message.about, waits_for_office=True).exists()


def _company_link(message):
    thread = Thread.objects.select_related("application").get(uuid=message.about)
    return {
        "thread": addresses.page_in(
            message.language, "applications:thread", thread.application.uuid, thread.uuid
        )
    }


def _office_link(message):
    return {"thread": addresses.page_in(message.language, "threads:thread", message.about)}

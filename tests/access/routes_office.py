"""The office's own pages: landing page and the list of mails."""

import uuid

from django.utils import timezone

from portal.mail import outbox
from portal.mail.models import Message
from tests.access.engine import ANSWERED, STAFF, Route, office

SEE_MAIL = ("officer", "organiser", "auditor")
EVERY_STAFF_MEMBER = STAFF.split()


def build(world):
    world.mail = parked("signup.confirmed")
    # Anything but seminars is no business of organisers.
    world.mail_to_company = parked("application.ineligible")


def parked(kind):
    message = Message(
        kind=kind,
        key=f"matrix:{uuid.uuid4()}",
        to="ada@demo.example",
        subject="Your place",
        body="Dear Ada\n",
        not_before=timezone.now(),
        state=Message.State.PARKED,
    )
    outbox.add(message)
    return Message.objects.get(key=message.key)


def mail(world):
    return {"uuid": world.mail.uuid}


def mail_to_company(world):
    return {"uuid": world.mail_to_company.uuid}


def without_organisers(expected):
    return expected | {"organiser": "hidden"}


ROUTES = [
    Route("office:home", get=office(*EVERY_STAFF_MEMBER)),
    Route("office:components", get=office(*EVERY_STAFF_MEMBER)),
    Route("office:mail", get=office(*SEE_MAIL)),
    Route("office:mail_detail", mail, get=office(*SEE_MAIL)),
    Route("office:mail_detail", mail_to_company, get=without_organisers(office(*SEE_MAIL))),
    Route("office:people", get=office()),
    Route(
        "office:person_erase",
        lambda world: {"uuid": world.user("removed").uuid},
        get=office(),
        post=office(),
    ),
    Route("office:mail_again", mail, post=office("officer", "organiser", outcome=ANSWERED)),
    Route(
        "office:mail_again",
        mail_to_company,
        post=without_organisers(office("officer", "organiser", outcome=ANSWERED)),
    ),
]

"""The office's own pages: landing page and the list of mails."""

import uuid

from django.utils import timezone

from portal.mail import outbox
from portal.mail.models import Message
from tests.access.engine import ANSWERED, STAFF, Route, office

SEE_MAIL = ("officer", "organiser", "auditor")
EVERY_STAFF_MEMBER = STAFF.split()


def build(world):
    message = Message(
        kind="notice",
        key=f"matrix:{uuid.uuid4()}",
        to="ada@demo.example",
        subject="Your place",
        body="Dear Ada\n",
        not_before=timezone.now(),
        state=Message.State.PARKED,
    )
    outbox.add(message)
    world.mail = Message.objects.get(key=message.key)


def mail(world):
    return {"uuid": world.mail.uuid}


ROUTES = [
    Route("office:home", get=office(*EVERY_STAFF_MEMBER)),
    Route("office:mail", get=office(*SEE_MAIL)),
    Route("office:mail_detail", mail, get=office(*SEE_MAIL)),
    Route("office:mail_again", mail, post=office("officer", "organiser", outcome=ANSWERED)),
]

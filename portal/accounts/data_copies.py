"""Copies of a person's own data: made by the worker, announced by mail, kept for a week behind the sign-in.

The only writer of DataCopy, but for its end (portal.files.making).
"""

from datetime import timedelta
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django_tasks import task

from portal import dates
from portal.accounts import personal_data
from portal.accounts.models import DataCopy, User
from portal.audit import trail
from portal.files import intake, making
from portal.mail import outbox

OWNER_KIND = "personal_data"
READY_MAIL = "account.data_ready"
KEPT_FOR = timedelta(days=7)
# A copy that was not made by then never will be: it may be ordered anew.
MADE_WITHIN = timedelta(days=1)


@transaction.atomic
def order(user: User) -> DataCopy:
    """Put a copy into the queue; what is being made already is not made twice."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    now = timezone.now()
    waiting = user.data_copies.filter(state=DataCopy.State.ORDERED, ordered_at__gt=now - MADE_WITHIN).first()
    if waiting:
        return waiting
    copy = DataCopy.objects.create(user=user, ordered_at=now, expires_at=now + KEPT_FOR)
    trail.record("account.exported", obj_kind="user", obj_uuid=user.uuid, actor=user)
    make.enqueue(str(copy.uuid))
    return copy


@task()
def make(copy_uuid: str) -> str:
    """Make the ZIP and return the copy's state. Safe to run twice; tried again where the store is away."""
    copy = DataCopy.objects.select_related("user").filter(uuid=UUID(copy_uuid)).first()
    if copy is None or copy.state != DataCopy.State.ORDERED:
        return copy.state if copy else "gone"
    with NamedTemporaryFile() as file:
        for chunk in personal_data.archive(copy.user):
            file.write(chunk)
        stored = intake.keep_made(
            file,
            name=f"personal-data-{dates.local(copy.ordered_at):%Y%m%d}.zip",
            type_code="zip",
            owner_kind=OWNER_KIND,
            owner_uuid=copy.uuid,
            slot="zip",
        )
    return _settle(copy, stored)


@transaction.atomic
def _settle(copy, stored):
    state, expires_at = DataCopy.State.READY, timezone.now() + KEPT_FOR
    ordered = DataCopy.objects.filter(pk=copy.pk, state=DataCopy.State.ORDERED)
    if not making.settle(ordered, stored, state=state, expires_at=expires_at):
        return "gone"
    outbox.put(
        READY_MAIL,
        key=f"account-data-ready:{copy.uuid}",
        to=copy.user.email,
        language=copy.user.language,
        template="accounts/emails/data_ready",
        context={"person": copy.user, "expires_at": expires_at},
        about=copy.uuid,
        expires_at=expires_at,
    )
    return state


def of(user: User):
    """The copies that the person can see now, newest first."""
    return user.data_copies.filter(expires_at__gt=timezone.now()).select_related("file")


def get(user: User, uuid: UUID) -> DataCopy:
    """A copy to fetch. Raises Http404 for everybody but its person, and when it is over or not made yet."""
    copy = of(user).filter(uuid=uuid, state=DataCopy.State.READY).first()
    if copy is None:
        raise Http404
    return copy


def is_waiting(message) -> bool:
    """Whether what a mail announces can still be fetched."""
    return DataCopy.objects.filter(
        uuid=message.about, state=DataCopy.State.READY, expires_at__gt=timezone.now()
    ).exists()

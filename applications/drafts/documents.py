"""Documents of an application: which policy each slot has, and adding, replacing and removing files.

Bytes are stored outside transactions by portal.files.intake; what must hold is checked again, under the
application's lock, in the transaction that writes the row.
"""

from datetime import datetime

from django.db import transaction

from applications.drafts import drafting
from applications.models import Application
from applications.submissions import contents
from portal.files import intake, refusals
from portal.files.models import StoredFile
from portal.files.policy import SlotPolicy
from portal.files.refusals import Refused

MOST_OFFERED = 100


def policy_of(requirement: dict) -> SlotPolicy:
    return SlotPolicy(
        types=tuple(requirement["types"]),
        max_size=requirement["max_bytes"],
        max_count=requirement["max_files"],
    )


def add(
    application: Application,
    requirement: dict,
    upload,
    *,
    member,
    description: str = "",
    begun_at: datetime | None = None,
) -> StoredFile:
    """Take one upload into the requirement's slot. Raises Refused, InvalidTransition or RoundClosed."""

    def guard():
        now = _lock(application, requirement["uid"], member, begun_at)
        drafting.touch_slot(application, requirement["uid"], member=member, now=now)

    return intake.receive(
        upload,
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=requirement["uid"],
        policy=policy_of(requirement),
        user=member.user,
        description=description,
        guard=guard,
    )


def replace(
    stored: StoredFile,
    application: Application,
    requirement: dict,
    upload,
    *,
    member,
    begun_at: datetime | None = None,
) -> StoredFile:
    """Put a new file where `stored` was; if the new one is refused, the old one stays."""
    policy = policy_of(requirement)
    # One more than allowed, because the old file holds its place until the new one is in.
    roomy = SlotPolicy(policy.types, policy.max_size, policy.max_count + 1)

    def guard():
        now = _lock(application, requirement["uid"], member, begun_at)
        _take_out(stored, application, member.user)
        drafting.touch_slot(application, requirement["uid"], member=member, now=now)
        if _count(application, requirement) >= policy.max_count:
            raise Refused(refusals.TOO_MANY)

    return intake.receive(
        upload,
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=requirement["uid"],
        policy=roomy,
        user=member.user,
        description=stored.description,
        guard=guard,
    )


def reuse(
    stored: StoredFile,
    application: Application,
    requirement: dict,
    *,
    member,
    begun_at: datetime | None = None,
) -> StoredFile:
    """Use a file for a second slot, as a file of its own. Raises like `add`."""

    def guard():
        now = _lock(application, requirement["uid"], member, begun_at)
        drafting.touch_slot(application, requirement["uid"], member=member, now=now)

    return intake.copy_to_slot(
        stored,
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=requirement["uid"],
        policy=policy_of(requirement),
        user=member.user,
        guard=guard,
    )


def reusable(application: Application) -> list[StoredFile]:
    """Files of the company's applications, newest first, each content once."""
    owners = Application.objects.filter(provider=application.provider_id).values("uuid")
    files = StoredFile.objects.filter(
        owner_kind=contents.OWNER_KIND, owner_uuid__in=owners, state__in=contents.USABLE
    ).order_by("-id")[:MOST_OFFERED]
    # The newest of several with the same content.
    return list({each.sha256: each for each in reversed(files)}.values())[::-1]


@transaction.atomic
def remove(stored: StoredFile, application: Application, *, member) -> None:
    """Take a file out of its slot; a second press does no harm. Raises InvalidTransition or RoundClosed."""
    now = _lock(application, stored.slot, member)
    _take_out(stored, application, member.user)
    drafting.touch_slot(application, stored.slot, member=member, now=now)


def _lock(application, slot, member, begun_at=None):
    return drafting.lock_for_change(
        application, member=member, begun_at=begun_at, reopened=lambda opening: opening.has_document(slot)
    )


def _take_out(stored, application, user):
    """What was handed in once stays readable with its submission; anything else goes for good."""
    handed_in = application.submissions.values_list("content__files", flat=True)
    if any(str(stored.uuid) == each["uuid"] for files in handed_in for each in files):
        intake.set_aside(stored, user=user)
    else:
        intake.remove(stored, user=user)


def _count(application, requirement):
    slot = StoredFile.objects.filter(
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=requirement["uid"],
        set_aside_at=None,
    )
    return slot.filter(state__in=contents.USABLE).count()

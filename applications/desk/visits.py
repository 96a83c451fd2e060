"""Site visits of a case: the only writer of SiteVisit. Nothing here tells the company anything.

A visit is planned, then done (with findings and a result) or cancelled (with a reason). What was done can be
put right later; what was cancelled stays so.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import InvalidTransition, StaleVersion
from applications.models import Application, SiteVisit, Status
from applications.permissions import PHOTO_OWNER
from portal.accounts.models import User
from portal.audit import trail
from portal.files import intake
from portal.files.models import StoredFile
from portal.files.policy import SlotPolicy

State = SiteVisit.State
SLOT = "photos"
PHOTOS = SlotPolicy(types=("jpg", "png"), max_count=30)
VISITED_IN = {Status.IN_VERIFICATION, Status.CLARIFICATION_REQUESTED, Status.IN_ASSESSMENT}


@dataclass(frozen=True)
class Plan:
    visited_at: datetime
    place: str
    people: str


@dataclass(frozen=True)
class Report:
    visited_at: datetime
    place: str
    people: str
    findings: str
    result: SiteVisit.Result


@transaction.atomic
def plan(application: Application, details: Plan, *, officer: User, key=None) -> SiteVisit:
    """`key` was minted with the page: the same one again returns the visit that it made."""
    _lock_case(application)
    if key and (earlier := SiteVisit.objects.filter(uuid=key).first()):
        if earlier.application_id != application.pk:
            raise InvalidTransition(_("Open the page again and plan the visit from there."))
        return earlier
    visit = SiteVisit(application=application, version=0, **({"uuid": key} if key else {}))
    _save(visit, "visit.planned", vars(details), officer)
    return visit


@transaction.atomic
def change_plan(visit: SiteVisit, details: Plan, *, base_version: int, officer: User) -> SiteVisit:
    """Raises StaleVersion (with the visit as it stands), InvalidTransition."""
    current = _lock(visit, base_version, {State.PLANNED}, vars(details))
    return _save(current, "visit.changed", vars(details), officer)


@transaction.atomic
def report(visit: SiteVisit, details: Report, *, base_version: int, officer: User) -> SiteVisit:
    """Say what was found; also to put an earlier report right. Raises StaleVersion, InvalidTransition."""
    current = _lock(visit, base_version, {State.PLANNED, State.DONE}, vars(details))
    verb = "visit.done" if current.state == State.PLANNED else "visit.changed"
    return _save(current, verb, vars(details) | {"state": State.DONE}, officer)


@transaction.atomic
def cancel(visit: SiteVisit, reason: str, *, base_version: int, officer: User) -> SiteVisit:
    """Raises StaleVersion, InvalidTransition. A second press changes nothing."""
    wanted = {"state": State.CANCELLED, "cancel_reason": reason}
    current = _lock(visit, base_version, {State.PLANNED, State.CANCELLED}, wanted)
    return _save(current, "visit.cancelled", wanted, officer)


def photos_of(visits: list[SiteVisit]) -> dict:
    """Visit uuid -> its photos that were not removed, oldest first, in one query."""
    found = {visit.uuid: [] for visit in visits}
    rows = StoredFile.objects.filter(owner_kind=PHOTO_OWNER, owner_uuid__in=found, slot=SLOT)
    rows = rows.exclude(state=StoredFile.State.REMOVED).select_related("uploaded_by")
    for stored in rows.prefetch_related("previews").order_by("pk"):
        found[stored.owner_uuid].append(stored)
    return found


def add_photo(visit: SiteVisit, upload, *, officer: User, description: str = "") -> StoredFile:
    """Take one photo. Raises Refused, InvalidTransition (the visit was cancelled, the case moved on)."""

    def guard():
        _lock_case(visit.application)
        if SiteVisit.objects.get(pk=visit.pk).state == State.CANCELLED:
            raise InvalidTransition(_("This visit was cancelled. It takes no photos."))
        _record("visit.photo_added", visit.application, officer)

    return intake.receive(
        upload,
        owner_kind=PHOTO_OWNER,
        owner_uuid=visit.uuid,
        slot=SLOT,
        policy=PHOTOS,
        user=officer,
        description=description,
        guard=guard,
    )


@transaction.atomic
def remove_photo(visit: SiteVisit, stored: StoredFile, *, officer: User) -> None:
    """Leave a tombstone; a second press does no harm."""
    _lock_case(visit.application)
    stored.refresh_from_db(fields=["state"])
    if stored.state == StoredFile.State.REMOVED:
        return
    intake.remove(stored, user=officer)
    _record("visit.photo_removed", visit.application, officer)


def _lock_case(application):
    case = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if case.status not in VISITED_IN:
        raise InvalidTransition(_("Visits belong to verification and assessment. This case is in neither."))


def _lock(visit, base_version, allowed, wanted):
    """The visit as it stands, under the lock of its case. What was wanted stands already: no conflict."""
    _lock_case(visit.application)
    current = SiteVisit.objects.select_related("changed_by", "application").get(pk=visit.pk)
    if current.state not in allowed:
        raise InvalidTransition(
            _("This visit is marked as “%(state)s” already.") % {"state": current.get_state_display()}
        )
    stands = all(getattr(current, name) == value for name, value in wanted.items())
    if current.version != base_version and not stands:
        raise StaleVersion(_("A colleague changed this visit after you opened the page."), current=current)
    return current


def _save(visit, verb, wanted, officer):
    changed = [name for name, value in wanted.items() if getattr(visit, name) != value]
    if not changed:
        return visit
    for name in changed:
        setattr(visit, name, wanted[name])
    visit.version += 1
    visit.changed_by, visit.changed_at = officer, rounds.database_now()
    visit.save()
    _record(verb, visit.application, officer, changed=changed)
    return visit


def _record(verb, application, officer, changed=("photos",)):
    trail.record(verb, obj_kind="case", obj_uuid=application.uuid, actor=officer, changed=changed)

"""Who may see which seminar and which sign-up. Views fetch through these only."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.accounts.models import Role
from portal.accounts.permissions import has_role
from portal.database_clock import database_now
from portal.files.models import StoredFile
from seminars import links
from seminars.models import (
    AttendanceCertificate,
    AttendanceOption,
    AttendanceSheet,
    DoorLink,
    Letter,
    Seminar,
    SeminarChange,
    SeminarMaterial,
    SeminarPage,
    SeminarQuestion,
    SignUp,
)

READERS = (Role.ORGANISER, Role.OFFICER)
ACTORS = (Role.ORGANISER,)
# Who edits the facts of a seminar in Wagtail's admin.
FACT_EDITORS = (Role.ORGANISER, Role.EDITOR)


def can_run_seminars(user) -> bool:
    return has_role(user, *ACTORS)


def get_public(uuid: UUID) -> Seminar:
    """A seminar that has a published page in any language; everything else is unknown to the public.

    Its `now` is the moment by the database's clock, which says whether people can sign up.
    """
    published = SeminarPage.objects.filter(seminar=OuterRef("pk"), live=True)
    # Most seminars ask nothing of their own: `asks` saves them the query for it.
    asks = Exists(SeminarQuestion.objects.filter(seminar=OuterRef("pk")))
    seminars = Seminar.objects.filter(Exists(published)).annotate(asks=asks, now=Now())
    return get_object_or_404(seminars, uuid=uuid)


def get_own(uuid: UUID, token: str) -> SignUp:
    """The sign-up that a link from a mail opens. Any wrong or revoked link is a 404."""
    sign_up = links.find(uuid, token)
    if sign_up is None:
        raise Http404
    return sign_up


def get_by_new_address(uuid: UUID, token: str) -> SignUp:
    """The sign-up that the link in a mail to its new address opens."""
    sign_up = links.find_by_new_address(uuid, token)
    if sign_up is None:
        raise Http404
    return sign_up


def get_for_reading(user, uuid: UUID) -> Seminar:
    if not has_role(user, *READERS):
        raise PermissionDenied
    return get_object_or_404(Seminar.objects.prefetch_related("options"), uuid=uuid)


def get_for_running(user, uuid: UUID) -> Seminar:
    if not can_run_seminars(user):
        raise PermissionDenied
    return get_object_or_404(Seminar.objects.prefetch_related("options"), uuid=uuid)


def get_option_for_running(user, seminar_uuid: UUID, uuid: UUID) -> AttendanceOption:
    """A way to attend of this very seminar; one of another seminar is a 404."""
    seminar = get_for_running(user, seminar_uuid)
    return get_object_or_404(seminar.options.select_related("seminar"), uuid=uuid)


def get_sheet(user, seminar_uuid: UUID, option_uuid: UUID, uuid: UUID) -> AttendanceSheet:
    """A sheet that this person ordered for this very way to attend, and that has not run out."""
    option = get_option_for_running(user, seminar_uuid, option_uuid)
    own = option.sheets.filter(ordered_by=user, expires_at__gt=database_now())
    return get_object_or_404(own.select_related("file"), uuid=uuid)


def public_materials(seminar: Seminar):
    """What everybody may have of a seminar, once it was held."""
    if not seminar.was_held:
        return SeminarMaterial.objects.none()
    return seminar.materials.filter(audience=SeminarMaterial.Audience.PUBLIC)


def has_attended(sign_up: SignUp) -> bool:
    return sign_up.attended_at is not None and sign_up.state == SignUp.State.CONFIRMED


def materials_for(sign_up: SignUp):
    """What this person may have: all of it only who attended."""
    if sign_up.seminar.was_held and has_attended(sign_up):
        return sign_up.seminar.materials.all()
    return public_materials(sign_up.seminar)


def get_public_material(uuid: UUID, material_uuid: UUID) -> StoredFile:
    return _file(public_materials(get_public(uuid)), material_uuid)


def get_own_material(uuid: UUID, token: str, material_uuid: UUID) -> StoredFile:
    """For the link from a mail: whatever this person may have."""
    return _file(materials_for(get_own(uuid, token)), material_uuid)


def get_own_certificate(uuid: UUID, token: str) -> AttendanceCertificate:
    """The certificate of the person whose link this is; who has none finds nothing."""
    sign_up = get_own(uuid, token)
    certificate = get_object_or_404(AttendanceCertificate.objects.select_related("file"), sign_up=sign_up)
    certificate.sign_up = sign_up
    return certificate


def get_material_file(user, seminar_uuid: UUID, material_uuid: UUID) -> StoredFile:
    return _file(get_for_reading(user, seminar_uuid).materials, material_uuid)


def _file(materials, uuid: UUID) -> StoredFile:
    material = get_object_or_404(materials, uuid=uuid)
    return get_object_or_404(material.files())


def get_material_for_running(user, seminar_uuid: UUID, uuid: UUID) -> SeminarMaterial:
    """A material of this very seminar; one of another seminar is a 404."""
    seminar = get_for_running(user, seminar_uuid)
    return get_object_or_404(seminar.materials.select_related("seminar"), uuid=uuid)


def get_change_for_running(user, seminar_uuid: UUID, uuid: UUID) -> SeminarChange:
    seminar = get_for_running(user, seminar_uuid)
    return get_object_or_404(seminar.changes.select_related("seminar", "option"), uuid=uuid)


def get_letter_for_running(user, seminar_uuid: UUID, uuid: UUID) -> Letter:
    """A letter of this very seminar; one of another seminar is a 404."""
    seminar = get_for_running(user, seminar_uuid)
    return get_object_or_404(seminar.letters.select_related("seminar"), uuid=uuid)


def find_letter(seminar: Seminar, uuid: str | None) -> Letter | None:
    """An earlier letter of a seminar that was fetched before, to be written anew."""
    try:
        return seminar.letters.filter(uuid=UUID(uuid)).first() if uuid else None
    except ValueError:
        return None


def get_sign_up_for_reading(user, seminar_uuid: UUID, uuid: UUID) -> SignUp:
    """A sign-up of this very seminar; one of another seminar is a 404."""
    seminar = get_for_reading(user, seminar_uuid)
    return get_object_or_404(SignUp.objects.select_related("seminar", "option"), seminar=seminar, uuid=uuid)


def get_sign_up_for_running(user, seminar_uuid: UUID, uuid: UUID) -> SignUp:
    """A sign-up of this very seminar; one of another seminar is a 404."""
    seminar = get_for_running(user, seminar_uuid)
    return get_object_or_404(SignUp.objects.select_related("seminar", "option"), seminar=seminar, uuid=uuid)


def get_door(uuid: UUID, token: str) -> DoorLink:
    """The door that a helper's link opens. A wrong or revoked link is a 404."""
    door = links.find_door(uuid, token)
    if door is None:
        raise Http404
    return door


def get_person_at_door(uuid: UUID, token: str, sign_up_uuid: UUID) -> tuple[DoorLink, SignUp]:
    """Somebody with a place at this very way to attend; everybody else is unknown at this door."""
    door = get_door(uuid, token)
    people = SignUp.objects.select_related("seminar", "option")
    return door, get_object_or_404(
        people, uuid=sign_up_uuid, option=door.option, state=SignUp.State.CONFIRMED
    )


def get_arriving(uuid: UUID, token: str) -> SignUp:
    """Whose code was scanned; a wrong code is a 404."""
    sign_up = links.find_by_check_in(uuid, token)
    if sign_up is None:
        raise Http404
    return sign_up

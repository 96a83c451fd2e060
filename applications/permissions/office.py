"""What the office may see and do with cases: everything but drafts."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from applications import rounds
from applications.models import (
    Application,
    CaseCopy,
    InternalNote,
    ReplyTemplate,
    SiteVisit,
    Status,
    Thread,
)
from portal.accounts.models import Provider, RegistrationClaim, Role
from portal.accounts.permissions import has_role
from portal.files.models import StoredFile

# The owner kind of photos of site visits (applications.desk.visits).
PHOTO_OWNER = "site_visit"
OFFICE_READERS = (Role.OFFICER, Role.RELEASER, Role.AUDITOR)


def can_see_cases(user) -> bool:
    return has_role(user, *OFFICE_READERS)


def can_work_on_cases(user) -> bool:
    return has_role(user, Role.OFFICER)


def cases_visible_to(user):
    """Applications as cases of the office: drafts do not exist there."""
    if not can_see_cases(user):
        return Application.objects.none()
    return Application.objects.exclude(status=Status.DRAFT)


def cases_to_work_on(user):
    """Cases for an officer's act on several at once. Raises PermissionDenied for all but officers."""
    if not can_work_on_cases(user):
        raise PermissionDenied
    return cases_visible_to(user)


def get_case(user, uuid: UUID) -> Application:
    """A case for reading. Raises PermissionDenied for other roles, Http404 where there is no such case."""
    if not can_see_cases(user):
        raise PermissionDenied
    case = (
        cases_visible_to(user)
        .select_related("round", "provider", "form_version", "assignee")
        .filter(uuid=uuid)
        .first()
    )
    if case is None:
        raise Http404
    return case


def get_for_verification(user, uuid: UUID) -> Application:
    """A case to work on. Raises PermissionDenied for all but officers."""
    if not can_work_on_cases(user):
        raise PermissionDenied
    return get_case(user, uuid)


def get_case_file(user, case_uuid: UUID, file_uuid: UUID) -> tuple[Application, StoredFile]:
    """A file that was handed in with one of the case's submissions. Raises PermissionDenied or Http404.

    What the company has uploaded since then is not the office's to see.
    """
    case = get_case(user, case_uuid)
    handed_in = case.submissions.values_list("content__files", flat=True)
    if not any(str(file_uuid) == each["uuid"] for files in handed_in for each in files):
        raise Http404
    stored = StoredFile.objects.filter(uuid=file_uuid, owner_kind="application", owner_uuid=case.uuid).first()
    if stored is None:
        raise Http404
    return case, stored


def get_note(user, case_uuid: UUID, note_uuid: UUID) -> tuple[Application, InternalNote]:
    """A note to change. Raises PermissionDenied for all but its author, Http404 where there is none."""
    case = get_for_verification(user, case_uuid)
    note = case.notes.select_related("author").filter(uuid=note_uuid).first()
    if note is None:
        raise Http404
    if note.author_id != user.pk:
        raise PermissionDenied
    return case, note


def get_company(user, uuid: UUID) -> Provider:
    """A company whose registration the office looks at; 403 for all but officers.

    Companies that have handed in nothing and whose number nobody else claims are not the office's to see.
    """
    if not can_work_on_cases(user):
        raise PermissionDenied
    provider = Provider.objects.select_related("verified_by").filter(uuid=uuid).first()
    is_known = provider and (
        provider.applications.exclude(status=Status.DRAFT).exists() or provider.claims.exists()
    )
    if not is_known:
        raise Http404
    return provider


def get_claim(user, uuid: UUID) -> RegistrationClaim:
    """A second claim to a registration number. Raises PermissionDenied for all but officers, Http404."""
    if not can_work_on_cases(user):
        raise PermissionDenied
    claims = RegistrationClaim.objects.select_related("provider", "claimant", "settled_by")
    claim = claims.filter(uuid=uuid).first()
    if claim is None:
        raise Http404
    return claim


def get_visit(user, case_uuid: UUID, visit_uuid: UUID) -> tuple[Application, SiteVisit]:
    """A site visit to work on. Raises PermissionDenied for all but officers, Http404."""
    case = get_for_verification(user, case_uuid)
    return case, _visit_of(case, visit_uuid)


def get_visit_photo(
    user, case_uuid: UUID, visit_uuid: UUID, file_uuid: UUID
) -> tuple[Application, SiteVisit, StoredFile]:
    """A photo of a visit, for looking at or downloading. Raises PermissionDenied or Http404."""
    case = get_case(user, case_uuid)
    visit = _visit_of(case, visit_uuid)
    stored = StoredFile.objects.filter(uuid=file_uuid, owner_kind=PHOTO_OWNER, owner_uuid=visit.uuid).first()
    if stored is None:
        raise Http404
    return case, visit, stored


def _visit_of(case, visit_uuid):
    visit = case.visits.filter(uuid=visit_uuid).first()
    if visit is None:
        raise Http404
    visit.application = case
    return visit


def get_case_copy(user, case_uuid: UUID, copy_uuid: UUID) -> tuple[Application, CaseCopy]:
    """A PDF of a case that this person ordered and that is still kept. Raises PermissionDenied or Http404."""
    case = get_case(user, case_uuid)
    copies = case.case_copies.select_related("file").filter(expires_at__gt=rounds.database_now())
    made = copies.filter(uuid=copy_uuid, ordered_by=user).first()
    if made is None:
        raise Http404
    return case, made


def threads_visible_to(user):
    """All threads, also of drafts: the office sees the question and the place, not what the draft holds."""
    if not can_see_cases(user):
        return Thread.objects.none()
    return Thread.objects.select_related(
        "application__round", "application__provider", "application__form_version", "asked_by"
    )


def get_office_thread(user, uuid: UUID) -> Thread:
    """A thread for reading in the office. Raises PermissionDenied for other roles, Http404 for no thread."""
    if not can_see_cases(user):
        raise PermissionDenied
    thread = threads_visible_to(user).filter(uuid=uuid).first()
    if thread is None:
        raise Http404
    return thread


def get_thread_for_answering(user, uuid: UUID) -> Thread:
    if not can_work_on_cases(user):
        raise PermissionDenied
    return get_office_thread(user, uuid)


def get_reply_template(user, uuid: UUID) -> ReplyTemplate:
    if not can_work_on_cases(user):
        raise PermissionDenied
    found = ReplyTemplate.objects.select_related("changed_by").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found

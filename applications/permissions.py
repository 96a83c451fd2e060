"""Who may do what with an application. Objects are fetched only here: strangers 404, the wrong role 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from applications import rounds
from applications.models import (
    AnswerRevision,
    Application,
    CaseCopy,
    InternalNote,
    ProjectImport,
    ProjectRecord,
    ProjectRevision,
    ReplyTemplate,
    Round,
    SiteVisit,
    Status,
    Submission,
    Thread,
)
from portal.accounts.models import Membership, Provider, RegistrationClaim, Role
from portal.accounts.permissions import has_role, membership_of
from portal.files.models import StoredFile

# The owner kind of photos of site visits (applications.visits).
PHOTO_OWNER = "site_visit"
OFFICE_READERS = (Role.OFFICER, Role.RELEASER, Role.AUDITOR)
ROUND_READERS = (Role.OFFICER, Role.AUDITOR)


def can_view(membership: Membership | None, application: Application) -> bool:
    return membership is not None and membership.provider_id == application.provider_id


def can_edit(membership: Membership | None, application: Application) -> bool:
    return can_view(membership, application) and membership.can_edit


def can_submit(membership: Membership | None, application: Application) -> bool:
    """Submit, take back and withdraw."""
    return can_view(membership, application) and membership.can_submit


def can_delete(membership: Membership | None, application: Application) -> bool:
    return can_view(membership, application) and membership.role == Membership.Role.OWNER


def can_see_cases(user) -> bool:
    return has_role(user, *OFFICE_READERS)


def can_work_on_cases(user) -> bool:
    return has_role(user, Role.OFFICER)


def can_see_rounds(user) -> bool:
    return has_role(user, *ROUND_READERS)


def can_set_up_rounds(user) -> bool:
    return has_role(user, Role.OFFICER)


def applications_visible_to(membership: Membership | None):
    if membership is None:
        return Application.objects.none()
    return Application.objects.filter(provider=membership.provider_id).select_related("round", "saved_by")


def get_for_viewing(user, uuid: UUID) -> tuple[Application, Membership]:
    """An application of the person's own company, with the membership. Raises Http404."""
    membership = membership_of(user)
    application = (
        applications_visible_to(membership)
        .select_related("round", "form_version", "provider", "saved_by")
        .filter(uuid=uuid)
        .first()
    )
    if application is None:
        raise Http404
    return application, membership


def get_for_editing(user, uuid: UUID) -> tuple[Application, Membership]:
    """As `get_for_viewing`; raises PermissionDenied for those who may only view."""
    return _demand(can_edit, *get_for_viewing(user, uuid))


def get_for_submitting(user, uuid: UUID) -> tuple[Application, Membership]:
    return _demand(can_submit, *get_for_viewing(user, uuid))


def get_for_deleting(user, uuid: UUID) -> tuple[Application, Membership]:
    return _demand(can_delete, *get_for_viewing(user, uuid))


def get_file(user, application_uuid: UUID, file_uuid: UUID) -> tuple[StoredFile, Application, Membership]:
    """A file of an own application, for looking at or downloading. Raises Http404."""
    application, membership = get_for_viewing(user, application_uuid)
    stored = StoredFile.objects.filter(
        uuid=file_uuid, owner_kind="application", owner_uuid=application.uuid
    ).first()
    if stored is None:
        raise Http404
    return stored, application, membership


def get_file_for_editing(user, application_uuid, file_uuid) -> tuple[StoredFile, Application, Membership]:
    stored, application, membership = get_file(user, application_uuid, file_uuid)
    _demand(can_edit, application, membership)
    return stored, application, membership


def get_reusable_file(user, application_uuid: UUID, file_uuid: UUID) -> StoredFile:
    """A file of any application of the own company, to be used in this one. Raises Http404."""
    _application, membership = get_for_editing(user, application_uuid)
    owners = applications_visible_to(membership).values("uuid")
    stored = StoredFile.objects.filter(
        uuid=file_uuid, owner_kind="application", owner_uuid__in=owners
    ).first()
    if stored is None:
        raise Http404
    return stored


def get_project(user, application_uuid: UUID, project_uuid: UUID) -> tuple[ProjectRecord, Membership]:
    """A project record to change or remove. Raises Http404 or PermissionDenied."""
    application, membership = get_for_editing(user, application_uuid)
    record = application.projects.select_related("changed_by").filter(uuid=project_uuid).first()
    if record is None:
        raise Http404
    record.application = application
    return record, membership


def get_answer_revision(user, application_uuid: UUID, pk: int) -> tuple[AnswerRevision, Application]:
    """A row of the history of an own application. Raises Http404."""
    application, _membership = get_for_viewing(user, application_uuid)
    return _revision(application.answer_revisions, pk), application


def get_project_revision(user, application_uuid: UUID, pk: int) -> tuple[ProjectRevision, Application]:
    """A row of the history of an own project record, also of a removed one. Raises Http404."""
    application, _membership = get_for_viewing(user, application_uuid)
    return _revision(application.project_revisions, pk), application


def _revision(rows, pk):
    revision = rows.select_related("changed_by").filter(pk=pk).first()
    if revision is None:
        raise Http404
    return revision


def get_project_import(user, application_uuid: UUID, import_uuid: UUID) -> tuple[ProjectImport, Membership]:
    """The person's own import into an application of the company. Raises Http404 or PermissionDenied."""
    application, membership = get_for_editing(user, application_uuid)
    held = application.project_imports.filter(uuid=import_uuid, user=user).first()
    if held is None:
        raise Http404
    held.application = application
    return held, membership


def get_submission(user, application_uuid: UUID, number: int) -> Submission:
    """A frozen submission of the own company. Raises Http404."""
    application, _ = get_for_viewing(user, application_uuid)
    submission = application.submissions.select_related("form_version").filter(number=number).first()
    if submission is None:
        raise Http404
    submission.application = application
    return submission


def get_readable_round(uuid: UUID) -> Round:
    """A round whose questions anybody may read: every one that was released. Raises Http404."""
    unreleased = Q(state=Round.State.PREPARING, released_at__isnull=True)
    readable = Round.objects.exclude(unreleased | Q(state=Round.State.ARCHIVED))
    found = readable.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def get_round(user, uuid: UUID) -> Round:
    """A round in any state, to look at its set-up. Raises PermissionDenied or Http404."""
    if not can_see_rounds(user):
        raise PermissionDenied
    return get_object_or_404(Round, uuid=uuid)


def get_round_for_setup(user, uuid: UUID) -> Round:
    """A round to copy, preview, open, correct or extend. Raises PermissionDenied for all but officers."""
    if not can_set_up_rounds(user):
        raise PermissionDenied
    return get_round(user, uuid)


def drafts_for_extension(user, round: Round):
    """That there is a draft, and whose: all that officers learn of it. The contents stay with the company."""
    if not can_set_up_rounds(user):
        raise PermissionDenied
    drafts = round.applications.filter(status=Status.DRAFT).select_related("provider", "round")
    return drafts.only("uuid", "status", "extended_until", "provider", "round").order_by(
        "provider__name_en", "pk"
    )


def get_draft_for_extension(user, round_uuid: UUID, uuid: UUID) -> Application:
    """A draft of this very round. Raises PermissionDenied or Http404."""
    round = get_round_for_setup(user, round_uuid)
    return get_object_or_404(drafts_for_extension(user, round), uuid=uuid)


def get_for_starting(user, round_uuid: UUID) -> tuple[Round, Membership]:
    """A round and the membership to start with. People without a company, or who may only view, get 403."""
    found = get_readable_round(round_uuid)
    membership = membership_of(user)
    if membership is None or not membership.can_edit:
        raise PermissionDenied
    return found, membership


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


def get_thread(user, application_uuid: UUID, thread_uuid: UUID) -> tuple[Thread, Membership]:
    """A thread of an own application. Raises Http404."""
    application, membership = get_for_viewing(user, application_uuid)
    thread = application.threads.filter(uuid=thread_uuid).first()
    if thread is None:
        raise Http404
    thread.application = application
    return thread, membership


def get_thread_for_writing(user, application_uuid: UUID, thread_uuid: UUID) -> tuple[Thread, Membership]:
    thread, membership = get_thread(user, application_uuid, thread_uuid)
    _demand(can_edit, thread.application, membership)
    return thread, membership


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


def _demand(may, application, membership):
    if not may(membership, application):
        raise PermissionDenied
    return application, membership

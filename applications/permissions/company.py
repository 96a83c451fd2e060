"""What people of a company may see and do with its applications."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from applications.models import (
    AnswerRevision,
    Application,
    ProjectImport,
    ProjectRecord,
    ProjectRevision,
    Submission,
    Thread,
)
from portal.accounts.models import Membership
from portal.accounts.permissions import membership_of
from portal.files.models import StoredFile


def can_view(membership: Membership | None, application: Application) -> bool:
    return membership is not None and membership.provider_id == application.provider_id


def can_edit(membership: Membership | None, application: Application) -> bool:
    return can_view(membership, application) and membership.can_edit


def can_submit(membership: Membership | None, application: Application) -> bool:
    """Submit, take back and withdraw."""
    return can_view(membership, application) and membership.can_submit


def can_delete(membership: Membership | None, application: Application) -> bool:
    return can_view(membership, application) and membership.role == Membership.Role.OWNER


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


def _demand(may, application, membership):
    if not may(membership, application):
        raise PermissionDenied
    return application, membership

"""How long drafts, cases and what was made from them are kept, and how all of one application goes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications import permissions
from applications.desk import case_copies
from applications.drafts import project_imports
from applications.models import Application, CaseCopy, ProjectImport, Status, SubmissionCopy
from applications.submissions import contents, receipts
from portal import retention
from portal.audit import trail
from portal.files import intake, making
from portal.files.models import StoredFile

DRAFTS_KEPT_FOR = timedelta(days=365)
WITHDRAWN_KEPT_FOR = timedelta(days=2 * 365)
DECIDED_KEPT_FOR = timedelta(days=7 * 365)
# A commended case is not among them: its label, register entry and certificate outlive every term.
DECIDED = [Status.NOT_COMMENDED, Status.INELIGIBLE]


def register() -> None:
    rules = [
        ("abandoned_drafts", _("a year after the round closed"), _abandoned, "round__closes_at"),
        ("withdrawn", _("two years after withdrawal"), _withdrawn, "status_changed_at"),
        ("decided", _("seven years after the decision"), _decided, "status_changed_at"),
    ]
    for name, kept, due, since in rules:
        retention.register(retention.Rule(f"applications.{name}", kept, due, since, _forget_if(due)))
    retention.register(
        retention.Rule(
            "applications.drafts.project_imports",
            _("seven days after the preview ran out"),
            lambda now: ProjectImport.objects.filter(expires_at__lt=now - project_imports.FORGOTTEN_AFTER),
            "expires_at",
            lambda held: held.delete()[0],
        )
    )
    retention.register(
        retention.Rule(
            "applications.desk.case_copies",
            _("seven days"),
            lambda now: CaseCopy.objects.filter(expires_at__lt=now),
            "expires_at",
            making.forget,
        )
    )


def _abandoned(now):
    """Never submitted, in a round that closed long ago; an extension for one application counts like it."""
    long_ago = now - DRAFTS_KEPT_FOR
    return Application.objects.filter(
        Q(extended_until__isnull=True) | Q(extended_until__lt=long_ago),
        status=Status.DRAFT,
        revision=0,
        round__closes_at__lt=long_ago,
    )


def _withdrawn(now):
    return Application.objects.filter(status=Status.WITHDRAWN, status_changed_at__lt=now - WITHDRAWN_KEPT_FOR)


def _decided(now):
    return Application.objects.filter(status__in=DECIDED, status_changed_at__lt=now - DECIDED_KEPT_FOR)


def _forget_if(due):
    """Let an application go if, under its lock, it still is what the rule is about."""

    @transaction.atomic
    def forget(application):
        locked = Application.objects.select_for_update(of=("self",), no_key=True)
        fresh = locked.filter(pk=application.pk, status=application.status).first()
        if fresh is None or fresh.status_changed_at != application.status_changed_at:
            return False
        erase(fresh)
        return True

    return forget


def erase(application: Application) -> None:
    """Delete an application with all that hangs on it; bytes of its files go once this is committed.

    Its events stay: they hold no text and no name. Call inside a transaction, with the application locked.
    """
    for stored in _files_of(application):
        intake.remove(stored, user=None)
    trail.record(
        "application.erased",
        obj_kind="application",
        obj_uuid=application.uuid,
        from_state=application.status,
    )
    application.case_copies.all().delete()
    SubmissionCopy.objects.filter(submission__application=application).delete()
    application.clarifications.all().delete()
    application.submissions.all().delete()
    application.delete()


def _files_of(application):
    """Every file that belongs to the application or to a part of it, except tombstones."""
    owners = {
        contents.OWNER_KIND: [application.uuid],
        receipts.OWNER_KIND: application.submissions.values_list("uuid", flat=True),
        case_copies.OWNER_KIND: application.case_copies.values_list("uuid", flat=True),
        permissions.PHOTO_OWNER: application.visits.values_list("uuid", flat=True),
    }
    wanted = Q()
    for kind, uuids in owners.items():
        wanted |= Q(owner_kind=kind, owner_uuid__in=list(uuids))
    return StoredFile.objects.filter(wanted).exclude(state=StoredFile.State.REMOVED)

"""Mails about pages that wait for a second person, instead of Wagtail's own."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from portal import addresses
from portal.mail import kinds, outbox

SUBMITTED, APPROVED, SENT_BACK = "page.submitted", "page.approved", "page.sent_back"


def register() -> None:
    kinds.register(kinds.Kind(SUBMITTED, _still_waits, label=_("A page waits to be published")))
    kinds.register(kinds.Kind(APPROVED, label=_("A page was published by a second person")))
    kinds.register(kinds.Kind(SENT_BACK, label=_("A page was sent back to be changed")))


def connect() -> None:
    for signal, sender, uid in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=uid)
    task_submitted.connect(on_submitted, sender=TaskState)
    workflow_approved.connect(on_approved, sender=WorkflowState)
    workflow_rejected.connect(on_sent_back, sender=WorkflowState)


def on_submitted(sender, instance, user=None, **kwargs):
    """To everybody who may publish it, but whoever asked."""
    state = instance.workflow_state
    readers = get_user_model().objects.filter(is_active=True, groups__in=_groups_of(instance.task.specific))
    readers = readers.exclude(pk=state.requested_by_id).exclude(
        wagtail_userprofile__submitted_notifications=False
    )
    _tell(SUBMITTED, instance, state, readers.distinct())


def on_approved(sender, instance, user=None, **kwargs):
    _tell_who_asked(APPROVED, instance, instance, user)


def on_sent_back(sender, instance, user=None, **kwargs):
    # A page may be sent back more than once on its way.
    _tell_who_asked(SENT_BACK, instance.current_task_state, instance, user)


def _tell_who_asked(kind, about, state, user):
    asked = state.requested_by
    if asked and asked.is_active and asked != user:
        _tell(kind, about, state, [asked], by=user)


def _tell(kind, about, state, readers, by=None):
    page = state.content_object
    if not isinstance(page, Page):
        return
    with transaction.atomic():
        for reader in readers:
            with override(reader.language):
                language = str(page.locale)
            outbox.put(
                kind,
                key=f"{kind}:{about.pk}:{reader.pk}",
                to=reader.email,
                language=reader.language,
                template=f"home/emails/{kind.replace('.', '_')}",
                context={
                    "name": reader.name,
                    "page": page.specific_deferred.get_admin_display_title(),
                    "language": language,
                    "by": by or state.requested_by,
                    "link": addresses.whole(reverse("wagtailadmin_pages:edit", args=[page.pk])),
                },
            )


def _groups_of(task):
    return task.groups.all() if hasattr(task, "groups") else []


def _still_waits(message):
    state = TaskState.objects.filter(pk=message.key.split(":")[1]).first()
    return bool(state and state.status == TaskState.STATUS_IN_PROGRESS)

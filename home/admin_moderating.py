"""In Wagtail's admin: what a second person decided, and that nobody publishes past whoever was asked."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from home.models import SecondPersonTask


def leave_it_to_the_second_person(request, page):
    """What was typed is saved as a draft by now, and is what the second person will read."""
    task = page.current_workflow_task
    if not isinstance(task, SecondPersonTask) or not task.is_asked_by(page, request.user):
        return None
    messages.error(
        request,
        _(
            "Your changes are saved, but not published: you have asked somebody else to publish this page. "
            "To publish it yourself, cancel the workflow first (in the panel of the status, at the right)."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_safe
def tell_decision(request, page_id):
    """Where the first screen leads after a decision: says what it did, back on the first screen."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    _tell_decision(request, page)
    return redirect("wagtailadmin_home")


def tell_decision_in_editor(request, page):
    if "action-workflow-action" in request.POST:
        _tell_decision(request, Page.objects.get(pk=page.pk))


def _tell_decision(request, page):
    state = page.workflow_states.order_by("-created_at", "-pk").first()
    names = {"title": page.specific_deferred.get_admin_display_title(), "language": page.locale}
    if state and state.status == WorkflowState.STATUS_APPROVED and page.live:
        messages.success(
            request,
            _("“%(title)s” (%(language)s) is published: readers see it now.") % names,
            buttons=[
                messages.button(page.url, _("See it"), new_window=True),
                messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Back to the editor")),
            ],
        )
    elif state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        messages.success(
            request,
            _("“%(title)s” (%(language)s) is sent back, with a mail to whoever submitted it.") % names,
        )

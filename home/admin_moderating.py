"""In Wagtail's editor: who has asked a second person to publish does not publish past that person."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

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

"""What the screen of wagtail-localize lacks: which drafts stand beside, and a second person to publish.

Its screen takes the place of the editor, asks no hook but the first and has no action but to publish.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.views.edit_translation import edit_translation

from home import admin_drafts, admin_telling, simplifying

CANNOT_BE_PUBLISHED = gettext_lazy(
    "Something in this translation cannot be published as it is: see the marked sentences."
)


def stand_in(request, page):
    """Before wagtail-localize's own hook, for pages whose words are written on its screen."""
    translation = _translations_into(page).first()
    if translation is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        return _publish(request, page, translation)
    if request.method == "GET":
        _offer_second_person(request, page)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def ask_second_person(request, page_id):
    """Submit the translation as it is now, or take back what was submitted."""
    page = get_object_or_404(Page, pk=page_id).specific
    translation = get_object_or_404(_translations_into(page))
    permissions = page.permissions_for_user(request.user)
    state = page.current_workflow_state
    may_cancel = bool(state and page.workflow_in_progress and state.requested_by_id == request.user.pk)
    if not permissions.can_edit() or not (may_cancel or permissions.can_submit_for_moderation()):
        raise PermissionDenied
    if request.method != "POST":
        total, translated = translation.get_progress()
        context = {"page": page, "may_cancel": may_cancel, "total": total, "left": total - translated}
        return render(request, "home/admin/ask_second_person.html", context)
    if may_cancel:
        state.cancel(user=request.user)
        messages.success(request, _("Nobody else is asked to publish this page any more."))
    elif not admin_drafts.hold_back(request, page):
        _submit(request, page, translation)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _translations_into(page):
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).select_related("source", "target_locale")


def _publish(request, page, translation):
    try:
        _refuse_too_long_title(translation)
    except ValidationError:
        messages.error(request, CANNOT_BE_PUBLISHED)
        return redirect("wagtailadmin_pages:edit", page.pk)
    before = page.latest_revision_id
    response = edit_translation(request, translation, page)
    # What could not be published made no revision.
    if Page.objects.filter(pk=page.pk).exclude(latest_revision=before).exists():
        admin_telling.tell_of_drafts_beside(request, page)
    return response


def _refuse_too_long_title(translation):
    """Mark it and raise: Wagtail's own error names no field, at which wagtail-localize breaks."""
    segments = StringSegment.objects.filter(source=translation.source, context__path="title")
    titles = StringTranslation.objects.filter(
        translation_of__in=segments.values("string"), context__in=segments.values("context")
    )
    for title in titles.filter(locale=translation.target_locale):
        try:
            MaxLengthValidator(Page._meta.get_field("title").max_length)(title.data)
        except ValidationError as error:
            title.set_field_error([error])
            raise


def _submit(request, page, translation):
    try:
        _refuse_too_long_title(translation)
        with transaction.atomic():
            translation.save_target(user=request.user, publish=False)
            page = Page.objects.get(pk=page.pk).specific
            state = page.current_workflow_state
            if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                state.resume(request.user)
            else:
                page.get_workflow().start(page, request.user)
    except ValidationError:
        messages.error(request, CANNOT_BE_PUBLISHED)
        return
    messages.success(
        request,
        _("“%(title)s” is submitted: every other editor gets a mail and can publish it.")
        % {"title": page.get_admin_display_title()},
    )


def _offer_second_person(request, page):
    if not page.has_workflow or simplifying.unconfirmed(page).exists():
        return
    address = reverse("home_ask_second_person", args=[page.pk])
    if not page.workflow_in_progress:
        if page.permissions_for_user(request.user).can_submit_for_moderation():
            button = messages.button(address, _("Submit to second editor"))
            messages.info(request, _("Shall somebody else read it before it is published?"), buttons=[button])
        return
    state = page.current_workflow_state
    if state.requested_by_id == request.user.pk:
        text, button = _("You have asked another editor to publish this page."), (address, _("Take it back"))
    else:
        text = _("%(name)s asks another editor to publish this page.") % {
            "name": get_user_display_name(state.requested_by)
        }
        button = (reverse("wagtailadmin_home"), _("Approve or send back, on the first screen"))
    messages.info(request, text, buttons=[messages.button(*button)])

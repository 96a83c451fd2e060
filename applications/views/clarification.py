"""The company answers a clarification: reply beside each question, check, hand in. And what changed by it."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import permissions, rounds
from applications.clarifications import clarifying, reopening
from applications.clarifications import reading as clarification_reading
from applications.clarifications import tasks as clarification_tasks
from applications.errors import ApplicationError, Incomplete, StaleVersion
from applications.permissions import get_for_editing, get_for_submitting, get_for_viewing, get_submission
from applications.questions import answers
from applications.questions.forms import SubmitForm
from applications.submissions import changes, submission
from applications.views import autosave
from applications.views.shell import (
    for_applicants,
    not_editable,
    opening_of,
    saving_ends,
    version_in,
)
from applications.views.submitting import spoilt_page


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def clarification(request, uuid):
    """All questions with their replies; saving needs nothing to be complete."""
    if request.method == "POST":
        return _save(request, *get_for_editing(request.user, uuid))
    application, membership = get_for_viewing(request.user, uuid)
    if not application.clarifications.exists():
        raise Http404
    return _page(request, application, membership)


class Saved(NamedTuple):
    """All replies of a page as one row, for applications.views.autosave."""

    version: int
    changed_at: datetime


def _save(request, application, membership):
    typed = {
        int(name.removeprefix("reply-")): answers.as_typed(text)
        for name, text in request.POST.items()
        if name.startswith("reply-") and version_in(name.removeprefix("reply-")) >= 0
    }
    base_version = version_in(request.POST.get("version", ""))
    try:
        opening = clarifying.save_replies(application, typed, base_version=base_version, member=membership)
    except ApplicationError as error:
        application.refresh_from_db()
        if autosave.is_asked_for(request):
            return autosave.not_saved(error)
        return _page(request, application, membership, error=error, typed=typed, status=409)
    if autosave.is_asked_for(request):
        return autosave.saved(Saved(opening.replies_version, rounds.database_now()))
    if "check" in request.POST:
        return redirect("applications:clarification_check", application.uuid)
    messages.success(request, _("Your replies were saved. Nothing has been handed in yet."))
    return redirect("applications:clarification", application.uuid)


def _page(request, application, membership, *, error=None, typed=None, status=200):
    now = rounds.database_now()
    opening = opening_of(application)
    is_in_time = bool(opening) and reopening.is_in_time(opening.request, now=now)
    context = {
        "application": application,
        "provider": application.provider,
        "round": application.round,
        "opening": opening,
        "is_in_time": is_in_time,
        "may_edit": permissions.can_edit(membership, application),
        "may_submit": permissions.can_submit(membership, application),
        "error": error,
        "error_title": bool(error),
        "settled": clarification_reading.settled(application),
        "unsent": clarifying.unsaved(opening, typed or {}) if is_in_time else _unsent(opening, typed),
    }
    if opening:
        context |= saving_ends(application)
        last = opening.replied_last
        context["saved"] = last and {"changed_at": last.replied_at, "changed_by": last.replied_by}
        context["tasks"] = clarification_tasks.tasks(
            clarifying.answer_of(opening), typed=typed if is_in_time else None
        )
    return render(request, "applications/clarification.html", context, status=status)


def _unsent(opening, typed):
    """What was typed on a page whose clarification ended meanwhile and is in no row; nobody shall lose it."""
    saved = {each.pk: each.reply for each in opening.targets} if opening else {}
    return [text for pk, text in (typed or {}).items() if text.strip() and text != saved.get(pk)]


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, uuid):
    """What would be handed in, what stays unanswered, and the signature."""
    application, membership = get_for_submitting(request.user, uuid)
    if request.method == "POST":
        return _hand_in(request, application, membership)
    now = rounds.database_now()
    opening = opening_of(application)
    if opening is None or not reopening.is_in_time(opening.request, now=now):
        return not_editable(request, application, now=now)
    return _check_page(request, clarifying.answer_of(opening))


def _hand_in(request, application, membership):
    form = SubmitForm(data=request.POST)
    review = submission.read(request.POST.get("review", ""), application)
    opening = opening_of(application)
    if opening and (not form.is_valid() or review is None):
        answer = clarifying.answer_of(opening)
        if review is None:
            return _check_page(request, answer, error=spoilt_page(), status=422)
        return _check_page(request, answer, form=form, status=422)
    if review is None or not form.is_valid():
        return not_editable(request, application, now=rounds.database_now(), status=409)
    declaration = submission.Declaration(form.cleaned_data["signer_name"], form.cleaned_data["signer_role"])
    try:
        received = clarifying.hand_in(application, member=membership, review=review, declaration=declaration)
    except (StaleVersion, Incomplete) as error:
        answer = clarifying.answer_of(reopening.of(application))
        return _check_page(request, answer, error=error, status=409)
    except ApplicationError as error:
        application.refresh_from_db()
        return not_editable(request, application, now=rounds.database_now(), error=error, status=409)
    return redirect("applications:receipt", application.uuid, received.number)


def _check_page(request, answer, *, form=None, error=None, status=200):
    """A new form is made unless `form`, with its errors and a review that holds, is given."""
    application = answer.held.application
    definition = application.form_version.definition
    unanswered = answer.unanswered()
    return render(
        request,
        "applications/clarification_check.html",
        {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "request_": answer.opening.request,
            "form": form or _form(request, answer),
            "groups": changes.between(
                answer.earlier.content, answer.content, old_form=definition, new_form=definition
            ),
            "tasks": clarification_tasks.tasks(answer),
            "unanswered": clarification_reading.places(unanswered, answer.earlier),
            "is_empty": len(unanswered) == len(answer.opening.targets),
            "gaps": clarification_tasks.gaps(answer),
            "error": error,
            "error_title": bool(error) or bool(form and form.errors),
        },
        status=status,
    )


def _form(request, answer):
    now = rounds.database_now()
    review = submission.mint(answer.held.application, fingerprint=answer.fingerprint, now=now)
    signatory = {name: request.POST.get(name) for name in ("signer_name", "signer_role")}
    before = {name: getattr(answer.earlier, name) for name in signatory}
    typed = {name: text for name, text in signatory.items() if text is not None}
    return SubmitForm(initial=before | typed | {"review": review})


@for_applicants
@require_safe
def changed(request, uuid, number):
    """What a submission changed against the one before it."""
    received = get_submission(request.user, uuid, number)
    application = received.application
    earlier = application.submissions.select_related("form_version").filter(number=number - 1).first()
    if earlier is None:
        raise Http404
    return render(
        request,
        "applications/changed.html",
        {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "submission": received,
            "earlier": earlier,
            "groups": changes.of(received, earlier),
            "replies": clarification_reading.replies(received),
        },
    )

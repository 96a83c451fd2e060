"""Internal notes of a case: officers write them, the office reads them, nobody else does."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import rounds
from applications.desk import notes
from applications.desk.case_forms import NoteChangeForm, NoteForm
from applications.errors import InvalidTransition, StaleVersion
from applications.permissions import (
    OFFICE_READERS,
    can_work_on_cases,
    get_case,
    get_for_verification,
    get_note,
)
from applications.views.desk.case_page import case_url, show, submissions_of
from portal.accounts.permissions import require_role


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def index(request, uuid):
    if request.method != "POST":
        case = get_case(request.user, uuid)
        return _page(request, case, NoteForm(initial={"key": uuid4()}))
    case = get_for_verification(request.user, uuid)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    notes.write(case, author=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
    messages.success(request, _("The note was added."))
    return redirect(case_url(request, "cases:notes", case))


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def change(request, uuid, note_uuid):
    case, note = get_note(request.user, uuid, note_uuid)
    if request.method != "POST":
        if not notes.may_change(note, request.user, now=rounds.database_now()):
            return _too_late(request, case)
        form = NoteChangeForm(initial={"text": note.text, "version": note.version})
        return _change_page(request, case, note, form)
    form = NoteChangeForm(request.POST)
    if not form.is_valid():
        return _change_page(request, case, note, form, status=422)
    text = form.cleaned_data["text"]
    try:
        notes.change(note, text, base_version=form.cleaned_data["version"] or 0, by=request.user)
    except InvalidTransition as refusal:
        # What was typed stands in the form for a new note.
        form = NoteForm({"text": text, "key": str(uuid4())})
        form.add_error(None, str(refusal))
        return _page(request, case, form, status=409)
    except StaleVersion as refusal:
        form = NoteChangeForm({"text": text, "version": refusal.current.version})
        form.add_error(None, str(refusal))
        return _change_page(request, case, refusal.current, form, is_stale=True, status=409)
    messages.success(request, _("The note was changed."))
    return redirect(case_url(request, "cases:notes", case))


def _too_late(request, case):
    messages.error(request, _("A note can be changed for 15 minutes, by who wrote it. Add another note."))
    return redirect(case_url(request, "cases:notes", case))


def _page(request, case, form, *, status=200):
    now = rounds.database_now()
    rows = list(case.notes.select_related("author"))
    for note in rows:
        note.is_changeable = can_work_on_cases(request.user) and notes.may_change(note, request.user, now=now)
    return show(
        request,
        "applications/office/notes.html",
        case,
        submissions_of(case),
        notes=rows,
        form=form,
        status=status,
    )


def _change_page(request, case, note, form, **context):
    return show(
        request,
        "applications/office/note_change.html",
        case,
        submissions_of(case),
        note=note,
        form=form,
        **context,
    )

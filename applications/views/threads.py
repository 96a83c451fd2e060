"""Asking the Secretariat about a place of an application: the company's threads."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import permissions, rounds
from applications.drafts import tasklist
from applications.models import Thread
from applications.permissions import get_for_editing, get_for_viewing, get_thread, get_thread_for_writing
from applications.support import reading as thread_reading
from applications.support import threads
from applications.support.forms import AskForm, MessageForm
from applications.views.shell import for_applicants, is_editable


@for_applicants
@require_safe
def index(request, uuid):
    application, membership = get_for_viewing(request.user, uuid)
    found = threads.with_unread(Thread.objects.filter(application=application), request.user)
    found = threads.with_beginning(found)
    rows = []
    for thread in found.select_related("asked_by"):
        thread.application = application
        rows.append({"thread": thread, "title": thread_reading.title_of(thread)})
    return render(
        request,
        "applications/threads.html",
        _facts(application) | {"rows": rows, "may_write": permissions.can_edit(membership, application)},
    )


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, uuid):
    application, membership = get_for_editing(request.user, uuid)
    definition = application.form_version.definition
    if request.method != "POST":
        place, key = request.GET.get("place", ""), request.GET.get("question", "")
        known = threads.has_place(definition, place, key)
        initial = {"place": place, "question_key": key} if known else {}
        return _ask_page(request, application, AskForm(definition, initial=initial | {"key": uuid4()}))
    form = AskForm(definition, data=request.POST)
    if not form.is_valid():
        return _ask_page(request, application, form, status=422)
    thread = threads.ask(
        application,
        member=membership,
        place=form.cleaned_data["place"],
        question_key=form.cleaned_data["question_key"],
        text=form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        language=request.LANGUAGE_CODE,
    )
    messages.success(request, _("Your question was sent. We tell you by email when it is answered."))
    return redirect("applications:thread", application.uuid, thread.uuid)


def _ask_page(request, application, form, status=200):
    asked_from = _part(application, form["place"].value())
    context = _facts(application) | {"form": form, "asked_from": asked_from}
    return render(request, "applications/thread_ask.html", context, status=status)


def _part(application, place):
    """(address, title) of the part a question is about, while it can be opened there; else None."""
    if not place or not threads.has_place(application.form_version.definition, place, ""):
        return None
    if not is_editable(application, now=rounds.database_now()):
        return None
    title = thread_reading.place_title(application.form_version.definition, place)
    return tasklist.url_of(application, place), title


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, uuid, thread_uuid):
    if request.method == "POST":
        found, membership = get_thread_for_writing(request.user, uuid, thread_uuid)
        form = MessageForm(data=request.POST)
        if not form.is_valid():
            return _thread_page(request, found, membership, form, status=422)
        text, key = form.cleaned_data["text"], form.cleaned_data["key"]
        threads.write(found, member=membership, text=text, key=key)
        messages.success(request, _("Your message was sent. We tell you by email when it is answered."))
        return redirect("applications:thread", uuid, thread_uuid)
    found, membership = get_thread(request.user, uuid, thread_uuid)
    response = _thread_page(request, found, membership, MessageForm(initial={"key": uuid4()}))
    if request.method == "GET":
        threads.mark_read(found, user=request.user)
    return response


def _thread_page(request, found, membership, form, status=200):
    return render(
        request,
        "applications/thread.html",
        _facts(found.application)
        | {
            "thread": found,
            "title": thread_reading.title_of(found),
            "said": found.messages.select_related("author"),
            "form": form,
            "may_write": permissions.can_edit(membership, found.application),
            "part": _part(found.application, found.place),
        },
        status=status,
    )


def _facts(application):
    return {"application": application, "provider": application.provider, "round": application.round}

"""Threads in the office: the list, one thread with its answer box, and an entry for the questions page."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.desk.cases import rounds_with_cases
from applications.permissions import (
    OFFICE_READERS,
    can_work_on_cases,
    get_case,
    get_office_thread,
    get_thread_for_answering,
    threads_visible_to,
)
from applications.support import reading as thread_reading
from applications.support import reply_templates, thread_list, threads
from applications.support.forms import AnswerForm, FaqForm
from applications.support.thread_list import ANY, LONGEST_SEARCH, ThreadList
from applications.views.desk.case_page import show, submissions_of
from home import faq
from portal.accounts.permissions import require_role
from portal.audit import trail
from portal.listing import page_of
from portal.office.figures import Figure
from portal.texts import localized


@require_safe
@require_role(*OFFICE_READERS)
def index(request):
    asked = ThreadList.from_query(request.GET)
    rounds = {str(each.uuid): each for each in rounds_with_cases()}
    page = page_of(
        threads.with_beginning(asked.rows(user=request.user, rounds=set(rounds))),
        asked.page,
        per_page=thread_list.PER_PAGE,
    )
    count = page.paginator.count
    return render(
        request,
        "applications/office/threads.html",
        {
            "page": page,
            "rows": [{"thread": each, "title": thread_reading.title_of(each)} for each in page.object_list],
            "search": asked.q,
            "longest_search": LONGEST_SEARCH,
            "selects": _selects(asked, rounds),
            "count": ngettext("%(count)d thread", "%(count)d threads", count) % {"count": count},
            "filters": _active(asked, rounds),
            "clear_url": reverse("threads:index"),
            "may_answer": can_work_on_cases(request.user),
        },
    )


def _states():
    return {
        ANY: pgettext("threads", "All"),
        thread_list.WAITING: pgettext("threads", "Waiting for an answer"),
        thread_list.ANSWERED: pgettext("threads", "Answered"),
        thread_list.CLOSED: pgettext("threads", "Closed"),
    }


def _selects(asked, rounds):
    names = {ANY: _("Any round")} | {key: str(localized(each, "name")) for key, each in rounds.items()}
    return [
        {"name": "state", "label": _("State"), "options": _states().items(), "chosen": asked.state},
        {"name": "round", "label": _("Round"), "options": names.items(), "chosen": asked.round},
    ]


def _active(asked, rounds):
    words = {
        "q": asked.q,
        "state": _states().get(asked.state, asked.state),
        "round": str(localized(rounds[asked.round], "name")) if asked.round in rounds else asked.round,
    }
    unset = {"q": "", "state": ANY, "round": ANY}
    return [
        {
            "label": words[name],
            "url": f"{reverse('threads:index')}?{asked.query(**{name: unset[name]})}",
        }
        for name in asked.active()
    ]


@require_safe
@require_role(*OFFICE_READERS)
def of_case(request, uuid):
    """The tab of a case: its own threads."""
    case = get_case(request.user, uuid)
    found = threads.with_beginning(threads_visible_to(request.user).filter(application=case))
    rows = [{"thread": each, "title": thread_reading.title_of(each)} for each in found]
    return show(request, "applications/office/case_threads.html", case, submissions_of(case), rows=rows)


@require_safe
@require_role(*OFFICE_READERS)
def thread(request, uuid):
    found = get_office_thread(request.user, uuid)
    return _page(request, found, AnswerForm(initial={"key": uuid4()}))


def _page(request, found, form, *, fallback=None, status=200):
    return render(
        request,
        "applications/office/thread.html",
        {
            "thread": found,
            "application": found.application,
            "title": thread_reading.title_of(found),
            "said": found.messages.select_related("author"),
            "form": form,
            "fallback": fallback,
            "may_answer": can_work_on_cases(request.user),
        },
        status=status,
    )


@require_POST
@require_role(*OFFICE_READERS)
def answer(request, uuid):
    """Send the answer; or, with `fill`, only put a template into the box."""
    found = get_thread_for_answering(request.user, uuid)
    form = AnswerForm(data=request.POST)
    if "fill" in request.POST:
        return _fill(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    text, key = form.cleaned_data["text"], form.cleaned_data["key"]
    threads.answer(found, officer=request.user, text=text, key=key)
    messages.success(request, _("Your answer was sent. The company is told by email."))
    return redirect("threads:thread", found.uuid)


def _fill(request, found, form):
    form.is_valid()
    template = form.cleaned_data.get("template")
    typed = request.POST.get("text", "")
    if template is None:
        return _page(request, found, AnswerForm(initial={"key": uuid4(), "text": typed}))
    text = reply_templates.filled(template, found.language, typed)
    fresh = AnswerForm(initial={"key": uuid4(), "text": text.text, "template": template.uuid})
    return _page(request, found, fresh, fallback=text.language if text.is_fallback else None)


@require_POST
@require_role(*OFFICE_READERS)
def close(request, uuid):
    found = get_thread_for_answering(request.user, uuid)
    threads.close(found, officer=request.user)
    messages.success(request, _("The thread is closed. The company may still write in it."))
    return redirect("threads:thread", found.uuid)


@require_POST
@require_role(*OFFICE_READERS)
def reopen(request, uuid):
    found = get_thread_for_answering(request.user, uuid)
    threads.reopen(found, officer=request.user)
    messages.success(request, _("The thread is open again."))
    return redirect("threads:thread", found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def make_faq(request, uuid):
    """Drafts for the questions page, typed anew: nothing of the thread is copied, so nobody is named."""
    found = get_thread_for_answering(request.user, uuid)
    form = FaqForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        pages = faq.propose(category=form.cleaned_data["category"], texts=form.texts, user=request.user)
        trail.record("thread.made_faq", obj_kind="thread", obj_uuid=found.uuid, actor=request.user)
        made = ngettext(
            "%(count)d draft was made. An editor publishes it.",
            "%(count)d drafts were made. An editor publishes them.",
            len(pages),
        )
        messages.success(request, made % {"count": len(pages)})
        return redirect("threads:thread", found.uuid)
    return render(
        request,
        "applications/office/thread_faq.html",
        {
            "thread": found,
            "form": form,
            "title": thread_reading.title_of(found),
            "said": found.messages.select_related("author"),
            "has_page": bool(form.fields["category"].choices),
        },
        status=422 if form.is_bound else 200,
    )


def figures(user) -> list[Figure]:
    """For the office's landing page: how many wait for an answer."""
    waiting = threads_visible_to(user).filter(waits_for_office=True).count()
    url = f"{reverse('threads:index')}?{ThreadList(state=thread_list.WAITING).query()}"
    return [Figure(_("Waiting for an answer"), waiting, url, is_urgent=waiting > 0)]

"""The clarifications of a case: what was asked and answered; asking, more time, dropping it."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import rounds, workflow
from applications.clarifications import clarifying
from applications.clarifications import reading as clarification_reading
from applications.clarifications.forms import (
    AskForm,
    CancelForm,
    ExtendForm,
    carried,
    chosen,
    code_of,
    taken_up,
)
from applications.clarifications.reopening import Kind
from applications.errors import ApplicationError
from applications.models import ClarificationRequest, ClarificationTarget, Status
from applications.permissions import OFFICE_READERS, get_case, get_for_verification
from applications.submissions import changes
from applications.submissions.presenting import project_parts
from applications.views.desk.case_page import back, case_url, show, submissions_of
from portal import dates
from portal.accounts.permissions import require_role


@require_safe
@require_role(*OFFICE_READERS)
def clarifications(request, uuid):
    case = get_case(request.user, uuid)
    requests = clarification_reading.all_of(case)
    opened = next((each.request for each in requests if each.request.is_open), None)
    return show(
        request,
        "applications/office/clarifications.html",
        case,
        submissions_of(case),
        requests=requests,
        clock=clarification_reading.Clock.at(opened, rounds.database_now()) if opened else None,
        may_ask=case.status == Status.IN_VERIFICATION,
    )


@require_safe
@require_role(*OFFICE_READERS)
def choose(request, uuid):
    """Which places to ask about. The choice stands in the address of the next page."""
    case = get_for_verification(request.user, uuid)
    if case.status != Status.IN_VERIFICATION:
        return _not_now(request, case)
    chose_none = "none" in request.GET
    picked = set() if chose_none else set(request.GET.getlist("place")) or _doubtful(case)
    return _choose_page(request, case, submissions_of(case), picked, nothing_chosen=chose_none)


def _choose_page(request, case, submissions, picked, *, kept=(), nothing_chosen=False):
    """`kept` is what was written already about the places chosen before."""
    newest = submissions[-1]
    return show(
        request,
        "applications/office/clarification_choose.html",
        case,
        submissions,
        sections=[_section_choice(each, picked) for each in newest.form_version.definition["sections"]],
        documents=[
            {"code": code_of(Kind.DOCUMENT, each["uid"]), "row": each}
            for each in newest.form_version.definition["documents"]
        ],
        projects=[
            {"code": code_of(Kind.PROJECT, uid), "title": title}
            for uid, title, _rows in project_parts(newest.content["projects"])
        ],
        picked=picked,
        kept=kept,
        nothing_chosen=nothing_chosen,
        nothing_errors=[("places", _("Choose at least one place to ask about."))],
    )


def _section_choice(section, picked):
    questions = [{"code": code_of(Kind.QUESTION, each["key"]), "row": each} for each in section["questions"]]
    return {
        "code": code_of(Kind.SECTION, section["uid"]),
        "row": section,
        "questions": questions,
        "is_unfolded": any(each["code"] in picked for each in questions),
    }


def _doubtful(case):
    """Places whose check says that they need clarification are ticked already."""
    kinds = {"identity": Kind.COMPANY, "section": Kind.SECTION, "document": Kind.DOCUMENT}
    items = case.check_items.filter(state="question").values_list("subject", "target_uid")
    return {code_of(kinds.get(subject, Kind.PROJECTS), uid) for subject, uid in items}


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def ask(request, uuid):
    """Write the questions, look at them as the company will, send."""
    case = get_for_verification(request.user, uuid)
    submissions = submissions_of(case)
    data = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and case.status != Status.IN_VERIFICATION:
        return _not_now(request, case)
    pairs = chosen(data.getlist("place"), submissions[-1])
    if not pairs and "chosen" in request.POST:
        kept = carried(request.POST)
        return _choose_page(request, case, submissions, set(), kept=kept, nothing_chosen=True)
    if not pairs:
        return redirect(f"{case_url(request, 'cases:clarification_choose', case)}{_nothing(request)}")
    targets = [ClarificationTarget(kind=kind, uid=uid) for kind, uid in pairs]
    places = clarification_reading.places(targets, submissions[-1])
    if request.method != "POST":
        due = clarifying.default_due(rounds.database_now())
        form = AskForm(places, initial={"key": uuid4(), "due": dates.local(due).date()})
        return _ask_page(request, case, submissions, form)
    if "chosen" in request.POST:
        return _ask_page(request, case, submissions, AskForm(places, initial=taken_up(places, request.POST)))
    form = AskForm(places, data=request.POST)
    if "choose" in request.POST:
        picked = {code_of(*pair) for pair in pairs}
        return _choose_page(request, case, submissions, picked, kept=form.kept)
    if not form.is_valid():
        return _ask_page(request, case, submissions, form, status=422)
    if "send" not in request.POST:
        return _ask_page(request, case, submissions, form, is_preview="change" not in request.POST)
    return _send(request, case, submissions, form)


def _nothing(request):
    return "&none=1" if back(request) else "?none=1"


def _send(request, case, submissions, form):
    try:
        clarifying.ask(
            case,
            officer=request.user,
            due_at=form.cleaned_data["due"],
            asked=form.asked,
            key=form.cleaned_data["key"],
            message=form.cleaned_data["message"],
        )
    except ApplicationError as refusal:
        return _ask_page(request, case, submissions, form, refusal=refusal, status=409)
    messages.success(request, _("The questions were sent. The company is told by email."))
    return redirect(case_url(request, "cases:clarifications", case))


def _ask_page(request, case, submissions, form, *, is_preview=False, refusal=None, status=200):
    reader = submissions[-1].submitted_by
    context = {
        "form": form,
        "refusal": refusal,
        "error_title": bool(refusal) or bool(form.is_bound and form.errors),
        "codes": [code_of(each.target.kind, each.target.uid) for each in form.places],
        "language": reader.language if reader else "",
        "is_preview": is_preview,
    }
    if is_preview:
        for each, asked in zip(form.places, form.asked, strict=True):
            each.target.comment = asked.comment
        context["due_at"] = form.cleaned_data["due"]
    return show(
        request, "applications/office/clarification_ask.html", case, submissions, status=status, **context
    )


def _not_now(request, case):
    messages.error(request, str(workflow.SENTENCES[Status.CLARIFICATION_REQUESTED]))
    return redirect(case_url(request, "cases:clarifications", case))


def _open_request(case):
    found = case.clarifications.filter(state=ClarificationRequest.State.OPEN).first()
    if found:
        found.application = case
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def extend(request, uuid):
    case = get_for_verification(request.user, uuid)
    form = ExtendForm(data=request.POST or None)
    done = _("The company has more time now and is told by email.")
    return _act(request, case, form, clarifying.extend, "extend", done)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def cancel(request, uuid):
    case = get_for_verification(request.user, uuid)
    form = CancelForm(data=request.POST or None)
    done = _("The question was dropped. The company is told by email.")
    return _act(request, case, form, clarifying.cancel, "cancel", done)


def _act(request, case, form, verb, name, done):
    """Ask for the reason, then do it to the open clarification."""
    opened = _open_request(case)
    if opened is None:
        messages.error(request, _("No clarification is open in this case."))
        return redirect(case_url(request, "cases:clarifications", case))
    refusal = None
    if request.method == "POST" and form.is_valid():
        details = {"reason": form.cleaned_data["reason"]}
        if "due" in form.cleaned_data:
            details["due_at"] = form.cleaned_data["due"]
        try:
            verb(opened, officer=request.user, **details)
        except ApplicationError as error:
            refusal = error
        else:
            messages.success(request, done)
            return redirect(case_url(request, "cases:clarifications", case))
    return show(
        request,
        f"applications/office/clarification_{name}.html",
        case,
        submissions_of(case),
        form=form,
        opened=opened,
        refusal=refusal,
        error_title=bool(refusal) or form.is_bound,
        status=409 if refusal else 422 if form.is_bound else 200,
    )


@require_safe
@require_role(*OFFICE_READERS)
def changed(request, uuid, number):
    """What a submission changed against the one before it."""
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    pair = [each for each in submissions if each.number in {number - 1, number}]
    if len(pair) != 2:
        raise Http404
    return show(
        request,
        "applications/office/changed.html",
        case,
        submissions,
        earlier=pair[0],
        submission=pair[1],
        groups=changes.of(pair[1], pair[0]),
        replies=clarification_reading.replies(pair[1]),
    )

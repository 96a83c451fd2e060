from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import rounds, workflow
from applications.clarifications import reading as clarification_reading
from applications.drafts import completeness, tasklist
from applications.errors import ApplicationError, Incomplete, StaleVersion
from applications.models import Status
from applications.permissions import can_edit, can_submit, get_for_submitting, get_for_viewing, get_submission
from applications.questions import versions
from applications.questions.forms import SubmitForm, anchor_of
from applications.submissions import contents, presenting, receipts, submission
from applications.views.shell import for_applicants, is_editable, not_editable
from portal.files import delivery


@for_applicants
@require_safe
def check(request, uuid):
    """Everything the application says, to read, print and change from."""
    application, membership = get_for_viewing(request.user, uuid)
    held = contents.Contents(application)
    now = rounds.database_now()
    editable = is_editable(application, now=now)
    return render(
        request,
        "applications/check.html",
        _reading(application, application.form_version.definition, _standing(held))
        | {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "can_change": editable and can_edit(membership, application),
            "can_submit": editable and can_submit(membership, application),
        },
    )


def _standing(held):
    """Of a draft what is in it; later what was handed in, and nothing that is only begun."""
    if held.application.is_draft:
        return _draft_content(held)
    return held.application.submissions.latest("number").content


def _draft_content(held):
    return held.frozen(signer_name="", signer_role="")


def _reading(application, definition, content):
    return {
        "identity": presenting.identity_rows(content["identity"]),
        "parts": [
            {"part": part, "url": tasklist.url_of(application, part.uid)}
            for part in presenting.parts(definition, content["answers"])
        ],
        "project_parts": presenting.project_parts(content["projects"]),
        "document_parts": presenting.document_parts(definition, content["files"]),
    }


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, uuid):
    application, membership = get_for_submitting(request.user, uuid)
    if request.method == "POST":
        return _submit(request, application, membership)
    now = rounds.database_now()
    if not is_editable(application, now=now):
        return not_editable(request, application, now=now)
    held = contents.Contents(application)
    return _submit_page(request, held, _new_form(held, now, request.user), completeness.missing(held))


def _new_form(held, now, user, typed=None):
    review = submission.mint(held.application, fingerprint=held.fingerprint, now=now)
    signatory = {
        "signer_name": held.values.get("signatory_name", ""),
        "signer_role": held.values.get("signatory_post", ""),
    }
    return SubmitForm(initial=signatory | (typed or {}) | {"review": review})


def _submit(request, application, membership):
    form = SubmitForm(data=request.POST)
    review = submission.read(request.POST.get("review", ""), application)
    if not form.is_valid() or review is None:
        held, error = contents.Contents(application), None
        if review is None:
            form, error = _new_form(held, rounds.database_now(), request.user, _typed(request)), spoilt_page()
        return _submit_page(request, held, form, completeness.missing(held), error=error, status=422)
    declaration = submission.Declaration(form.cleaned_data["signer_name"], form.cleaned_data["signer_role"])
    try:
        received = workflow.submit(application, member=membership, review=review, declaration=declaration)
    except (StaleVersion, Incomplete) as error:
        application.refresh_from_db()
        held = contents.Contents(application)
        fresh = _new_form(held, rounds.database_now(), request.user, _typed(request))
        return _submit_page(request, held, fresh, completeness.missing(held), error=error, status=409)
    except ApplicationError as error:
        application.refresh_from_db()
        return not_editable(request, application, now=rounds.database_now(), error=error, status=409)
    return redirect("applications:receipt", application.uuid, received.number)


def spoilt_page() -> str:
    """What is said where a form brings no proof of what was looked at, or that of something else."""
    return _("This page can no longer be used to submit. Read it once more, then press the button again.")


def _typed(request):
    return {name: request.POST.get(name, "") for name in ("signer_name", "signer_role")}


def _submit_page(request, held, form, gaps, *, error=None, status=200):
    application = held.application
    questions = {
        (section["uid"], question["key"]): anchor_of(question)
        for section in held.definition["sections"]
        for question in section["questions"]
    }
    missing = []
    for gap in gaps:
        anchor = questions.get((gap.place, gap.anchor), gap.anchor)
        anchor = "id_is_completed_0" if anchor == "is_completed" else anchor
        url = tasklist.url_of(application, gap.place)
        missing.append({"sentence": gap.sentence, "url": f"{url}#{anchor}" if anchor else url})
    content = _draft_content(held)
    return render(
        request,
        "applications/submit.html",
        {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "form": form,
            "missing": missing,
            "declared": versions.declaration_of(application),
            "document_parts": presenting.document_parts(held.definition, content["files"]),
            "error": error,
            "error_title": bool(error) or bool(form.is_bound and form.errors),
        },
        status=status,
    )


@for_applicants
@require_safe
def receipt(request, uuid, number):
    """The permanent address of what was received. Reads the frozen submission only."""
    received = get_submission(request.user, uuid, number)
    application = received.application
    is_newest = received.number == application.revision
    return render(
        request,
        "applications/receipt.html",
        _reading(application, received.form_version.definition, received.content)
        | {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "submission": received,
            "is_newest": is_newest,
            # What comes next is said of the newest only, and no longer than it is true.
            "is_waiting": is_newest and application.status in {Status.SUBMITTED, Status.IN_VERIFICATION},
            "replies": clarification_reading.replies(received),
            "copy": receipts.copy_for(received, request.LANGUAGE_CODE),
        },
    )


@for_applicants
@require_safe
def receipt_pdf(request, uuid, number):
    """The receipt as PDF; until the worker has made it, the page to print."""
    received = get_submission(request.user, uuid, number)
    copy = receipts.copy_for(received, request.LANGUAGE_CODE)
    if copy is None:
        return redirect("applications:receipt", uuid, number)
    return delivery.respond(copy.file, request)

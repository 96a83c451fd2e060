from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import rounds
from applications.clarifications.reopening import Kind
from applications.drafts import documents, tasklist
from applications.errors import ApplicationError
from applications.permissions import get_file, get_file_for_editing, get_for_editing, get_reusable_file
from applications.questions import versions
from applications.submissions import contents, submission
from applications.submissions.contents import USABLE
from applications.views.shell import asked, for_applicants, is_editable, not_editable, opening_of
from portal.files import delivery
from portal.files.policy import TYPES, SlotPolicy, size_text
from portal.files.refusals import NONE_CHOSEN, Refused, message_for


@for_applicants
@require_safe
def index(request, uuid):
    application, _membership = get_for_editing(request.user, uuid)
    now = rounds.database_now()
    opening = opening_of(application)
    reopened = opening and any(each.kind == Kind.DOCUMENT for each in opening.targets)
    if not is_editable(application, now=now, opening=opening, reopened=bool(reopened)):
        return not_editable(request, application, now=now)
    return _page(request, application, submission.mint_begun(application, now=now))


@for_applicants
@require_POST
def upload(request, uuid, requirement_uid):
    """Take the chosen files one by one: a bad one is named, the good ones stay."""
    application, membership = get_for_editing(request.user, uuid)
    requirement = _requirement(application, requirement_uid)
    refusals, count = [], 0
    for chosen in request.FILES.getlist("files") or [None]:
        try:
            documents.add(
                application,
                requirement,
                chosen,
                member=membership,
                description=request.POST.get("description", ""),
                begun_at=_begun_at(request, application),
            )
            count += 1
        except Refused as refused:
            refusals.append(refused.message)
        except ApplicationError as error:
            refusals.append(str(error))
            break
    if refusals:
        begun, description = (request.POST.get(name, "") for name in ("begun", "description"))
        refused = {requirement_uid: refusals}
        return _page(request, application, begun, refusals=refused, description=description, status=422)
    sentence = ngettext("%(count)d file was uploaded.", "%(count)d files were uploaded.", count)
    messages.success(request, sentence % {"count": count})
    return _back(application, requirement_uid)


@for_applicants
@require_POST
def reuse(request, uuid, requirement_uid):
    """Use a file that the company has uploaded before, here or in an earlier application."""
    application, membership = get_for_editing(request.user, uuid)
    requirement = _requirement(application, requirement_uid)
    chosen = request.POST.get("file", "")
    try:
        if not chosen:
            raise Refused(NONE_CHOSEN)
        stored = get_reusable_file(request.user, uuid, _uuid_in(chosen))
        documents.reuse(
            stored,
            application,
            requirement,
            member=membership,
            begun_at=_begun_at(request, application),
        )
    except (Refused, ApplicationError) as refusal:
        refusals = {requirement_uid: [str(refusal)]}
        return _page(request, application, request.POST.get("begun", ""), refusals=refusals, status=422)
    messages.success(request, _("“%(file)s” is used here, too.") % {"file": stored.original_name})
    return _back(application, requirement_uid)


def _uuid_in(text):
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request, uuid, file_uuid):
    stored, application, membership = get_file_for_editing(request.user, uuid, file_uuid)
    now = rounds.database_now()
    if request.method != "POST" and not _may_change(application, stored.slot, now):
        return not_editable(request, application, now=now)
    requirement = _requirement(application, stored.slot)
    refusal = ""
    if request.method == "POST":
        try:
            documents.replace(
                stored,
                application,
                requirement,
                request.FILES.get("files"),
                member=membership,
                begun_at=_begun_at(request, application),
            )
        except Refused as refused:
            refusal = refused.message
        except ApplicationError as error:
            refusal = str(error)
        else:
            messages.success(request, _("The file was replaced."))
            return _back(application, stored.slot)
    return render(
        request,
        "applications/document_replace.html",
        {
            "application": application,
            "provider": application.provider,
            "file": stored,
            "requirement": requirement,
            "policy": _one_of(documents.policy_of(requirement)),
            "refusal": refusal,
            "begun": request.POST.get("begun") or submission.mint_begun(application, now=now),
            "error_title": bool(refusal),
        },
        status=422 if refusal else 200,
    )


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, uuid, file_uuid):
    stored, application, membership = get_file_for_editing(request.user, uuid, file_uuid)
    if request.method == "POST":
        try:
            documents.remove(stored, application, member=membership)
        except ApplicationError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The file was removed."))
        return _back(application, stored.slot)
    now = rounds.database_now()
    if not _may_change(application, stored.slot, now):
        return not_editable(request, application, now=now)
    return render(
        request,
        "applications/document_remove.html",
        {"application": application, "provider": application.provider, "file": stored},
    )


@for_applicants
@require_safe
def download(request, uuid, file_uuid):
    stored, _application, _membership = get_file(request.user, uuid, file_uuid)
    return delivery.respond(stored, request)


def _may_change(application, slot, now):
    opening = opening_of(application)
    reopened = bool(opening) and opening.has_document(slot)
    return is_editable(application, now=now, opening=opening, reopened=reopened)


def _requirement(application, uid):
    requirement = versions.requirement_of(application.form_version.definition, uid)
    if requirement is None:
        raise Http404
    return requirement


def _begun_at(request, application):
    return submission.read_begun(request.POST.get("begun", ""), application)


def _back(application, requirement_uid):
    return redirect(f"{tasklist.url_of(application, tasklist.DOCUMENTS)}#slot-{requirement_uid}")


def _page(request, application, begun, *, refusals=None, description="", status=200):
    held = contents.Contents(application)
    tasks = tasklist.tasks(held)
    refusals = refusals or {}
    reusable = documents.reusable(application)
    opening = opening_of(application)
    requirements = [
        each
        for each in held.definition["documents"]
        if application.is_draft or (opening and opening.has_document(each["uid"]))
    ]
    return render(
        request,
        "applications/documents.html",
        {
            "application": application,
            "provider": application.provider,
            "slots": [_slot(each, held, refusals, reusable, description) for each in requirements],
            "without_slot": held.without_slot,
            "extra_errors": [
                (f"files-{uid}", sentence) for uid, sentences in refusals.items() for sentence in sentences
            ],
            "tasks": tasks,
            "place": tasklist.DOCUMENTS,
            "number": [task.place for task in tasks].index(tasklist.DOCUMENTS) + 1,
            "total": len(tasks),
            "next_url": tasklist.after(held, tasklist.DOCUMENTS),
            "begun": begun,
            "error_title": bool(refusals),
        }
        | asked(opening, Kind.DOCUMENT),
        status=status,
    )


def _slot(requirement, held, refusals, reusable, description):
    files = held.in_slot(requirement["uid"])
    usable = [each for each in files if each.state in USABLE]
    policy = documents.policy_of(requirement)
    return {
        "requirement": requirement,
        "policy": policy,
        "is_multiple": policy.max_count > 1,
        "error_id": f"error-{requirement['uid']}",
        "files": [_row(each, policy) for each in files],
        "refusals": refusals.get(requirement["uid"], []),
        "description": description if requirement["uid"] in refusals else "",
        "has_problem": len(usable) < len(files),
        "is_filled": bool(usable),
        "has_room": len(usable) < policy.max_count,
        "reusable": [each for each in reusable if _suits(each, policy, files)],
    }


def _one_of(policy):
    """What the place of a single file takes."""
    return SlotPolicy(types=policy.types, max_size=policy.max_size)


def _suits(stored, policy, files):
    is_here = stored.sha256 in {each.sha256 for each in files}
    return not is_here and stored.detected_type in policy.types and stored.size <= policy.max_size


def _row(stored, policy):
    kind = TYPES[stored.detected_type].plain_name if stored.detected_type in TYPES else ""
    is_bad = stored.state not in USABLE
    return {
        "file": stored,
        "kind": kind,
        "size": size_text(stored.size),
        "is_bad": is_bad,
        "is_clean": stored.state == stored.State.CLEAN,
        "is_unchecked": stored.state == stored.State.ERROR,
        "message": message_for(stored.reason, name=stored.original_name, policy=policy)
        if is_bad and stored.reason
        else "",
    }

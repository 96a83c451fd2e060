"""The documents of a case: the list, the original as a download, and its pages as pictures."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from applications.desk import case_documents, case_reading
from applications.permissions import OFFICE_READERS, get_case, get_case_file
from applications.views.desk.case_page import chosen, show, submissions_of
from portal.accounts.permissions import require_role
from portal.files import delivery


@require_safe
@require_role(*OFFICE_READERS)
def documents(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    submission = chosen(request, submissions)
    return show(
        request,
        "applications/office/documents.html",
        case,
        submissions,
        submission=submission,
        revisions=submissions,
        slots=case_reading.slots(submission, case_documents.files_of(submission)),
    )


@require_safe
@require_role(*OFFICE_READERS)
def file(request, uuid, file_uuid):
    _, stored = get_case_file(request.user, uuid, file_uuid)
    return delivery.respond(stored, request)


@require_safe
@require_role(*OFFICE_READERS)
def page(request, uuid, file_uuid, number):
    """One page of a document as a picture, with the pages before and after it."""
    case, stored = get_case_file(request.user, uuid, file_uuid)
    numbers = list(stored.previews.values_list("page", flat=True))
    if number not in numbers:
        raise Http404
    preview = stored.previews.get(page=number)
    return show(
        request,
        "applications/office/page.html",
        case,
        submissions_of(case),
        stored=stored,
        preview=preview,
        pages=len(numbers),
        before=number - 1 if number - 1 in numbers else None,
        after=number + 1 if number + 1 in numbers else None,
    )


@require_safe
@require_role(*OFFICE_READERS)
def picture(request, uuid, file_uuid, number):
    _, stored = get_case_file(request.user, uuid, file_uuid)
    preview = get_object_or_404(stored.previews.select_related("file"), page=number)
    return delivery.respond_preview(preview, request)

"""The pages of one case, for reading. Every one fetches through get_case and shows the same head."""

from django.views.decorators.http import require_safe

from applications.desk import case_checks, case_documents, case_history, case_reading, checklist, duplicates
from applications.permissions import OFFICE_READERS, get_case
from applications.submissions import presenting
from applications.views.desk.case_next import next_step
from applications.views.desk.case_page import chosen, show, submissions_of
from portal.accounts.permissions import require_role

LATEST = 3


@require_safe
@require_role(*OFFICE_READERS)
def overview(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    newest = submissions[-1]
    checks = case_checks.checklist(case)
    progress = checklist.progress(check.item for check in checks)
    return show(
        request,
        "applications/office/overview.html",
        case,
        submissions,
        next=next_step(case, request.user, progress),
        progress=progress,
        facts=case_checks.facts(case, newest, case_documents.files_of(newest)),
        checks=checks,
        hints=duplicates.hints(case, newest),
        company=case_reading.company_rows(newest),
        entries=case_history.entries(case, submissions, newest=LATEST),
    )


@require_safe
@require_role(*OFFICE_READERS)
def answers(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    submission = chosen(request, submissions)
    return show(
        request,
        "applications/office/answers.html",
        case,
        submissions,
        submission=submission,
        revisions=submissions,
        parts=presenting.parts(submission.form_version.definition, submission.content["answers"]),
    )


@require_safe
@require_role(*OFFICE_READERS)
def projects(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    submission = chosen(request, submissions)
    return show(
        request,
        "applications/office/projects.html",
        case,
        submissions,
        submission=submission,
        revisions=submissions,
        projects=presenting.project_parts(submission.content["projects"]),
    )


@require_safe
@require_role(*OFFICE_READERS)
def history(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    return show(
        request,
        "applications/office/history.html",
        case,
        submissions,
        entries=case_history.entries(case, submissions),
        revisions=submissions,
    )

from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications import permissions, rounds, wording, workflow
from applications.clarifications import clarifying, reopening
from applications.clarifications import tasks as clarification_tasks
from applications.clarifications.reopening import Kind
from applications.drafts import completeness, copying, tasklist
from applications.permissions import get_for_viewing
from applications.submissions import contents, presenting
from applications.support import threads
from applications.views.shell import asked, for_applicants, is_editable, opening_of
from portal.accounts.permissions import can_manage_company


@for_applicants
@require_safe
def application(request, uuid):
    """The permanent address of an application: its task list while it is a draft, else how it stands."""
    application, membership = get_for_viewing(request.user, uuid)
    now = rounds.database_now()
    if application.is_draft:
        return _task_list(request, application, membership, now)
    return render(
        request,
        "applications/overview.html",
        _facts(application, membership, now)
        | _asked_now(application, membership, now)
        | {
            "submissions": application.submissions.select_related("clarification").order_by("-number"),
            "was_asked": application.clarifications.exists(),
            "can_take_back": permissions.can_submit(membership, application)
            and rounds.can_be_taken_back(application, now=now),
            "can_withdraw": permissions.can_submit(membership, application)
            and workflow.can_move(application, application.Status.WITHDRAWN),
        },
    )


def _asked_now(application, membership, now):
    """The reopened places as a task list, while the Secretariat waits for an answer."""
    opening = opening_of(application)
    if opening is None:
        return {}
    is_in_time = reopening.is_in_time(opening.request, now=now)
    return {
        "asked_tasks": clarification_tasks.tasks(clarifying.answer_of(opening)),
        "asked_request": opening.request,
        # Where nothing can be changed any more, no link leads to a page that would say so.
        "asked_may_edit": is_in_time and permissions.can_edit(membership, application),
        "asked_in_time": is_in_time,
    }


def _task_list(request, application, membership, now):
    held = contents.Contents(application)
    groups = tasklist.groups(held)
    tasks = [task for _title, group in groups for task in group]
    version = application.form_version
    return render(
        request,
        "applications/tasks.html",
        _facts(application, membership, now)
        | {
            "groups": groups,
            "done": sum(task.is_completed for task in tasks),
            "total": len(tasks),
            "is_ready": not completeness.missing(held),
            "can_copy": copying.is_empty(held) and copying.sources(application).exists(),
            "questions_changed_at": version.created_at
            if version.created_at > application.created_at
            else None,
        },
    )


def _facts(application, membership, now):
    return {
        "application": application,
        "round": application.round,
        "provider": application.provider,
        "membership": membership,
        "wording": wording.of(application, now=now, membership=membership),
        "is_editable": is_editable(application, now=now) and permissions.can_edit(membership, application),
        "is_open": rounds.is_open(application.round, application, now=now),
        "thread_count": application.threads.count(),
        "unread": threads.unread_of([application], membership.user).get(application.pk, 0),
        "may_write": permissions.can_edit(membership, application),
        "can_submit": permissions.can_submit(membership, application),
        "can_delete": permissions.can_delete(membership, application) and not application.revision,
    }


@for_applicants
@require_safe
def company(request, uuid):
    """The identity of the company as it will be sent; it is asked once, in the company's profile."""
    application, membership = get_for_viewing(request.user, uuid)
    held = contents.Contents(application)
    tasks = tasklist.tasks(held)
    return render(
        request,
        "applications/company.html",
        {
            "application": application,
            "provider": application.provider,
            "tasks": tasks,
            "place": tasklist.COMPANY,
            "number": 1,
            "total": len(tasks),
            "rows": presenting.identity_rows(contents.identity_of(application.provider)),
            "gaps": completeness.missing_identity(application.provider),
            "can_manage": can_manage_company(membership),
            "next_url": tasklist.after(held, tasklist.COMPANY),
        }
        | asked(opening_of(application), Kind.COMPANY),
    )

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from applications import rounds, wording, workflow
from applications.clarifications import reopening
from applications.drafts import copying, todo
from applications.errors import ApplicationError
from applications.permissions import applications_visible_to, get_for_starting, get_readable_round
from applications.questions import question_set, versions
from applications.submissions import contents
from applications.support import threads
from applications.views.shell import for_applicants
from portal.accounts.permissions import membership_of


@for_applicants
@require_safe
def dashboard(request):
    """The company's applications and the rounds it can apply in."""
    membership = membership_of(request.user)
    now = rounds.database_now()
    # The texts of the form are long, and no part of this page.
    applications = applications_visible_to(membership).select_related("form_version")
    own = list(applications.defer("form_version__definition"))
    unread = threads.unread_of(own, request.user) if own else {}
    entries = [
        {
            "application": each,
            "wording": wording.of(each, now=now, membership=membership),
            "unread": unread.get(each.pk, 0),
            "is_answerable": membership.can_edit and not reopening.is_over(each, now=now),
            "corrected_at": versions.corrected_at(each)
            if rounds.is_open(each.round, each, now=now)
            else None,
        }
        for each in own
    ]
    taken = {each["application"].round_id for each in entries if each["application"].status != "withdrawn"}
    return render(
        request,
        "applications/dashboard.html",
        {
            "membership": membership,
            "provider": membership.provider if membership else None,
            "entries": entries,
            "todos": todo.of(own, unread=unread, membership=membership, now=now) if membership else [],
            "open_rounds": [each for each in rounds.running(now) if each.pk not in taken],
        },
    )


@require_safe
def questions(request, round_uuid):
    """The whole question set of a round, for anybody to read and print before starting."""
    round = get_readable_round(round_uuid)
    version = round.form_versions.order_by("-number").first()
    definition = version.definition if version else versions.build(round)
    return render(
        request,
        "applications/questions.html",
        question_set.of(definition, round)
        | {"round": round, "is_open": rounds.is_open(round, now=rounds.database_now())},
    )


@for_applicants
@require_POST
def start(request, round_uuid):
    round, membership = get_for_starting(request.user, round_uuid)
    try:
        application = workflow.start(round, member=membership)
    except ApplicationError as error:
        messages.error(request, str(error))
        return redirect("applications:dashboard")
    if copying.is_empty(contents.Contents(application)) and copying.sources(application).exists():
        return redirect("applications:copy", application.uuid)
    return redirect("applications:application", application.uuid)

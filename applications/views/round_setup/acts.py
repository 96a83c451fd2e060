"""What officers do with a round as a whole. Each act has its own page that says what will happen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications import permissions, rounds
from applications.errors import ApplicationError
from applications.permissions import get_round_for_setup
from applications.round_setup import checking, copying, notices, opening
from applications.round_setup import corrections as correcting
from applications.views.round_setup.desk import screen_url
from portal import dates
from portal.accounts.permissions import require_role


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ROUND_READERS)
def copy(request, uuid):
    round = get_round_for_setup(request.user, uuid)
    if request.method != "POST":
        return render(request, "applications/rounds/copy.html", {"round": round})
    made = copying.copy(round, officer=request.user)
    messages.success(
        request,
        _("The copy is made and stands below. No applicant sees it yet. Check its dates and texts."),
    )
    return redirect("rounds:desk", made.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ROUND_READERS)
def release(request, uuid):
    round = get_round_for_setup(request.user, uuid)
    if request.method == "POST":
        return _act(request, round, lambda: opening.release(round, officer=request.user), _opened)
    found = checking.findings(round)
    return render(
        request,
        "applications/rounds/open.html",
        {
            "round": round,
            "findings": [(each.sentence, screen_url(round, each)) for each in found],
            "opens_at_once": round.opens_at <= rounds.database_now(),
            "was_released": round.is_released,
        },
    )


@require_POST
@require_role(*permissions.ROUND_READERS)
def take_back(request, uuid):
    round = get_round_for_setup(request.user, uuid)
    return _act(
        request,
        round,
        lambda: opening.take_back(round, officer=request.user),
        lambda _done: _("The opening is taken back. The round is being prepared again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ROUND_READERS)
def corrections(request, uuid):
    """What publishing would change, and the button that does it."""
    round = get_round_for_setup(request.user, uuid)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        return _act(
            request,
            round,
            lambda: correcting.publish(round, officer=request.user, seen=seen),
            lambda version: (
                _("Form version %(number)d is published. Companies with a draft are told by email.")
                % {"number": version.number}
            ),
            back="rounds:corrections",
        )
    changes, seen = correcting.pending(round) if round.is_released else ([], "")
    found = checking.findings(round) if changes else []
    return render(
        request,
        "applications/rounds/corrections.html",
        {
            "round": round,
            "changes": changes,
            "seen": seen,
            "findings": [(each.sentence, screen_url(round, each)) for each in found],
            "told": notices.drafts_of(round),
        },
    )


def _act(request, round, act, sentence, back="rounds:desk"):
    try:
        done = act()
    except ApplicationError as refusal:
        messages.error(request, str(refusal))
        return redirect(back, round.uuid)
    messages.success(request, sentence(done))
    return redirect("rounds:desk", round.uuid)


def _opened(round):
    if rounds.is_awaited(round):
        return _("The form is published. The round opens by itself on %(opens)s.") % {
            "opens": dates.full(round.opens_at)
        }
    return _("The round is open.")

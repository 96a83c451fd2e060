"""Around the end of a session: how long it lasts, and what was typed when it was over."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import dates, views
from portal.accounts import session_time, unsent
from portal.accounts.permissions import is_staff_member


@require_http_methods(["GET", "HEAD", "POST"])
def session(request):
    """How long the session lasts; a POST makes it last longer. Asked by the page that warns of its end."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "sentence": _ended()}, status=HTTPStatus.FORBIDDEN)
    if request.method == "POST":
        session_time.extend(request, at_once=True)
    left = session_time.left(request)
    can_extend = session_time.most_left(request) > left
    return JsonResponse({"left": left, "can_extend": can_extend, "sentence": _ending(left, can_extend)})


session.only_looks_at_session = True


def _ending(left, can_extend):
    time = {"time": dates.clock_time(timezone.now() + timedelta(seconds=left))}
    if can_extend:
        return (
            _("You will be signed out at %(time)s, Hong Kong time. Stay signed in to go on writing.") % time
        )
    return (
        _(
            "Your sign-in ends at %(time)s, Hong Kong time, and cannot be made longer. Save what you are "
            "writing, then sign in again."
        )
        % time
    )


def _ended():
    return _(
        "You were signed out. What you typed is still on this page: sign in in a new tab, or save as usual "
        "and sign in then."
    )


def answer(request):
    """For a form that came after its session had ended: keep what was typed, and say so.

    None where nothing was typed, or where it is not certain whose it was.
    """
    is_for_script = request.headers.get("accept", "").startswith("application/json")
    user = None if is_for_script else unsent.person_of(request)
    if user is None or not _is_from_our_page(request) or not views.typed_texts(request):
        return None
    kept = unsent.keep(request, user)
    if kept is None:
        return views.signed_out(request)
    return views.signed_out(request, landing=unsent.landing(kept), had_files=kept.had_files)


def _is_from_our_page(request):
    """The form's token fits, and so belongs to the last person who signed in in this browser."""
    return CsrfViewMiddleware(lambda request: None).process_view(request, answer, (), {}) is None


def csrf_failure(request, reason=""):
    """The person has signed in again since the page was made: its texts are kept, and one press away."""
    if not (request.user.is_authenticated and views.is_from_our_site(request) and views.typed_texts(request)):
        return views.csrf_failure(request, reason)
    kept = unsent.keep(request, request.user)
    return views.csrf_failure(request, reason, landing=unsent.landing(kept) if kept else None)


@require_safe
@login_required
def unsent_form(request, uuid):
    """What was typed, and a button that sends it as it would have been sent."""
    kept = unsent.get(request.user, uuid)
    context = {
        "kept": kept,
        "typed": [
            text
            for name, texts in kept.fields
            if name not in views.NOT_TYPED
            for text in texts
            if text.strip()
        ],
        "ends_at": kept.kept_at + unsent.KEPT_FOR,
        "resend_address": unsent.resend_address(kept),
        "base": "base_office.html" if is_staff_member(request.user) else "base_portal.html",
    }
    return render(request, "accounts/unsent_form.html", context)


@require_POST
@login_required
def throw_away(request, uuid):
    unsent.get(request.user, uuid).delete()
    messages.success(request, _("What you had typed is thrown away."))
    return redirect("accounts:after_sign_in")

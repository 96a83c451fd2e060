from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from seminars import availability, joining, links, permissions, seats
from seminars.forms import DetailsForm
from seminars.views.answers import busy, private
from seminars.views.sign_up import page_url

CORRECTABLE = ("name", "company", "company_type", "phone", "question")


@require_safe
@private
def status(request, uuid, token):
    """How it stands. Looking changes nothing: mail scanners look, too."""
    sign_up = permissions.get_own(uuid, token)
    response = render(
        request,
        "seminars/status.html",
        {
            **_context(sign_up),
            "queue": availability.queue_of(sign_up),
            "page_url": page_url(sign_up.seminar),
            "join_link": joining.visible_link(sign_up, timezone.now()),
            "link_opens_at": joining.opens_at(sign_up.seminar),
            "joins_online": joining.is_joined_online(sign_up.option),
        },
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def correct(request, uuid, token):
    sign_up = permissions.get_own(uuid, token)
    if request.method != "POST":
        initial = {name: getattr(sign_up, name) for name in CORRECTABLE}
        form = DetailsForm(initial=initial)
        return render(request, "seminars/correct.html", {**_context(sign_up), "form": form})
    form = DetailsForm(request.POST)
    code = 422
    if form.is_valid():
        try:
            seats.correct_details(sign_up, **{name: form.cleaned_data[name] for name in CORRECTABLE})
        except seats.SeatError as error:
            form.add_error(None, ValidationError(str(error)))
            code = 409
        except OperationalError:
            busy(form)
            code = 503
        else:
            messages.success(request, _("Your details are corrected."))
            return redirect(links.path_to(sign_up))
    return render(request, "seminars/correct.html", {**_context(sign_up), "form": form}, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def cancel(request, uuid, token):
    sign_up = permissions.get_own(uuid, token)
    if request.method != "POST":
        return render(request, "seminars/cancel.html", _context(sign_up))
    try:
        if seats.cancel(sign_up):
            messages.success(request, _("Your sign-up is cancelled. Thank you for telling us."))
    except seats.SeatError as error:
        messages.error(request, str(error))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
        return redirect(links.path_to(sign_up, "cancel"))
    return redirect(links.path_to(sign_up))


def _context(sign_up):
    now = timezone.now()
    return {
        "sign_up": sign_up,
        "seminar": sign_up.seminar,
        "option": sign_up.option,
        "may_correct": seats.can_correct_at(sign_up, now),
        "correct_until": sign_up.created_at + seats.CORRECTION_TIME,
        "may_cancel": sign_up.is_live and not sign_up.seminar.has_started,
        "paths": {
            name: links.path_to(sign_up, name) for name in ("status", "correct", "cancel", "own_calendar")
        },
    }

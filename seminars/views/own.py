from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.database_clock import database_now
from seminars import availability, codes, joining, links, materials, permissions, questions, seats
from seminars.forms import DetailsForm
from seminars.models import AttendanceCertificate, Seminar, SignUp
from seminars.views.answers import busy, private
from seminars.views.sign_up import page_url

OWN_PAGES = (
    *("status", "accept", "confirm", "correct", "cancel"),
    *("own_calendar", "change_address", "colleague"),
)


@require_safe
@private
def status(request, uuid, token):
    """How it stands. Looking changes nothing: mail scanners look, too."""
    sign_up = permissions.get_own(uuid, token)
    context = _context(sign_up)
    response = render(
        request,
        "seminars/status.html",
        {
            **context,
            "queue": availability.queue_of(sign_up),
            "join_link": joining.visible_link(sign_up, context["now"]),
            "link_opens_at": _still_to_come(joining.opens_at(sign_up.seminar), context["now"]),
            "check_in_code": _check_in_code(sign_up),
            "joins_online": joining.is_joined_online(sign_up.option),
            "answers": questions.answer_texts(sign_up, sign_up.seminar.questions.all()),
            "page_url": page_url(sign_up.seminar),
            **_after(sign_up),
        },
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _still_to_come(moment, now):
    return moment if moment > now else None


def _after(sign_up):
    """What there is once the seminar was held; the survey only for those who came."""
    if not sign_up.seminar.was_held:
        return {}

    def path_of(material):
        keys = {"uuid": sign_up.uuid, "token": links.token_for(sign_up), "material_uuid": material.uuid}
        return reverse("seminars:own_material", kwargs=keys)

    has_certificate = AttendanceCertificate.objects.filter(sign_up=sign_up).exists()
    return {
        "certificate_url": links.path_to(sign_up, "certificate") if has_certificate else "",
        "materials": materials.shown(permissions.materials_for(sign_up), path_of),
        "survey_link": sign_up.seminar.survey_link if permissions.has_attended(sign_up) else "",
    }


def _check_in_code(sign_up):
    """For the door of a venue; it holds a token for that and never the address of the own page."""
    seminar = sign_up.seminar
    comes = sign_up.state == SignUp.State.CONFIRMED and seminar.state == Seminar.State.SCHEDULED
    if not comes or _is_off(sign_up) or seminar.is_past or joining.is_joined_online(sign_up.option):
        return ""
    return codes.svg(links.check_in_address(sign_up), _("Your code for the door"))


def _is_off(sign_up):
    """What this person signed up for does not take place at all."""
    is_seminar_off = sign_up.seminar.state == Seminar.State.CANCELLED
    return is_seminar_off or sign_up.option.is_cancelled


@require_http_methods(["GET", "HEAD", "POST"])
@private
def correct(request, uuid, token):
    sign_up = permissions.get_own(uuid, token)
    asked = list(sign_up.seminar.questions.all())
    if request.method != "POST":
        form = DetailsForm(initial=DetailsForm.initial_of(sign_up, asked), asked=asked)
        return render(request, "seminars/correct.html", {**_context(sign_up), "form": form})
    form = DetailsForm(request.POST, asked=asked)
    code = 422
    if form.is_valid():
        try:
            seats.correct_details(sign_up, form.corrections)
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
def accept(request, uuid, token):
    """Take or leave a place that is held. Only a press takes it: scanners of mail open every link."""
    return _answer(request, uuid, token, "accept", seats.accept, _("The place is yours. A mail confirms it."))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request, uuid, token):
    """Say that the address is one's own, which brings the form into the queue."""
    said = _("Thank you, your address is confirmed. A mail says whether you have a place.")
    return _answer(request, uuid, token, "confirm", seats.confirm_address, said)


def _answer(request, uuid, token, name, act, said):
    sign_up = permissions.get_own(uuid, token)
    if request.method != "POST":
        return render(request, f"seminars/{name}.html", _context(sign_up))
    try:
        if act(sign_up):
            messages.success(request, said)
    except seats.SeatError as error:
        messages.error(request, str(error))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
        return redirect(links.path_to(sign_up, name))
    return redirect(links.path_to(sign_up))


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
    now = database_now()
    return {
        "now": now,
        "sign_up": sign_up,
        "seminar": sign_up.seminar,
        "option": sign_up.option,
        "is_off": _is_off(sign_up),
        "may_correct": seats.can_correct_at(sign_up, now),
        "correct_until": sign_up.created_at + seats.CORRECTION_TIME,
        "may_accept": sign_up.state == SignUp.State.OFFERED and sign_up.held_until > now,
        "may_confirm": sign_up.state == SignUp.State.UNCONFIRMED and now < seats.confirm_until(sign_up),
        "confirm_until": seats.confirm_until(sign_up),
        "may_cancel": sign_up.is_live and not sign_up.seminar.has_started_at(now),
        "paths": {
            name: links.path_to(sign_up, name)
            for name in (
                "status",
                "accept",
                "confirm",
                "correct",
                "cancel",
                "own_calendar",
                "change_address",
                "colleague",
            )
        },
    }

"""One person's sign-up as the organiser sees it, and what can be done with the seat."""

from django.contrib import messages
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import require_role
from portal.texts import localized
from seminars import permissions, questions, seats, waiting
from seminars.forms import CorrectionForm
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.views.answers import busy


@require_safe
@require_role(*permissions.READERS)
def person(request, uuid, sign_up_uuid):
    sign_up = permissions.get_sign_up_for_reading(request.user, uuid, sign_up_uuid)
    seminar = sign_up.seminar
    running = seminar.state == Seminar.State.SCHEDULED and timezone.now() < seminar.starts_at
    may_act = permissions.can_run_seminars(request.user) and running and sign_up.is_live
    options = seminar.options.filter(state=AttendanceOption.State.OPEN).exclude(pk=sign_up.option_id)
    context = {
        "seminar": seminar,
        "sign_up": sign_up,
        "option": sign_up.option,
        "answers": questions.answer_texts(sign_up, seminar.questions.all()),
        "reason": waiting.of(seminar).reason(sign_up),
        "may_put_first": may_act and sign_up.state == SignUp.State.WAITING,
        "others": list(options) if may_act else [],
        "may_cancel": may_act,
        "may_correct": permissions.can_run_seminars(request.user)
        and seats.can_be_put_right(sign_up, timezone.now()),
    }
    return render(request, "seminars/office/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def correct(request, uuid, sign_up_uuid):
    """For somebody who telephones: the mails do not come, or the half hour for corrections is over."""
    sign_up = permissions.get_sign_up_for_running(request.user, uuid, sign_up_uuid)
    seminar = sign_up.seminar
    asked = list(seminar.questions.all())
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial=CorrectionForm.initial_of(sign_up, asked),
        asked=asked,
    )
    code = 200
    if request.method == "POST":
        code = _correct(sign_up, form, request.user) if form.is_valid() else 422
        if not code:
            messages.success(request, _("The details are corrected."))
            return redirect("office_seminars:person", uuid=seminar.uuid, sign_up_uuid=sign_up.uuid)
    context = {"seminar": seminar, "sign_up": sign_up, "form": form}
    return render(request, "seminars/office/correct.html", context, status=code)


def _correct(sign_up, form, actor):
    """Status of the answer where the form must be shown again; 0 when all is done."""
    try:
        seats.correct_by_hand(sign_up, form.corrections, email=form.cleaned_data["email"], actor=actor)
    except seats.AlreadySignedUp as error:
        form.add_error("email", str(error))
        return 409
    except seats.SeatError as error:
        form.add_error(None, str(error))
        return 409
    except OperationalError:
        busy(form)
        return 503
    return 0


@require_POST
@require_role(*permissions.ACTORS)
def put_first(request, uuid, sign_up_uuid):
    sign_up = permissions.get_sign_up_for_running(request.user, uuid, sign_up_uuid)

    def act():
        done = seats.put_first(sign_up, adds_place=bool(request.POST.get("adds_place")), actor=request.user)
        return {
            SignUp.State.CONFIRMED: _("%(name)s has a place. A mail is on its way."),
            SignUp.State.OFFERED: _("A place is held for %(name)s. A mail asks to accept it."),
        }.get(done.state, _("%(name)s comes first now and gets the next free place.")) % {"name": done.name}

    return _acted(request, sign_up, act)


@require_POST
@require_role(*permissions.ACTORS)
def move(request, uuid, sign_up_uuid):
    sign_up = permissions.get_sign_up_for_running(request.user, uuid, sign_up_uuid)
    options = {str(each.uuid): each for each in sign_up.seminar.options.all()}
    option = options.get(request.POST.get("option", ""))

    def act():
        if option is None:
            raise seats.SeatError(_("Choose the way to attend to move to."))
        done = seats.move(sign_up, option=option, actor=request.user)
        words = {"name": done.name, "option": localized(done.option, "label")}
        return _("%(name)s is moved to “%(option)s”. A mail is on its way.") % words

    return _acted(request, sign_up, act)


def _acted(request, sign_up, act):
    try:
        messages.success(request, act())
    except seats.SeatError as error:
        messages.error(request, str(error))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    return redirect("office_seminars:person", uuid=sign_up.seminar.uuid, sign_up_uuid=sign_up.uuid)

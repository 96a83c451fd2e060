"""The link sent again, a new address, and the form once more for a colleague."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import limits
from seminars import links, permissions, seats
from seminars.companies import fold_email
from seminars.forms import AddressForm, NewAddressForm
from seminars.views import colleagues
from seminars.views.answers import busy, private
from seminars.views.sign_up import PER_NETWORK, WINDOW_SECONDS, page_url

PER_ADDRESS, HOUR = 3, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@private
def send_link(request, uuid):
    """Every address gets the same answer; whether it is signed up, only its mailbox learns."""
    seminar = permissions.get_public(uuid)
    form = AddressForm(request.POST if request.method == "POST" else None)
    code = 200
    if request.method == "POST":
        code = _send(request, seminar, form)
        if code == 302:
            response = redirect("seminars:link_sent", uuid=seminar.uuid)
            colleagues.remember_address(request, response, seminar, form.cleaned_data["email"])
            return response
    context = {"seminar": seminar, "form": form, "page_url": page_url(seminar)}
    return render(request, "seminars/send_link.html", context, status=code)


def _send(request, seminar, form):
    if not form.is_valid():
        return 422
    if limits.hit("seminars.link", limits.client_network(request), limit=PER_NETWORK, window=WINDOW_SECONDS):
        form.add_error(None, _("Too many requests came from your network. Please try again in ten minutes."))
        return 429
    email = form.cleaned_data["email"]
    # Quietly: a refusal for one address would tell that it is known.
    if limits.hit("seminars.link_to", f"{seminar.uuid}:{fold_email(email)}", limit=PER_ADDRESS, window=HOUR):
        return 302
    try:
        seats.send_link(seminar, email=email)
    except OperationalError:
        busy(form)
        return 503
    return 302


@require_safe
@private
def link_sent(request, uuid):
    seminar = permissions.get_public(uuid)
    address = colleagues.address_of(request, seminar)
    if not address:
        return redirect("seminars:send_link", uuid=seminar.uuid)
    context = {"seminar": seminar, "address": address, "page_url": page_url(seminar)}
    return render(request, "seminars/link_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def change_address(request, uuid, token):
    sign_up = permissions.get_own(uuid, token)
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    code = 200
    if request.method == "POST":
        code = _ask(sign_up, form)
        if code == 302:
            messages.success(
                request,
                _("We have written to %(address)s. The change counts once the link in that mail is pressed.")
                % {"address": form.cleaned_data["email"]},
            )
            return redirect(links.path_to(sign_up))
    context = {
        "sign_up": sign_up,
        "seminar": sign_up.seminar,
        "form": form,
        "status_url": links.path_to(sign_up),
        "may_change": sign_up.is_live and not sign_up.seminar.has_started,
    }
    return render(request, "seminars/change_address.html", context, status=code)


def _ask(sign_up, form):
    if not form.is_valid():
        return 422
    if limits.hit("seminars.new_address", str(sign_up.uuid), limit=PER_ADDRESS, window=HOUR):
        form.add_error(None, _("You have asked for three changes in an hour. Please try again later."))
        return 429
    try:
        seats.ask_for_address(sign_up, email=form.cleaned_data["email"])
    except seats.SeatError as error:
        form.add_error(None, ValidationError(str(error)))
        return 409
    except OperationalError:
        busy(form)
        return 503
    return 302


@require_http_methods(["GET", "HEAD", "POST"])
@private
def new_address(request, uuid, token):
    """Behind the link that went to the new address. Looking changes nothing."""
    sign_up = permissions.get_by_new_address(uuid, token)
    problem, code = "", 200
    if request.method == "POST":
        try:
            sign_up = seats.take_address(sign_up)
        except seats.SeatError as error:
            problem, code = str(error), 409
        except OperationalError:
            problem, code = (
                _("The portal is busy and nothing was changed. Please try again in a moment."),
                503,
            )
        else:
            messages.success(request, _("Your address is changed. The old one was told."))
            return redirect(links.path_to(sign_up))
    context = {"sign_up": sign_up, "seminar": sign_up.seminar, "problem": problem}
    return render(request, "seminars/new_address.html", context, status=code)


@require_safe
@private
def colleague(request, uuid, token):
    """The sign-up form with this person's company filled in."""
    sign_up = permissions.get_own(uuid, token)
    target = reverse("seminars:sign_up", kwargs={"uuid": sign_up.seminar.uuid})
    response = redirect(f"{target}?colleague=1")
    colleagues.remember_company(request, response, sign_up.seminar, sign_up.company, sign_up.company_type)
    return response

"""A person's own data: taking a copy of all of it, and erasing the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import limits
from portal.accounts import data_copies, departing, erasure, personal_data
from portal.accounts.forms import EraseForm
from portal.accounts.models import DataCopy
from portal.accounts.permissions import membership_of
from portal.files import delivery

COPIES_A_DAY = 10


@require_safe
@login_required
def own_data(request):
    copies = data_copies.of(request.user)
    context = {
        "parts": personal_data.parts(),
        "copies": copies,
        "kept_days": data_copies.KEPT_FOR.days,
        "is_being_made": any(copy.state == DataCopy.State.ORDERED for copy in copies),
    }
    return render(request, "accounts/own_data.html", context)


@require_POST
@login_required
@reauthentication_required
def order(request):
    if limits.hit("own-data", str(request.user.pk), limit=COPIES_A_DAY, window=24 * 3600):
        messages.error(request, _("You have taken many copies today. Go on tomorrow."))
    else:
        data_copies.order(request.user)
        messages.success(
            request,
            _("Your copy is being made. We write to %(email)s when it is ready.")
            % {"email": request.user.email},
        )
    return redirect("accounts:own_data")


@require_safe
@login_required
@reauthentication_required
def download(request, uuid):
    return delivery.respond(data_copies.get(request.user, uuid).file, request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def erase(request):
    problem = erasure.obstacle(request.user)
    # The form is not there while something stands in the way: no error may speak of it.
    form = EraseForm(request.POST if request.method == "POST" and not problem else None)
    if form.is_valid():
        try:
            erasure.erase(request.user, by=request.user)
        except erasure.CannotErase as refused:
            problem = departing.Obstacle(refused.messages[0])
        else:
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect(reverse("account_login"))
    owner = departing.owned_by(request.user)
    context = {
        "form": form,
        "problem": problem,
        "membership": membership_of(request.user),
        "company_that_goes": owner and not problem and owner.provider,
    }
    return render(request, "accounts/erase.html", context, status=422 if form.errors else 200)

"""A person's own data: taking a copy of all of it, and erasing the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import limits
from portal.accounts import erasure, personal_data
from portal.accounts.forms import EraseForm
from portal.accounts.permissions import membership_of
from portal.audit import trail

COPIES_A_DAY = 10


@require_safe
@login_required
def own_data(request):
    return render(request, "accounts/own_data.html", {"parts": personal_data.parts()})


@require_POST
@login_required
@reauthentication_required
def download(request):
    if limits.hit("own-data", str(request.user.pk), limit=COPIES_A_DAY, window=24 * 3600):
        messages.error(request, _("You have taken many copies today. Go on tomorrow."))
        return redirect("accounts:own_data")
    trail.record("account.exported", obj_kind="user", obj_uuid=request.user.uuid, actor=request.user)
    response = StreamingHttpResponse(personal_data.archive(request.user), content_type="application/zip")
    name = f"personal-data-{timezone.localdate():%Y%m%d}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def erase(request):
    form = EraseForm(request.POST if request.method == "POST" else None)
    problem = erasure.obstacle(request.user)
    if request.method == "POST" and not problem and form.is_valid():
        try:
            erasure.erase(request.user, by=request.user)
        except erasure.CannotErase as refused:
            problem = refused.messages[0]
        else:
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect(reverse("account_login"))
    context = {"form": form, "problem": problem, "membership": membership_of(request.user)}
    return render(request, "accounts/erase.html", context, status=422 if form.errors else 200)

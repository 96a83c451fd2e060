"""Arriving: after sign-in, by an invitation, and one's own details."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import limits
from portal.accounts import invitations, unsent
from portal.accounts.forms import DetailsForm, NewAccountForm
from portal.accounts.models import User
from portal.accounts.permissions import is_staff_member, membership_of


@require_safe
@login_required
def after_sign_in(request):
    """Lead staff to the office, providers to their applications, who has no company to registering one.

    What was typed when the last session had ended comes before all of them.
    """
    if kept := unsent.newest_of(request.user):
        return redirect(unsent.landing(kept))
    if not is_staff_member(request.user) and membership_of(request.user) is None:
        return redirect("accounts:home")
    names = settings.STAFF_LANDING if is_staff_member(request.user) else []
    for name in [*names, *settings.PROVIDER_LANDING]:
        try:
            return redirect(reverse(name))
        except NoReverseMatch:
            continue
    return redirect("accounts:home")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def your_details(request):
    form = DetailsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    """Show an invitation; accept it by POST. The link belongs to one address and works once."""
    if limits.hit("join", limits.client_network(request), limit=60, window=600):
        return render(request, "accounts/join_closed.html", status=429)
    invitation = invitations.find(token)
    if invitation is None or not invitations.is_open(invitation):
        return _private(render(request, "accounts/join_closed.html", status=410))
    if request.user.is_authenticated:
        return _private(_join_signed_in(request, invitation))
    if User.objects.filter(email__iexact=invitation.email).exists():
        return _private(redirect_to_login(request.get_full_path()))
    return _private(_join_new(request, invitation))


def _join_signed_in(request, invitation):
    if request.user.email.lower() != invitation.email.lower():
        return render(request, "accounts/join_other.html", {"invitation": invitation}, status=403)
    problem = None
    if request.method == "POST":
        try:
            invitations.accept(invitation, request.user)
            return redirect("accounts:after_sign_in")
        except invitations.ValidationError as refused:
            problem = refused.messages[0]
    context = {"invitation": invitation, "problem": problem}
    return render(request, "accounts/join.html", context, status=409 if problem else 200)


def _join_new(request, invitation):
    form = NewAccountForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept_with_new_account(
                invitation, language=get_language(), **form.cleaned_data
            )
            return perform_login(request, user, redirect_url=reverse("accounts:after_sign_in"))
        except invitations.InvitationError as refused:
            form.add_error(None, refused)
    context = {"invitation": invitation, "form": form}
    return render(request, "accounts/join_new.html", context, status=422 if form.errors else 200)


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response

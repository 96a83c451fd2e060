"""People of a company: invite, change the role, remove, hand over, leave. All but leaving is the owner's."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import limits
from portal.accounts import companies, invitations
from portal.accounts.forms import InviteForm, RoleForm
from portal.accounts.models import Invitation, Membership
from portal.accounts.permissions import can_manage_company, membership_of

INVITATIONS_A_DAY = 30


def owner_only(view):
    """Hand the owner's membership to the view: 404 without a company, 403 for colleagues."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        membership = membership_of(request.user)
        if membership is None:
            raise Http404
        if not can_manage_company(membership):
            raise PermissionDenied
        return view(request, membership, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def invite(request, owner):
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.hit("invite", str(owner.provider.uuid), limit=INVITATIONS_A_DAY, window=24 * 3600):
            form.add_error(None, _("Your company sent many invitations today. Go on tomorrow."))
        else:
            invitations.invite_colleague(owner, **form.cleaned_data)
            messages.success(
                request,
                _("We have written to %(email)s. The invitation works for 7 days.") % form.cleaned_data,
            )
            return redirect("accounts:company")
    return render(request, "accounts/member_invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def role(request, owner, person):
    member = _get_colleague(owner, person)
    form = RoleForm(request.POST or None, initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        if _try(request, companies.change_role, member, form.cleaned_data["role"], by=request.user):
            messages.success(request, _("The role of %(name)s is saved.") % {"name": member.user})
        return redirect("accounts:company")
    context = {"form": form, "member": member}
    return render(request, "accounts/member_role.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def remove(request, owner, person):
    member = _get_colleague(owner, person)
    if request.method == "POST":
        if _try(request, companies.remove, member, by=request.user):
            messages.success(
                request, _("%(name)s no longer belongs to your company.") % {"name": member.user}
            )
        return redirect("accounts:company")
    return render(request, "accounts/member_remove.html", {"member": member})


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def hand_over(request, owner, person):
    member = _get_colleague(owner, person)
    if request.method == "POST":
        if _try(request, companies.hand_over, owner, member):
            messages.success(request, _("%(name)s is now the owner.") % {"name": member.user})
        return redirect("accounts:company")
    return render(request, "accounts/member_hand_over.html", {"member": member})


@require_POST
@owner_only
def revoke_invitation(request, owner, invitation):
    found = Invitation.objects.filter(uuid=invitation, provider=owner.provider).first()
    if found is None:
        raise Http404
    invitations.revoke(found, by=request.user)
    messages.success(request, _("The invitation to %(email)s no longer works.") % {"email": found.email})
    return redirect("accounts:company")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request):
    membership = membership_of(request.user)
    if membership is None:
        raise Http404
    if request.method == "POST":
        if _try(request, companies.leave, membership):
            messages.success(request, _("You have left the company."))
            return redirect("accounts:home")
        return redirect("accounts:company")
    return render(request, "accounts/company_leave.html", {"membership": membership})


def _get_colleague(owner, person):
    members = Membership.objects.select_related("user", "provider").exclude(pk=owner.pk)
    found = members.filter(provider=owner.provider, user__uuid=person).first()
    if found is None:
        raise Http404
    return found


def _try(request, change, *args, **kwargs):
    try:
        change(*args, **kwargs)
    except companies.CompanyError as problem:
        messages.error(request, problem.messages[0])
        return False
    return True

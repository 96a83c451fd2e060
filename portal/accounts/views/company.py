from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import companies, identifiers, invitations, telephones
from portal.accounts.forms import CompanyForm
from portal.accounts.models import RegistrationClaim
from portal.accounts.permissions import can_manage_company, membership_of


@require_safe
@login_required
def home(request):
    """Where a provider's person lands: the company, or how to get one."""
    membership = membership_of(request.user)
    if membership is None:
        is_claiming = request.user.claims.filter(state=RegistrationClaim.State.OPEN).exists()
        return render(request, "accounts/home_without_company.html", {"is_claiming": is_claiming})
    return render(request, "accounts/home.html", _about(membership))


@require_safe
@login_required
def detail(request):
    membership = membership_of(request.user)
    if membership is None:
        return redirect("accounts:home")
    return render(request, "accounts/company_detail.html", _about(membership))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request):
    membership = membership_of(request.user)
    if membership is None:
        return redirect("accounts:home")
    if not can_manage_company(membership):
        raise PermissionDenied
    form = CompanyForm(request.POST or None, instance=membership.provider)
    if request.method == "POST" and form.is_valid():
        try:
            companies.change_profile(membership, form.profile)
        except companies.CompanyError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The company profile is saved."))
            return redirect("accounts:company")
    context = {"form": form, "provider": membership.provider}
    return render(request, "accounts/company_change.html", context, status=422 if form.errors else 200)


def _about(membership):
    provider = membership.provider
    code = provider.mainland_registration
    return {
        "membership": membership,
        "provider": provider,
        "telephone": telephones.display(provider.telephone) if provider.telephone else "",
        "is_unusual_code": bool(code) and not identifiers.has_ordinary_organisation_code(code),
        "members": provider.memberships.select_related("user").order_by("joined_at", "pk"),
        "invitations": invitations.open_for(provider).order_by("created_at"),
        "can_manage": can_manage_company(membership),
    }

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import limits
from portal.accounts import companies
from portal.accounts.forms import CompanyForm
from portal.accounts.permissions import membership_of

TRIES_A_DAY = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request):
    """Register the company. Whether somebody else holds a number already cannot be told from the answer."""
    if membership_of(request.user):
        return redirect("accounts:company")
    form = CompanyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.hit("register", str(request.user.pk), limit=TRIES_A_DAY, window=24 * 3600):
            form.add_error(
                None, _("You have registered many times today. Go on tomorrow, or ask the Secretariat.")
            )
        else:
            try:
                companies.register_company(request.user, form.profile)
                return redirect("accounts:registered")
            except companies.CompanyError as problem:
                messages.error(request, problem.messages[0])
                return redirect("accounts:home")
    context = {"form": form}
    return render(request, "accounts/company_register.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def registered(request):
    return render(request, "accounts/company_registered.html")

"""Accounts of people, for superusers: found by name or address, and erased with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import departing, erasure
from portal.accounts.models import User
from portal.listing import page_of
from portal.office.forms import ErasePersonForm, PeopleFilterForm

PAGE_SIZE = 50


def _require_superuser(request):
    if not request.user.is_superuser:
        raise PermissionDenied


@require_safe
def people(request):
    _require_superuser(request)
    form = PeopleFilterForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = User.objects.order_by("email").prefetch_related("staff_roles", "memberships__provider")
    if words:
        found = found.filter(Q(email__icontains=words) | Q(name__icontains=words))
    page = page_of(found, request.GET.get("page"), per_page=PAGE_SIZE)
    return render(request, "office/people.html", {"form": form, "page": page, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, uuid):
    _require_superuser(request)
    person = User.objects.filter(uuid=uuid).first()
    if person is None:
        raise Http404
    form = ErasePersonForm(request.POST if request.method == "POST" else None, person=person)
    problem = erasure.obstacle_for(person, by=request.user)
    if request.method == "POST" and not problem and form.is_valid():
        try:
            erasure.erase(person, by=request.user, reason=form.cleaned_data["reason"])
        except erasure.CannotErase as refused:
            problem = refused.messages[0]
        else:
            messages.success(request, _("The account is erased."))
            return redirect("office:people")
    is_refused = request.method == "POST" and (problem or form.errors)
    owner = departing.owned_by(person)
    context = {
        "person": person,
        "form": form,
        "problem": problem,
        "company_that_goes": owner and not problem and owner.provider,
    }
    return render(request, "office/person_erase.html", context, status=422 if is_refused else 200)

"""Companies in the office: comparing a registration with its certificate, and settling second claims."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from applications.desk import case_documents, registrations
from applications.desk.company_forms import REMOVE, VERIFIED, ClaimForm, VerificationForm
from applications.permissions import get_claim, get_company
from applications.views.desk.case_page import posted
from portal.accounts import claims, telephones, verification
from portal.accounts.models import Membership, Provider, Role
from portal.accounts.permissions import require_role
from portal.files.models import StoredFile
from portal.listing import Listing, page_of

PER_PAGE = 25
STATE_NAMES = {
    registrations.WAITING: gettext_lazy("To be compared"),
    registrations.CLAIMED_TWICE: gettext_lazy("Claimed twice"),
    registrations.VERIFIED: gettext_lazy("Verified"),
    registrations.ALL: gettext_lazy("All"),
}


@require_safe
@require_role(Role.OFFICER)
def index(request):
    search = request.GET.get("q", "").replace("\0", "").strip()[:100]
    state = request.GET.get("state", registrations.WAITING)
    listing = Listing(
        reverse("companies:index"), {"q": search, "state": state}, {"state": registrations.WAITING}
    )
    counts = registrations.counts()
    states = [
        {"label": label, "count": counts[name], "url": listing.url(state=name), "current": name == state}
        for name, label in STATE_NAMES.items()
    ]
    context = {
        "search": search,
        "state": state,
        "states": states,
        "chips": [listing.chip("q", f"“{search}”")] if search else [],
        "clear_url": listing.url(q=""),
        "page": page_of(registrations.companies(state, search), request.GET.get("page"), per_page=PER_PAGE),
    }
    return render(request, "applications/office/companies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.OFFICER)
def detail(request, uuid):
    provider = get_company(request.user, uuid)
    submission = registrations.newest_submission(provider)
    files = case_documents.files_of(submission) if submission else []
    chosen = _chosen(request, files)
    form = VerificationForm(
        posted(request),
        initial={"seen": verification.fingerprint(provider), "document": chosen and chosen.uuid},
    )
    if request.method != "POST":
        return _page(request, provider, submission, files, chosen, form)
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            verification.decide(
                provider,
                is_verified=given["verdict"] == VERIFIED,
                note=given["note"],
                seen=given["seen"],
                officer=request.user,
                document_uuid=given["document"] if given["document"] in {f.uuid for f in files} else None,
            )
        except ValidationError as refusal:
            status = 409
            form.add_error(None, refusal)
            form.data = form.data.copy()
            form.data["seen"] = verification.fingerprint(provider)
        else:
            messages.success(request, _said(given["verdict"]))
            return redirect("companies:detail", uuid=provider.uuid)
    return _page(request, provider, submission, files, chosen, form, status=status)


def _said(verdict):
    if verdict == VERIFIED:
        return _("The registration is verified.")
    return _("The registration is marked as not verified.")


def _chosen(request, files):
    """The document to look at beside the registration: the one asked for, else the first with a picture."""
    asked = request.GET.get("document") or request.POST.get("document") or ""
    shown = [each for each in files if each.pages and each.state == StoredFile.State.CLEAN]
    for each in shown:
        if str(each.uuid) == asked:
            return each
    return shown[0] if shown else None


def _page(request, provider, submission, files, chosen, form, status=200):
    context = {
        "provider": provider,
        "rows": _beside(provider, registrations.IDENTITY, submission and submission.content["identity"]),
        "submission": submission,
        "case": submission and submission.application,
        "files": files,
        "chosen": chosen,
        "form": form,
        "checks": provider.checks.select_related("checked_by"),
        "claims": provider.claims.select_related("claimant", "settled_by"),
    }
    return render(request, "applications/office/company_detail.html", context, status=status)


def _beside(provider, names, other):
    """Each of these as it stands now, beside what `other` holds where that differs."""
    rows = []
    for name in names:
        now, then = str(getattr(provider, name) or ""), str((other or {}).get(name) or "")
        if now or then:
            label = str(Provider._meta.get_field(name).verbose_name)
            differs = other is not None and now != then
            if name == "telephone":
                now, then = telephones.display(now), telephones.display(then)
            rows.append(
                {"label": label[:1].upper() + label[1:], "now": now, "then": then, "differs": differs}
            )
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.OFFICER)
def claim(request, uuid):
    found = get_claim(request.user, uuid)
    form, status = ClaimForm(posted(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                claims.settle(
                    found,
                    claims.State(given["outcome"]),
                    officer=request.user,
                    note=given["note"],
                    keep_owner=given["owner"] != REMOVE,
                )
            except ValidationError as refusal:
                status = 409
                form.add_error(None, refusal)
            else:
                messages.success(request, _("The claim is settled. Both sides are told by email."))
                return redirect("companies:detail", uuid=found.provider.uuid)
    owner = found.provider.memberships.select_related("user").filter(role=Membership.Role.OWNER).first()
    context = {
        "claim": found,
        "provider": found.provider,
        "owner": owner and owner.user,
        "form": form,
        "rows": _beside(found.provider, registrations.ENTERED, found.details),
    }
    return render(request, "applications/office/claim.html", context, status=status)

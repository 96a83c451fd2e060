"""Who came, on the organiser's screens: figures, ticking by hand, links for the door, the platform's list."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import addresses
from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.files import tables
from portal.files.refusals import Refused
from portal.forms import Form
from portal.listing import page_of
from portal.search.filtering import matching
from seminars import attendance as attending
from seminars import figures, joining, links, permissions, platform_list
from seminars.models import DoorLink, SignUp

PER_PAGE = 50


class ListForm(Form):
    list = forms.FileField(
        label=gettext_lazy("List of the online platform"),
        help_text=gettext_lazy(
            "A CSV or Excel file with names, email addresses and, if there is one, a column with minutes. "
            "The file is read and not kept."
        ),
        widget=forms.FileInput(attrs={"accept": tables.POLICY.accept}),
    )


@require_safe
@require_role(*permissions.READERS)
def attendance(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    search = request.GET.get("q", "").replace("\0", "").strip()[:100]
    people = seminar.sign_ups.filter(state=SignUp.State.CONFIRMED).select_related("option")
    now = database_now()
    words = matching(search, columns=("name", "company"), folded=("folded_name", "folded_company"))
    people = people.filter(words)
    context = {
        "seminar": seminar,
        "charts": figures.charts(seminar),
        "page": page_of(people.order_by("name", "pk"), request.GET.get("page"), per_page=PER_PAGE),
        "search": search,
        "doors": _doors(seminar),
        "has_doors": attending.has_doors(seminar, now),
        "refusal": attending.refusal(seminar, now),
        "may_run": permissions.can_run_seminars(request.user),
    }
    return render(request, "seminars/office/attendance.html", context)


def _doors(seminar):
    """The venues with the link that is open for each; only venues have a door."""
    venues = [each for each in seminar.options.all() if not joining.is_joined_online(each)]
    venues = [each for each in venues if not each.is_cancelled]
    standing = {}
    if venues:
        rows = DoorLink.objects.filter(option__in=venues, revoked_at=None)
        standing = {door.option_id: addresses.whole(links.path_to_door(door)) for door in rows}
    return [{"option": option, "address": standing.get(option.pk, "")} for option in venues]


@require_POST
@require_role(*permissions.ACTORS)
def mark(request, uuid, sign_up_uuid):
    person = permissions.get_sign_up_for_running(request.user, uuid, sign_up_uuid)
    name = {"name": person.name}
    try:
        if request.POST.get("came") == "no":
            attending.take_back(person, actor=request.user)
            messages.success(request, _("%(name)s is not ticked off any more.") % name)
        elif attending.check_in(person, witness=SignUp.Witness.OFFICE, actor=request.user):
            messages.success(request, _("%(name)s is ticked off.") % name)
        else:
            messages.info(request, _("Nothing was changed."))
    except attending.NotItsDay as refusal:
        messages.error(request, str(refusal))
    return redirect("office_seminars:attendance", uuid=uuid)


@require_POST
@require_role(*permissions.ACTORS)
def open_door(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    try:
        attending.open_door(option, actor=request.user)
        messages.success(request, _("The link for the helpers stands below. An earlier one no longer works."))
    except attending.NotItsDay as refusal:
        messages.error(request, str(refusal))
    return redirect("office_seminars:attendance", uuid=uuid)


@require_POST
@require_role(*permissions.ACTORS)
def close_door(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    attending.close_door(option, actor=request.user)
    messages.success(request, _("The link for the helpers no longer works."))
    return redirect("office_seminars:attendance", uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def import_list(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    if "found" in request.POST:
        return _take_over(request, seminar)
    refusal = attending.refusal(seminar, database_now())
    form = ListForm(request.POST or None, request.FILES or None)
    code = 200
    if request.method == "POST" and not refusal:
        code = 422
        if form.is_valid():
            try:
                match = platform_list.read(form.cleaned_data["list"], seminar)
            except Refused as refused:
                form.add_error("list", str(refused))
            else:
                context = {"seminar": seminar, "match": match, "seal": platform_list.sealed(match)}
                return render(request, "seminars/office/attendance_found.html", context)
    context = {"seminar": seminar, "form": form, "refusal": refusal}
    return render(request, "seminars/office/attendance_import.html", context, status=code)


def _take_over(request, seminar):
    try:
        minutes = platform_list.opened(request.POST["found"], set(request.POST.getlist("confirmed")))
    except (signing.BadSignature, ValueError):
        messages.error(request, _("That page was too old. Please choose the list again."))
        return redirect("office_seminars:attendance_import", uuid=seminar.uuid)
    try:
        new = attending.take_over(seminar, minutes, actor=request.user)
    except attending.NotItsDay as refusal:
        messages.error(request, str(refusal))
        return redirect("office_seminars:attendance", uuid=seminar.uuid)
    if not new:
        messages.info(request, _("Nobody new: everybody chosen from the list was ticked off before."))
        return redirect("office_seminars:attendance", uuid=seminar.uuid)
    said = ngettext(
        "One person more is ticked off from the list.",
        "%(count)s people more are ticked off from the list.",
        new,
    )
    messages.success(request, said % {"count": new})
    return redirect("office_seminars:attendance", uuid=seminar.uuid)

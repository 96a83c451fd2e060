"""Which sign-ups count as one company: looked at, merged and separated by the organiser."""

from django.contrib import messages
from django.db import OperationalError
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import require_role
from seminars import availability, permissions, seats
from seminars.models import SignUp


@require_safe
@require_role(*permissions.READERS)
def companies(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    context = {
        "seminar": seminar,
        "companies": rows_of(seminar),
        "may_run": permissions.can_run_seminars(request.user),
    }
    return render(request, "seminars/office/company_list.html", context)


def rows_of(seminar):
    """The companies of live sign-ups with their spellings, those with most places first."""
    live = seminar.sign_ups.live().order_by()
    counted = live.values("company_key").annotate(
        confirmed=Count("pk", filter=availability.occupied()),
        waiting=Count("pk", filter=Q(state=SignUp.State.WAITING)),
    )
    names, domains, apart = {}, {}, {}
    columns = ("company_key", "company", "company_domain", "company_name_key")
    for key, name, domain, folded_name in live.order_by("queue_number").values_list(*columns):
        names.setdefault(key, {})[name] = None
        apart.setdefault(key, set()).add(domain or f"name:{folded_name}")
        if domain:
            domains.setdefault(key, {})[domain] = None
    cap = seminar.company_cap
    return [
        {
            **row,
            "name": next(iter(names[row["company_key"]])),
            "spellings": list(names[row["company_key"]])[1:],
            "domains": list(domains.get(row["company_key"], ())),
            "over": cap is not None and row["confirmed"] > cap,
            "full": cap is not None and row["confirmed"] >= cap,
            # What one domain holds together, or one name, cannot be separated.
            "several": len(apart[row["company_key"]]) > 1,
        }
        for row in counted.order_by("-confirmed", "-waiting", "company_key")
    ]


@require_POST
@require_role(*permissions.ACTORS)
def merge(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)

    def act():
        people = seats.merge_companies(seminar, keys=request.POST.getlist("company"), actor=request.user)
        return ngettext(
            "Merged: %(count)s person now counts as one company, here and at later seminars.",
            "Merged: %(count)s people now count as one company, here and at later seminars.",
            people,
        ) % {"count": people}

    return _acted(request, seminar, act)


@require_POST
@require_role(*permissions.ACTORS)
def separate(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)

    def act():
        people = seats.separate_company(seminar, key=request.POST.get("company", ""), actor=request.user)
        return ngettext(
            "Separated: %(count)s person counts by own address and name again.",
            "Separated: %(count)s people count by their own addresses and names again.",
            people,
        ) % {"count": people}

    return _acted(request, seminar, act)


def _acted(request, seminar, act):
    try:
        messages.success(request, act())
    except seats.SeatError as error:
        messages.error(request, str(error))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    return redirect("office_seminars:companies", uuid=seminar.uuid)

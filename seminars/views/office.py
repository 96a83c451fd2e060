from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.listing import page_of
from portal.texts import SUFFIX_OF
from seminars import availability, companies, permissions, seats, waiting
from seminars.forms import AddOneForm, PlacesForm
from seminars.models import Seminar, SeminarPage, SignUp
from seminars.views import changes, filters
from seminars.views.answers import busy

SEMINARS_PER_PAGE, PEOPLE_PER_PAGE, COMPANIES_SHOWN = 25, 50, 50


@require_safe
@require_role(*permissions.READERS)
def index(request):
    when = request.GET.get("when", "upcoming")
    seminars = {"upcoming": Seminar.objects.upcoming, "past": Seminar.objects.past}.get(when)
    rows = seminars() if seminars else Seminar.objects.none()
    rows = rows.annotate(
        is_published=Exists(SeminarPage.objects.filter(seminar=OuterRef("pk"), live=True)),
        confirmed=Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.CONFIRMED)),
        waiting=Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.WAITING)),
    )
    page = page_of(rows, request.GET.get("page"), per_page=SEMINARS_PER_PAGE)
    context = {"page": page, "when": when, "may_run": permissions.can_run_seminars(request.user)}
    return render(request, "seminars/office/index.html", context)


@require_safe
@require_role(*permissions.READERS)
def detail(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    may_run = permissions.can_run_seminars(request.user)
    counts = dict(seminar.sign_ups.order_by().values_list("state").annotate(Count("pk")))
    by_company = (
        seminar.sign_ups.live()
        .order_by()
        .values("company_key")
        .annotate(
            confirmed=Count("pk", filter=availability.occupied()),
            waiting=Count("pk", filter=Q(state=SignUp.State.WAITING)),
        )
        .order_by("-confirmed", "-waiting", "company_key")
    )
    context = {
        "seminar": seminar,
        "states": [(label, counts.get(value, 0), value) for value, label in SignUp.State.choices],
        "has_sign_ups": bool(counts),
        "options": _option_rows(seminar),
        "companies": _named(seminar, list(by_company[:COMPANIES_SHOWN])),
        "more_companies": max(0, by_company.count() - COMPANIES_SHOWN),
        "may_run": may_run,
        "may_change_places": may_run and not seats.places_refusal(seminar, timezone.now()),
        "pages": _pages(seminar),
        **changes.context_of(seminar, may_run=may_run),
    }
    return render(request, "seminars/office/detail.html", context)


def _pages(seminar):
    """In the order in which languages stand everywhere."""
    pages = seminar.pages.select_related("locale")
    return sorted(pages, key=lambda page: list(SUFFIX_OF).index(page.locale.language_code))


def _option_rows(seminar):
    rows = (
        seminar.sign_ups.order_by()
        .values("option_id")
        .annotate(
            taken=Count("pk", filter=availability.occupied()),
            waiting=Count("pk", filter=Q(state=SignUp.State.WAITING)),
        )
    )
    numbers = {row["option_id"]: row for row in rows}
    none = {"taken": 0, "waiting": 0}
    return [
        {"option": option, **numbers.get(option.pk, none), "over": _is_over(option, numbers)}
        for option in seminar.options.all()
    ]


def _is_over(option, numbers):
    """More places taken than there are: after the number was lowered."""
    taken = numbers.get(option.pk, {}).get("taken", 0)
    return option.capacity is not None and taken > option.capacity


def _named(seminar, rows):
    """Give each company key the name that its first person typed."""
    people = seminar.sign_ups.live().filter(company_key__in=[row["company_key"] for row in rows])
    names = {}
    for key, name in people.order_by("queue_number").values_list("company_key", "company"):
        names.setdefault(key, name)
    cap = seminar.company_cap
    return [
        {
            **row,
            "name": names[row["company_key"]],
            "counts_with": companies.who_counts_with(row["company_key"]),
            "over": cap is not None and row["confirmed"] > cap,
        }
        for row in rows
    ]


@require_safe
@require_role(*permissions.READERS)
def sign_ups(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    may_run = permissions.can_run_seminars(request.user)
    chosen = filters.read(request.GET, seminar)
    people = chosen.apply(seminar.sign_ups.select_related("option").order_by("queue_number"))
    page = page_of(people, request.GET.get("page"), per_page=PEOPLE_PER_PAGE)
    reasons = waiting.of(seminar)
    for each in page.object_list:
        each.reason = reasons.reason(each)
    context = {
        "seminar": seminar,
        "page": page,
        "filters": chosen,
        "chips": chosen.chips(request.GET),
        "may_run": may_run,
        "may_add": may_run and not seats.adding_refusal(seminar, timezone.now()),
    }
    return render(request, "seminars/office/sign_ups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def add(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    places = availability.every_open_option(seminar)
    form = AddOneForm(
        request.POST or None,
        availability=places,
        asked=seminar.questions.all(),
        initial={"language": get_language()},
    )
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                person = seats.add_by_hand(
                    seminar,
                    option=form.chosen_option,
                    details=form.details(get_language()),
                    actor=request.user,
                )
            except seats.SeatError as error:
                form.add_error(None, ValidationError(str(error)))
                code = 409
            except OperationalError:
                busy(form)
                code = 503
            else:
                messages.success(request, _added(person))
                return redirect("office_seminars:sign_ups", uuid=seminar.uuid)
    context = {
        "seminar": seminar,
        "form": form,
        "availability": places,
        "refusal": seats.adding_refusal(seminar, database_now()),
    }
    return render(request, "seminars/office/add.html", context, status=code)


def _added(person):
    said = {
        SignUp.State.CONFIRMED: _("%(name)s has a place. A mail is on its way."),
        SignUp.State.OFFERED: _("A place is held for %(name)s. A mail asks to accept it."),
        SignUp.State.WAITING: _("%(name)s is on the waiting list. A mail is on its way."),
    }.get(person.state, _("No place was free for %(name)s. A mail is on its way."))
    return said % {"name": person.name}


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def cancel(request, uuid, sign_up_uuid):
    sign_up = permissions.get_sign_up_for_running(request.user, uuid, sign_up_uuid)
    if request.method != "POST":
        return render(
            request, "seminars/office/cancel.html", {"seminar": sign_up.seminar, "sign_up": sign_up}
        )
    try:
        if seats.cancel(sign_up, actor=request.user, ended=SignUp.Ended.BY_ORGANISER):
            messages.success(request, _("The sign-up of %(name)s is cancelled.") % {"name": sign_up.name})
        else:
            messages.info(request, _("The sign-up of %(name)s was over already.") % {"name": sign_up.name})
    except seats.SeatError as error:
        messages.error(request, str(error))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    return redirect("office_seminars:sign_ups", uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def places(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    form = PlacesForm(request.POST or None, seminar=seminar)
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                promoted = seats.change_places(
                    seminar,
                    capacities=form.capacities,
                    company_cap=form.cleaned_data["company_cap"],
                    actor=request.user,
                )
            except seats.SeatError as error:
                form.add_error(None, ValidationError(str(error)))
                code = 409
            except OperationalError:
                busy(form)
                code = 503
            else:
                messages.success(request, _promoted(promoted))
                return redirect("office_seminars:detail", uuid=seminar.uuid)
    refusal = seats.places_refusal(seminar, database_now())
    context = {"seminar": seminar, "form": form, "refusal": refusal}
    return render(request, "seminars/office/places.html", context, status=code)


def _promoted(count):
    if not count:
        return _("The places are saved. Nobody came up from the waiting list.")
    return ngettext(
        "The places are saved. One person came up from the waiting list and is told by mail.",
        "The places are saved. %(count)s people came up from the waiting list and are told by mail.",
        count,
    ) % {"count": count}

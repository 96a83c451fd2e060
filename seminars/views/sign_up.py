from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from portal import limits, navigation
from portal.forms.traps import new_stamp
from seminars import availability, permissions, seats
from seminars.forms import SignUpForm
from seminars.models import SeminarPage
from seminars.views import colleagues
from seminars.views.answers import BUSY_SECONDS, busy, private

# One network may be a whole company or a university.
PER_NETWORK, WINDOW_SECONDS = 30, 600


@require_http_methods(["GET", "HEAD", "POST"])
@private
def sign_up(request, uuid):
    seminar = permissions.get_public(uuid)
    places = availability.of_one(seminar, now=seminar.now)
    if not places.takes_sign_ups:
        return render(request, "seminars/sign_up_closed.html", _context(seminar, places))
    asks = {
        "availability": places,
        "asked": seminar.questions.all() if seminar.asks else (),
        "by_invitation": seminar.by_invitation,
    }
    if request.method != "POST":
        filled = colleagues.company_of(request, seminar) if "colleague" in request.GET else {}
        form = SignUpForm(initial={"opened": new_stamp(), **filled}, **asks)
        return render(request, "seminars/sign_up.html", _context(seminar, places, form=form))
    form = SignUpForm(request.POST, network=limits.client_network(request), **asks)
    status = _receive(request, seminar, form)
    if status == 302:
        return _neutral(request, seminar, request.POST.get("email", "").strip())
    response = render(request, "seminars/sign_up.html", _context(seminar, places, form=form), status=status)
    if status in {429, 503}:
        response.headers["Retry-After"] = str(BUSY_SECONDS if status == 503 else WINDOW_SECONDS)
    return response


def _receive(request, seminar, form):
    """Try to sign up; returns the status of the answer, 302 for the page that every address gets."""
    if form.is_trapped:
        return 302
    if not form.is_valid():
        return 422
    wait = limits.hit(
        "seminars.sign_up", limits.client_network(request), limit=PER_NETWORK, window=WINDOW_SECONDS
    )
    if wait:
        minutes = -(-wait // 60)
        form.add_error(
            None,
            ngettext(
                "Too many forms came from your network. Nothing was saved. Send this one again in a minute.",
                "Too many forms came from your network. Nothing was saved. "
                "Send this one again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
        )
        return 429
    try:
        seats.sign_up_in_turn(seminar, option=form.chosen_option, details=form.details(get_language()))
    except seats.SeatError as error:
        form.add_error(None, ValidationError(str(error)))
        return 409
    except OperationalError:
        busy(form)
        return 503
    return 302


def _neutral(request, seminar, address):
    response = redirect("seminars:sign_up_sent", uuid=seminar.uuid)
    colleagues.remember_address(request, response, seminar, address)
    company, kind = (request.POST.get(name, "").strip() for name in ("company", "company_type"))
    colleagues.remember_company(request, response, seminar, company, kind)
    return response


@require_safe
@private
def sent(request, uuid):
    """The same words for every address: whether it was signed up already is told by mail only."""
    seminar = permissions.get_public(uuid)
    address = colleagues.address_of(request, seminar)
    if not address:
        return redirect("seminars:sign_up", uuid=seminar.uuid)
    context = {**_context(seminar), "address": address}
    return render(request, "seminars/sign_up_sent.html", context)


@require_GET
def collection_statement(request):
    context = {"version": seats.STATEMENT_VERSION, "contact": navigation.shell_for(request).contact}
    return render(request, "seminars/collection_statement.html", context)


def _context(seminar, places=None, form=None):
    return {
        "seminar": seminar,
        "availability": places,
        "form": form,
        "page_url": page_url(seminar),
    }


def page_url(seminar):
    """The seminar's page in the active language, else in any language that has one."""
    pages = SeminarPage.objects.filter(seminar=seminar).live().select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    page = by_language.get(get_language()) or next(iter(by_language.values()), None)
    return page.url if page else ""

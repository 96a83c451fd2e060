"""What helpers at the door see: names and whether they came, nothing else. Plain forms, small pages."""

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import dates
from portal.database_clock import database_now
from portal.listing import page_of
from portal.search.filtering import matching
from portal.search.folding import ways_to_write
from seminars import attendance, links, permissions
from seminars.models import SignUp
from seminars.views.answers import private

# All who have a place at one door, nearly always: on a phone they are found without the network then.
PER_PAGE = 500
# Tells the phone that scans a code at which door it stands.
COOKIE, COOKIE_SECONDS = "seminar_door", 24 * 3600


@require_safe
@private
def door(request, uuid, token):
    here = permissions.get_door(uuid, token)
    if not here.is_open_at(database_now()):
        return render(request, "seminars/door_closed.html", {"seminar": here.option.seminar})
    search = request.GET.get("q", "").replace("\0", "").strip()
    # A scanner that types, or a code that was copied: its address stands where a name is expected.
    code = links.read_check_in_address(search)
    if code:
        return redirect(code)
    search = search[:100]
    people = SignUp.objects.filter(option=here.option, state=SignUp.State.CONFIRMED)
    found = people.filter(matching(search, columns=["name"], folded=["folded_name"]))
    page = page_of(found.order_by("name", "pk"), request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "door": here,
        "option": here.option,
        "seminar": here.option.seminar,
        "page": page,
        "scripts": ways_to_write(person.name for person in page),
        "search": search,
        "came": people.filter(attended_at__isnull=False).count(),
        "expected": people.count(),
        "token": token,
        "door_path": links.path_to_door(here),
    }
    response = render(request, "seminars/door.html", context)
    response.set_signed_cookie(
        COOKIE,
        signing.dumps([str(here.uuid), token]),
        max_age=COOKIE_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


@require_POST
@private
def tick(request, uuid, token, sign_up_uuid):
    """Somebody came, or was ticked off by mistake. Pressing twice does no harm."""
    here, person = permissions.get_person_at_door(uuid, token, sign_up_uuid)
    if here.is_open_at(database_now()):
        try:
            _tick(request, person)
        except attendance.NotItsDay as refusal:
            messages.error(request, str(refusal))
    return redirect(links.path_to_door(here))


def _tick(request, person):
    name = {"name": person.name}
    if request.POST.get("came") == "no":
        attendance.take_back(person)
        messages.success(request, _("%(name)s is not ticked off any more.") % name)
    elif attendance.check_in(person, witness=SignUp.Witness.DOOR):
        messages.success(request, _("%(name)s is ticked off.") % name)
    else:
        since = dates.clock_time(person.attended_at)
        messages.info(request, _("%(name)s was ticked off already at %(time)s.") % {**name, "time": since})


@require_safe
@private
def arrive(request, uuid, token):
    """Where a scanned code leads: to a press at the door, and to nobody's name anywhere else."""
    person = permissions.get_arriving(uuid, token)
    here = _door_of_this_phone(request)
    if here is None or here.option.seminar_id != person.seminar_id:
        return render(request, "seminars/arrive_elsewhere.html", {"seminar": person.seminar})
    context = {
        "person": person,
        "door": here,
        "seminar": person.seminar,
        "is_here": here.option_id == person.option_id and person.state == SignUp.State.CONFIRMED,
        "has_place": person.state == SignUp.State.CONFIRMED,
        "token": links.door_token(here),
        "door_path": links.path_to_door(here),
    }
    return render(request, "seminars/arrive.html", context)


def _door_of_this_phone(request):
    """The door whose link this phone has opened today; None for every other phone."""
    try:
        uuid, token = signing.loads(request.get_signed_cookie(COOKIE, max_age=COOKIE_SECONDS))
        here = permissions.get_door(uuid, token)
    except (KeyError, signing.BadSignature, ValueError, Http404):
        return None
    return here if here.is_open_at(database_now()) else None

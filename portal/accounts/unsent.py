"""What was typed into a form that came after its sign-in had ended: kept for its person, for a day.

Only the person who was signed in when the page was made gets it back. That is known from the session that ran
out or, where that is gone, from a signed cookie; the form's own token proves that nobody else has signed in
in this browser since.
"""

import re
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from portal.accounts.models import UnsentForm, User

KEPT_FOR = timedelta(days=1)
MOST = 20  # of one person; older ones make room
LARGEST = 1_000_000  # characters
PARAMETER = "kept"
PERSON_COOKIE = "portal_person"
SECRET = re.compile("password|credential|login|token|^code$")


def remember_person(request, response) -> None:
    """Note in the browser who is signed in, for a form that comes when the session is gone."""
    if _person_in_cookie(request) != str(request.user.uuid):
        response.set_signed_cookie(
            PERSON_COOKIE,
            str(request.user.uuid),
            salt=__name__,
            max_age=settings.SESSION_COOKIE_AGE + int(KEPT_FOR.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def person_of(request) -> User | None:
    """Who was signed in when the page of this request was made, if that is certain."""
    if user := getattr(request, "session_ended_of", None):
        return user
    known = _person_in_cookie(request)
    return User.objects.filter(uuid=known, is_active=True).first() if known else None


def _person_in_cookie(request):
    return request.get_signed_cookie(PERSON_COOKIE, default=None, salt=__name__)


def keep(request, user: User) -> UnsentForm | None:
    """Keep the texts of the request; None where there is too much of them, or a secret among them."""
    fields = [
        [name, [text.replace("\x00", "") for text in texts]]
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
    ]
    if any(SECRET.search(name) for name, _texts in fields):
        return None
    if sum(len(text) for _name, texts in fields for text in texts) > LARGEST:
        return None
    with transaction.atomic():
        kept = UnsentForm.objects.create(
            user=user,
            path=request.get_full_path(),
            page=_written_on(request),
            fields=fields,
            had_files=bool(request.FILES),
        )
        newest = UnsentForm.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[:MOST]
        UnsentForm.objects.filter(user=user).exclude(pk__in=list(newest)).delete()
    return kept


def _written_on(request):
    before = urlsplit(request.headers.get("referer", ""))
    is_ours = before.netloc == request.get_host() and before.path.startswith("/")
    return before.path if is_ours else request.path


def get(user: User, uuid: UUID) -> UnsentForm:
    """Raises Http404 for everybody but the person, and when its time is over."""
    found = _alive().filter(user_id=user.pk, uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def newest_of(user: User) -> UnsentForm | None:
    return _alive().filter(user_id=user.pk).order_by("-pk").first()


def _alive():
    return UnsentForm.objects.filter(kept_at__gt=timezone.now() - KEPT_FOR)


def for_page(request) -> QueryDict | None:
    """The texts that this page is to show in its form again, as the browser had sent them."""
    uuid = _named_in(request)
    found = _alive().filter(user_id=request.user.pk, uuid=uuid).first() if uuid else None
    if found is None or urlsplit(found.path).path != request.path:
        return None
    data = QueryDict(mutable=True)
    for name, texts in found.fields:
        data.setlist(name, texts)
    return data


def drop_sent(request) -> None:
    """The form that the address names has arrived now."""
    if uuid := _named_in(request):
        UnsentForm.objects.filter(user_id=request.user.pk, uuid=uuid).delete()


def _named_in(request):
    try:
        return UUID(request.GET.get(PARAMETER, ""))
    except ValueError:
        return None


def query(request) -> str:
    """What the form of a page with kept text adds to its address, so that its arrival is known."""
    uuid = _named_in(request)
    is_kept = uuid and UnsentForm.objects.filter(user_id=request.user.pk, uuid=uuid).exists()
    return f"?{PARAMETER}={uuid}" if is_kept else ""


def shows_kept_text(view):
    """Mark a view whose form takes up what `for_page` gives; all others get a page that sends it again."""
    view.shows_kept_text = True
    return view


def landing(kept: UnsentForm) -> str:
    """Where the person finds the texts after signing in."""
    parts = urlsplit(kept.path)
    try:
        in_place = getattr(resolve(parts.path).func, "shows_kept_text", False)
    except Resolver404:
        in_place = False
    return resend_address(kept) if in_place else reverse("accounts:unsent", args=[kept.uuid])


def resend_address(kept: UnsentForm) -> str:
    """Where the form went, with its name: what arrives there is let go of here."""
    parts = urlsplit(kept.path)
    query = QueryDict(parts.query, mutable=True)
    query.pop(PARAMETER, None)
    query = {**query.dict(), PARAMETER: str(kept.uuid)}
    return f"{parts.path}?{urlencode(query)}"

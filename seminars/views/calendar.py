from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seminars import calendars, permissions
from seminars.models import SeminarPage, SignUp
from seminars.views.answers import private

FEED_SECONDS = 300


@require_safe
def public(request, uuid):
    """The seminar for anybody's diary."""
    seminar = permissions.get_public(uuid)
    return _file(calendars.public(seminar), seminar)


@require_safe
def feed(request):
    """Every seminar with a page in this language, for calendars that subscribe to it."""
    pages = SeminarPage.objects.live().filter(locale__language_code=get_language()).select_related("seminar")
    content = calendars.feed(pages.order_by("seminar__starts_at", "pk"), _("Cleaner production seminars"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="seminars.ics"'
    patch_cache_control(response, public=True, max_age=FEED_SECONDS)
    return response


@require_safe
@private
def own(request, uuid, token):
    """The diary entry of somebody who has a place; without one there is nothing to enter."""
    sign_up = permissions.get_own(uuid, token)
    if sign_up.state != SignUp.State.CONFIRMED:
        raise Http404
    return _file(calendars.personal(sign_up, method="PUBLISH"), sign_up.seminar)


def _file(content, seminar):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = slugify(seminar.title_en)[:60] or "seminar"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response

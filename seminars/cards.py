"""What other pages show of the seminars."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from seminars.models import Seminar, SeminarPage


def next_seminar(request) -> str:
    """The card of the next seminar with a page in the active language; empty where there is none."""
    page = (
        SeminarPage.objects.live()
        .filter(
            locale__language_code=get_language(),
            seminar__in=Seminar.objects.upcoming().order_by(),
            seminar__state=Seminar.State.SCHEDULED,
        )
        .select_related("seminar", "locale")
        .order_by("seminar__starts_at", "pk")
        .first()
    )
    if page is None:
        return ""
    index = page.get_parent()
    context = {
        "page": page,
        "seminar": page.seminar,
        "takes_sign_ups": page.seminar.takes_sign_ups,
        "index_url": index.url,
    }
    return render_to_string("seminars/includes/next_seminar.html", context, request)

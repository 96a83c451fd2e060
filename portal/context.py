from django.conf import settings

from portal.languages import lang_tag


def portal(request):
    """What the page shell shows everywhere. No queries: this runs for every page."""
    return {
        "demo": settings.DEMO,
        "html_lang": lang_tag(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)),
    }

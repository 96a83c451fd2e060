from django.conf import settings
from django.urls import get_script_prefix

from portal.languages import lang_tag, prefix_for


def portal(request):
    """What the page shell shows everywhere. No queries: this runs for every page."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "demo": settings.DEMO,
        "html_lang": lang_tag(language),
        "home_url": f"{get_script_prefix()}{prefix_for(language)}/",
    }

"""What a telephone shows of the site when somebody puts it on the home screen."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.dates import language_now
from portal.languages import PREFIX_OF, lang_tag
from portal.office import palette

ICON_SIZES = (192, 512)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request):
    """In the language of its address; an ordinary page of the browser, not an app of its own."""
    language = language_now()
    home = f"{get_script_prefix()}{PREFIX_OF[language]}/"
    colours = palette.colours()
    facts = {
        "name": gettext("Cleaner Production Partnership Programme"),
        "short_name": gettext("Cleaner Production"),
        "lang": lang_tag(language),
        "id": home,
        "start_url": home,
        "display": "browser",
        "theme_color": f"#{colours['deep']}",
        "background_color": f"#{colours['paper']}",
        "icons": [
            {
                "src": static(f"icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in ICON_SIZES
        ],
    }
    return JsonResponse(facts, content_type="application/manifest+json")

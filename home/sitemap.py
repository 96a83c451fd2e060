from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from portal.languages import lang_tag


class PageSitemap(Sitemap):
    """The trees of all languages; each entry names the same page in the other languages."""

    def location(self, page):
        return self.request.build_absolute_uri(page.get_url(self.request))

    def items(self):
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True).live()
        in_a_tree = Q()
        for home in homes:
            in_a_tree |= Q(path__startswith=home.path)
        # An alias repeats another language's words: it is no translation.
        pages = Page.objects.filter(in_a_tree, alias_of=None).live().public().select_related("locale")
        return pages.order_by("path")

    def _urls(self, page, protocol, domain):
        pages = list(self.paginator.page(page).object_list)
        family = Page.objects.filter(
            translation_key__in=[item.translation_key for item in pages], alias_of=None
        )
        addresses = {}
        for member in family.live().public().select_related("locale"):
            link = {
                "location": self.location(member),
                "lang_code": lang_tag(member.locale.language_code),
            }
            addresses.setdefault(member.translation_key, []).append(link)
            if member.locale.language_code == settings.LANGUAGE_CODE:
                # For readers of none of the three languages, as the pages themselves say.
                addresses[member.translation_key].append({**link, "lang_code": "x-default"})
        return [
            {
                "location": self.location(item),
                "lastmod": self.lastmod(item),
                "alternates": addresses[item.translation_key],
            }
            for item in pages
        ]


@require_safe
@cache_control(public=True, max_age=300)
def page_sitemap(request):
    return sitemap(request, sitemaps={"pages": PageSitemap(request)})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    closed = ["/admin/"] + [
        f"/{prefix}/{room}/"
        for prefix in ("en", "tc", "sc")
        for room in ("account", "company", "office", "search")
    ]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

import os
import sys

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path, re_path
from django.views.static import serve
from wagtail.models import Site

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_patterns

STOCK = Template("""{% load wagtailcore_tags %}<!doctype html>
<html><head><title>{{ page.title }}</title></head>
<body><ul>{% for each in menu %}<li><a href="{% pageurl each %}">{{ each.title }}</a></li>{% endfor %}</ul>
<ul>{% for each in translations %}<li><a href="{% pageurl each %}">{{ each.locale }}</a></li>{% endfor %}</ul>
<main><h1>{{ page.title }}</h1>{% for block in page.body %}{% include_block block %}{% endfor %}</main>
</body></html>
""")


def hello(request):
    return HttpResponse("hello")


def constant(request, size):
    """A file of so many bytes that never changes, for a cache on the way."""
    return HttpResponse("x" * size, headers={"Cache-Control": "public, max-age=3600"})


def one_query(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("hello")


def process(request):
    """Which process answers, and whether it has loaded what only the worker may load."""
    return JsonResponse({"pid": os.getpid(), "has_weasyprint": "weasyprint" in sys.modules})


def stock(request, path):
    """A page with what any Wagtail site has around it, and nothing of ours but what the editor wrote."""
    site = Site.find_for_request(request)
    page, _args, _kwargs = site.root_page.localized.route(request, path.strip("/").split("/"))
    context = {
        "page": page.specific,
        "menu": page.get_parent().get_children().live().in_menu()[:8],
        "translations": page.get_translations().live(),
    }
    return HttpResponse(STOCK.render(Context(context)))


urlpatterns = [
    path("bench/stock/<path:path>", stock),
    path("bench/hello", hello),
    path("bench/one-query", one_query),
    path("bench/constant/<int:size>", constant),
    path("bench/process", process),
    # In production the object store hands out pictures.
    re_path(r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    *portal_patterns,
]

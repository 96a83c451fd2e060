import os
import sys

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.urls import path

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_patterns


def hello(request):
    return HttpResponse("hello")


def one_query(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("hello")


def process(request):
    """Which process answers, and whether it has loaded what only the worker may load."""
    return JsonResponse({"pid": os.getpid(), "has_weasyprint": "weasyprint" in sys.modules})


urlpatterns = [
    path("bench/hello", hello),
    path("bench/one-query", one_query),
    path("bench/process", process),
    *portal_patterns,
]

from django.http import HttpResponse
from django.urls import path

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_patterns


def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("bench/hello", hello), *portal_patterns]

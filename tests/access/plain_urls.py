"""Our addresses with bare refusals: the matrix looks at the status of thousands, not at the page."""

from django.http import HttpResponse

from portal.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def handler403(request, exception):
    return HttpResponse(status=403)


def handler404(request, exception):
    return HttpResponse(status=404)

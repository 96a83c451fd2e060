"""A small site with one upload page and one download, as an app would have them."""

import uuid

from django.http import HttpResponse
from django.urls import path

from portal.files import delivery, intake
from portal.files.models import Preview, StoredFile
from portal.files.policy import SlotPolicy
from portal.files.refusals import Refused
from portal.urls import handler404
from portal.urls import urlpatterns as portal_urlpatterns

OWNER = uuid.UUID(int=1)
POLICY = SlotPolicy(max_count=5)


def upload(request):
    """One line per file: what became of it. A bad file does not discard a good one."""
    lines = [f"answer: {request.POST.get('answer', '')}"]
    for file in request.FILES.getlist("file") or [None]:
        try:
            stored = intake.receive(
                file, owner_kind="test", owner_uuid=OWNER, slot="s", policy=POLICY, user=request.user
            )
            lines.append(f"stored: {stored.original_name}")
        except Refused as refused:
            lines.append(f"refused: {refused}")
    return HttpResponse("\n".join(lines), content_type="text/plain")


def download(request, number):
    return delivery.respond(StoredFile.objects.get(uuid=number), request)


def preview(request, number):
    return delivery.respond_preview(Preview.objects.get(pk=number), request)


urlpatterns = [
    path("en/upload", upload),
    path("en/download/<uuid:number>", download),
    path("en/preview/<int:number>", preview),
    *portal_urlpatterns,
]
__all__ = ["handler404", "urlpatterns"]

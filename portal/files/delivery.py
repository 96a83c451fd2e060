"""How a stored file leaves the portal: always as a download that no browser will run."""

import structlog
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.audit import trail
from portal.files import store
from portal.files.models import Preview, StoredFile
from portal.files.policy import MADE_TYPES

log = structlog.get_logger(__name__)
STATUS_OF = {
    StoredFile.State.PENDING: 409,
    StoredFile.State.ERROR: 409,
    StoredFile.State.INFECTED: 410,
    StoredFile.State.REJECTED: 410,
    StoredFile.State.REMOVED: 410,
}


def respond(stored: StoredFile, request) -> HttpResponse:
    """The file as an attachment, if it is clean; for everybody every other state is a page that says why.

    The caller's getter has decided that this user may have this file. Writes an audit event.
    """
    if stored.state != StoredFile.State.CLEAN:
        return _unavailable(request, stored, STATUS_OF[stored.state])
    try:
        content = store.open_key(stored.key)
    except store.StoreUnavailable as failure:
        log.error("file_unavailable", file=str(stored.uuid), failure=str(failure))
        return _unavailable(request, stored, 503)
    trail.record("file.downloaded", obj_kind="file", obj_uuid=stored.uuid, actor=_actor(request))
    response = FileResponse(
        content,
        as_attachment=True,
        filename=stored.original_name,
        content_type=MADE_TYPES[stored.detected_type].mime,
    )
    response["Content-Length"] = stored.size
    return _private(response)


def respond_preview(preview: Preview, request) -> HttpResponse:
    """One page as PNG, shown in the page. The caller's getter lets staff alone reach it."""
    if preview.file.state != StoredFile.State.CLEAN:
        return _unavailable(request, preview.file, STATUS_OF[preview.file.state])
    try:
        content = store.open_key(preview.key)
    except store.StoreUnavailable as failure:
        log.error("preview_unavailable", file=str(preview.file.uuid), failure=str(failure))
        return _unavailable(request, preview.file, 503)
    trail.record("file.previewed", obj_kind="file", obj_uuid=preview.file.uuid, actor=_actor(request))
    response = FileResponse(content, content_type="image/png")
    response["Content-Disposition"] = "inline"
    return _private(response)


def _actor(request):
    return request.user if request.user.is_authenticated else None


def _private(response):
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Replaces the page policy: even a browser that shows the file gives it no scripts and no origin.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response


def _unavailable(request, stored, status):
    sentences = {
        409: _("This file is still being checked for viruses. Try again in a few minutes."),
        410: _("This file was removed, or was found not to be safe. It can no longer be opened."),
        503: _("This file cannot be opened at the moment. Try again in a few minutes."),
    }
    response = render(
        request, "files/unavailable.html", {"stored": stored, "sentence": sentences[status]}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response

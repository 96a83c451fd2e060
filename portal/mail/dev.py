"""Read the mail that FolderTransport wrote: in development only, the addresses do not exist elsewhere."""

import email
import email.policy
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

NEWEST = 200


@require_safe
def mailbox(request):
    paths = sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)
    mails = [_head(path) for path in paths[:NEWEST]]
    return render(request, "mail/dev_list.html", {"mails": mails, "folder": settings.MAIL_FOLDER})


@require_safe
def letter(request, name):
    mail = _read(name)
    body = mail.get_body(("plain", "html"))
    context = {
        "mail": mail,
        "name": name,
        "body": body.get_content() if body else "",
        "attachments": [part.get_filename() for part in mail.iter_attachments()],
    }
    return render(request, "mail/dev_detail.html", context)


@require_safe
def attachment(request, name, number):
    parts = list(_read(name).iter_attachments())
    if not 1 <= number <= len(parts):
        raise Http404
    part = parts[number - 1]
    return HttpResponse(
        part.get_payload(decode=True),
        content_type=part.get_content_type(),
        headers={
            "Content-Disposition": f'attachment; filename="{part.get_filename() or "attachment"}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _head(path):
    with path.open("rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    return {"name": path.stem, "to": mail["To"], "subject": mail["Subject"], "date": _sent(mail)}


def _sent(mail):
    """With the zone -0000, as Django writes it, the header is read as UTC without a zone."""
    sent = mail["Date"].datetime
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _read(name):
    path = Path(settings.MAIL_FOLDER) / f"{name}.eml"
    if not path.is_file():
        raise Http404
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

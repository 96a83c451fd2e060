"""The two mails after a seminar: looked at first, then started or stopped."""

from django.contrib import messages
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import require_role
from seminars import afterwards, certificates, permissions


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def follow_up(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    if request.method != "POST":
        words = {
            "heading": _("Mail: materials and survey"),
            "button": _("Send the mail"),
            "started_at": seminar.follow_up_at,
        }
        return _show(request, seminar, afterwards.preview_follow_up, words)
    said = (
        _("The mails go out in a minute. Until then you can take it back."),
        _("No more mails about materials and survey go out."),
    )
    return _switch(request, seminar, afterwards.start_follow_up, afterwards.stop_follow_up, said)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def issue(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    if request.method != "POST":
        words = {
            "heading": _("Mail: certificate of attendance"),
            "button": _("Issue the certificates"),
            "started_at": seminar.certificates_at,
        }
        return _show(request, seminar, certificates.preview, words)
    said = (
        _("The certificates are issued in a minute. Until then you can take it back."),
        _("No more certificates are issued. Those that people have stand."),
    )
    return _switch(request, seminar, afterwards.start_certificates, afterwards.stop_certificates, said)


def _show(request, seminar, preview, words):
    try:
        context = {"seminar": seminar, "preview": preview(seminar), **words}
    except afterwards.NotYet as sentence:
        messages.error(request, str(sentence))
        return redirect("office_seminars:after", uuid=seminar.uuid)
    return render(request, "seminars/office/after_mail.html", context)


def _switch(request, seminar, start, stop, said):
    try:
        if request.POST.get("act") == "stop":
            stop(seminar, actor=request.user)
            messages.success(request, said[1])
        else:
            start(seminar, actor=request.user)
            messages.success(request, said[0])
    except afterwards.NotYet as sentence:
        messages.error(request, str(sentence))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    return redirect("office_seminars:after", uuid=seminar.uuid)

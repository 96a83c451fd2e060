"""Certificates of attendance: the person's own page and PDF, and the page where anybody verifies a code."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal import limits
from portal.files import delivery
from portal.files.models import StoredFile
from seminars import codes, links, permissions, verifying
from seminars.papers import certificate as paper
from seminars.views.answers import private

PER_NETWORK, WINDOW_SECONDS = 30, 600
LONGEST = 40


@require_safe
@private
def own(request, uuid, token):
    found = permissions.get_own_certificate(uuid, token)
    sign_up = found.sign_up
    address = verifying.address_of(found, request.LANGUAGE_CODE)
    context = {
        "sign_up": sign_up,
        "seminar": sign_up.seminar,
        "certificate": found,
        "code": verifying.in_groups(found.code),
        "verify_address": address.partition("?")[0],
        "qr": codes.svg(address, paper.qr_label()),
        "issuers": paper.issuers(sign_up.seminar),
        "has_pdf": found.file is not None and found.file.state == StoredFile.State.CLEAN,
        "paths": {name: links.path_to(sign_up, name) for name in ("status", "certificate_pdf")},
    }
    response = render(request, "seminars/certificate.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@private
def own_pdf(request, uuid, token):
    """The PDF; until the worker has made it, the page to print."""
    found = permissions.get_own_certificate(uuid, token)
    if found.file is None:
        return redirect(links.path_to(found.sign_up, "certificate"))
    return delivery.respond(found.file, request)


@require_safe
@private
def verify(request):
    """One answer for every code that is no certificate now, whatever it was."""
    typed = request.GET.get("code", "").replace("\0", "").strip()
    context, code = {"typed": typed[:LONGEST], "asked": bool(typed)}, 200
    if typed and limits.hit(
        "seminars.verify", limits.client_network(request), limit=PER_NETWORK, window=WINDOW_SECONDS
    ):
        context, code = {**context, "asked": False, "too_many": True}, 429
    elif typed:
        found = verifying.find(typed[:LONGEST])
        if found:
            seminar = found.sign_up.seminar
            context |= {
                "seminar": seminar,
                "code": verifying.in_groups(found.code),
                "initials": verifying.initials(found.sign_up.name),
                "issued_at": found.issued_at,
                "issuers": paper.issuers(seminar),
            }
    response = render(request, "seminars/verify.html", context, status=code)
    if code == 429:
        response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response

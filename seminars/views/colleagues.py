"""What one form leaves for the next from the same browser: the address it named, and the company."""

import json
from urllib.parse import quote, unquote

ADDRESS, COMPANY, SECONDS = "seminar_sent", "seminar_company", 1800


def remember_address(request, response, seminar, address: str) -> None:
    """In a cookie rather than in the page's address, which would leave it in logs and histories."""
    _set(request, response, ADDRESS, seminar, address[:254])


def address_of(request, seminar) -> str:
    return _get(request, ADDRESS, seminar)


def remember_company(request, response, seminar, company: str, company_type: str) -> None:
    _set(request, response, COMPANY, seminar, json.dumps([company[:200], company_type[:12]]))


def company_of(request, seminar) -> dict[str, str]:
    """First values of the form for a colleague; empty where nothing was filled in here before."""
    kept = _get(request, COMPANY, seminar)
    return dict(zip(("company", "company_type"), json.loads(kept), strict=True)) if kept else {}


def _set(request, response, name, seminar, text):
    response.set_signed_cookie(
        name,
        # Texts may hold any letter, and a header only plain ones.
        quote(text),
        salt=str(seminar.uuid),
        max_age=SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _get(request, name, seminar):
    return unquote(request.get_signed_cookie(name, default="", salt=str(seminar.uuid), max_age=SECONDS))

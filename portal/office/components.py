"""The component page: everything pages are made of, drawn by the templates that draw it elsewhere."""

import re

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from portal.accounts.permissions import is_staff_member
from portal.office import showcase

LINK = re.compile(r'(<(?:a|form|button)\b[^>]*?\s(?:href|action|formaction)=")(?!#[^"#]*")[^"]*(?=")')
POSTING = re.compile(r'(<(?:form|button)\b[^>]*?\s(?:method|formmethod)=")post(?=")', re.IGNORECASE)


@require_safe
def components(request):
    if not is_staff_member(request.user):
        raise PermissionDenied
    # Each in a context of its own: a sample form with errors must not make this a page with errors.
    groups = [
        {"exhibit": exhibit, "html": _leading_back(exhibit, request)} for exhibit in showcase.exhibits()
    ]
    return render(request, "office/components.html", {"groups": groups})


def _leading_back(exhibit, request):
    """The samples, with links and buttons that lead to their own group: what they are of stands nowhere."""
    html = render_to_string(exhibit.template, exhibit.samples(), request)
    html = LINK.sub(rf"\g<1>#{exhibit.code}", POSTING.sub(r"\g<1>get", html))
    return mark_safe(html)  # noqa: S308 - rendered by a template; the code is our own

"""The component page: everything pages are made of, drawn by the templates that draw it elsewhere."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from portal.accounts.permissions import is_staff_member
from portal.office import showcase


@require_safe
def components(request):
    if not is_staff_member(request.user):
        raise PermissionDenied
    # Each in a context of its own: a sample form with errors must not make this a page with errors.
    groups = [
        {"exhibit": exhibit, "html": render_to_string(exhibit.template, exhibit.samples(), request)}
        for exhibit in showcase.exhibits()
    ]
    return render(request, "office/components.html", {"groups": groups})

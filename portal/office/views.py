from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.permissions import is_staff_member
from portal.office import menu
from portal.office.figures import figures_for


@require_safe
def home(request):
    """What the reader's roles give, with the numbers that ask for attention."""
    if not is_staff_member(request.user):
        raise PermissionDenied
    cards = [
        {"item": item, "figures": figures_for(item.url_name, request.user)}
        for item in menu.items_for(request.user)
    ]
    return render(request, "office/home.html", {"cards": cards})

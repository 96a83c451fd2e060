"""Saving and removing an officer's own filters of the list."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.desk import saved_filters
from applications.desk.cases import CaseList
from applications.permissions import OFFICE_READERS
from applications.views.desk.queue import show_queue
from portal.accounts.permissions import require_role


@require_POST
@require_role(*OFFICE_READERS)
def save(request):
    """Keep the list that `query` describes; on a refusal the same list comes back with the name typed."""
    asked = CaseList.from_query(QueryDict(request.POST.get("query", "")))
    name = request.POST.get("name", "")
    try:
        saved = saved_filters.save(request.user, name, asked)
    except saved_filters.NotSaved as refusal:
        return show_queue(request, asked, filter_error=str(refusal), filter_name=name, status=422)
    messages.success(request, _("The filter “%(name)s” is saved.") % {"name": saved.name})
    return redirect(asked.listing.url())


@require_POST
@require_role(*OFFICE_READERS)
def remove(request, uuid):
    saved_filters.remove(request.user, uuid)
    messages.success(request, _("The filter was removed."))
    return redirect(CaseList.from_query(QueryDict(request.POST.get("query", ""))).listing.url())

"""The numbers on the office's landing page that ask for an officer."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases import ME, NOBODY, CaseList
from applications.models import Status
from applications.permissions import can_work_on_cases, cases_visible_to
from portal.office.figures import Figure


def figures(user) -> list[Figure]:
    """Cases that nobody has taken, and the reader's own that wait for a start; one query."""
    received = Q(status=Status.SUBMITTED)
    counts = cases_visible_to(user).aggregate(
        free=Count("pk", filter=received & Q(assignee=None)),
        own=Count("pk", filter=received & Q(assignee=user)),
    )
    free = Figure(
        _("Received, with nobody yet"), counts["free"], _list(officer=NOBODY), is_urgent=counts["free"] > 0
    )
    own = Figure(_("Received, with you"), counts["own"], _list(officer=ME), is_urgent=counts["own"] > 0)
    return [free, own] if can_work_on_cases(user) else [free]


def _list(**filters):
    return reverse("cases:queue") + "?" + CaseList(status=Status.SUBMITTED, **filters).query()

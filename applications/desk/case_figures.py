"""The numbers on the office's landing page that ask for an officer."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications import rounds
from applications.desk import targets
from applications.desk.cases import ME, NOBODY, PRESETS, CaseList
from applications.models import Status
from applications.permissions import can_work_on_cases, cases_visible_to
from portal.office.figures import Figure


def figures(user) -> list[Figure]:
    """Cases that nobody has taken, the reader's own that wait for a start, and what is overdue."""
    received = Q(status=Status.SUBMITTED)
    counts = cases_visible_to(user).aggregate(
        free=Count("pk", filter=received & Q(assignee=None)),
        own=Count("pk", filter=received & Q(assignee=user)),
        late=Count("pk", filter=targets.overdue(targets.days(), now=rounds.database_now())),
    )
    free = Figure(
        _("Received, with nobody yet"), counts["free"], _list(officer=NOBODY), is_urgent=counts["free"] > 0
    )
    own = Figure(_("Received, with you"), counts["own"], _list(officer=ME), is_urgent=counts["own"] > 0)
    late = Figure(
        pgettext_lazy("list of cases", "Overdue"),
        counts["late"],
        PRESETS["overdue"].listing.url(),
        is_urgent=counts["late"] > 0,
    )
    return [free, own, late] if can_work_on_cases(user) else [free, late]


def _list(**filters):
    return CaseList(status=Status.SUBMITTED, **filters).listing.url()

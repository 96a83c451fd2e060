"""The staff menu's items of this app."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.permissions import OFFICE_READERS, ROUND_READERS
from portal.accounts.models import Role
from portal.office import menu

# Address space, label, who sees it, place, what the landing page says of it.
ITEMS = [
    (
        "cases:queue",
        _("Cases"),
        OFFICE_READERS,
        10,
        _("Applications that companies have submitted: find, take and check them."),
    ),
    (
        "companies:index",
        _("Companies"),
        (Role.OFFICER,),
        12,
        _("Compare registrations with their certificates, and settle second claims."),
    ),
    (
        "figures:index",
        pgettext_lazy("office", "Figures"),
        OFFICE_READERS,
        14,
        _("Cases by status and week, and what takes longer than it should."),
    ),
    (
        "threads:index",
        _("Questions"),
        OFFICE_READERS,
        15,
        _("What companies ask the Secretariat about their applications, and its answers."),
    ),
    (
        "rounds:index",
        _("Rounds"),
        ROUND_READERS,
        20,
        _("Prepare, check, open, correct and extend a round of applications."),
    ),
]


def register() -> None:
    for url_name, label, roles, order, hint in ITEMS:
        namespaces = (url_name.partition(":")[0],)
        menu.register(
            menu.Item(label, url_name, frozenset(roles), order=order, namespaces=namespaces, hint=hint)
        )

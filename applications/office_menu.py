"""The staff menu's items of this app."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.permissions import OFFICE_READERS, ROUND_READERS
from portal.accounts.models import Role
from portal.office import menu


def register() -> None:
    menu.register(
        menu.Item(
            _("Cases"),
            "cases:queue",
            frozenset(OFFICE_READERS),
            order=10,
            namespaces=("cases",),
            hint=_("Applications that companies have submitted: find, take and check them."),
        )
    )
    menu.register(
        menu.Item(
            _("Companies"),
            "companies:index",
            frozenset({Role.OFFICER}),
            order=12,
            namespaces=("companies",),
            hint=_("Compare registrations with their certificates, and settle second claims."),
        )
    )
    menu.register(
        menu.Item(
            pgettext_lazy("office", "Figures"),
            "figures:index",
            frozenset(OFFICE_READERS),
            order=14,
            namespaces=("figures",),
            hint=_("Cases by status and week, and what takes longer than it should."),
        )
    )
    menu.register(
        menu.Item(
            _("Questions"),
            "threads:index",
            frozenset(OFFICE_READERS),
            order=15,
            namespaces=("threads",),
            hint=_("What companies ask the Secretariat about their applications, and its answers."),
        )
    )
    menu.register(
        menu.Item(
            _("Rounds"),
            "rounds:index",
            frozenset(ROUND_READERS),
            order=20,
            namespaces=("rounds",),
            hint=_("Prepare, check, open, correct and extend a round of applications."),
        )
    )

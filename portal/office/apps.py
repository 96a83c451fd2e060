from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.office.menu import Item, register


class OfficeConfig(AppConfig):
    name = "portal.office"
    label = "office"

    def ready(self):
        # Models may be imported only from here on.
        from portal.office import exhibits, figures, mail, permissions  # noqa: PLC0415

        register(
            Item(
                _("Mail"),
                "office:mail",
                permissions.SEES_MAIL,
                order=90,
                namespaces=("office:mail_detail",),
                hint=_("What the portal wrote to whom, and what could not be sent."),
            )
        )
        register(
            Item(
                pgettext_lazy("accounts", "People"),
                "office:people",
                frozenset(),  # superusers alone
                order=95,
                namespaces=("office:person_erase",),
                hint=_("Accounts of companies and staff, and the end of an account."),
            )
        )
        figures.register("office:mail", mail.figures)
        exhibits.register()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.office.menu import Item, register


class OfficeConfig(AppConfig):
    name = "portal.office"
    label = "office"

    def ready(self):
        # Models may be imported only from here on.
        from portal.office import figures, mail, permissions  # noqa: PLC0415

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
        figures.register("office:mail", mail.figures)

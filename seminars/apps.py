from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.office import menu


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self):
        # Models are there only now: these modules import them.
        from seminars import notices, permissions, seats  # noqa: PLC0415

        notices.register()
        menu.register(
            menu.Item(
                _("Seminars"),
                "office_seminars:index",
                frozenset(permissions.READERS),
                order=30,
                namespaces=("office_seminars",),
            )
        )
        clock.register("seminars.refill", seats.refill_all, every=timedelta(minutes=5))
        clock.register("seminars.mark_held", seats.mark_held, every=timedelta(minutes=10))

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home import slots
from portal import clock, demo
from portal.office import menu


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self):
        # Models are there only now: these modules import them.
        from portal.office import permissions as office_permissions  # noqa: PLC0415
        from seminars import (  # noqa: PLC0415
            afterwards,
            cards,
            certificates,
            changes,
            exhibits,
            letters,
            notice_kinds,
            page_instants,
            permissions,
            personal_data,
            reminding,
            retaining,
            searching,
            seats,
        )
        from seminars.changes import telling  # noqa: PLC0415
        from seminars.demo import afterwards as demo_afterwards  # noqa: PLC0415
        from seminars.demo import loading  # noqa: PLC0415
        from seminars.weather import alerts, watching  # noqa: PLC0415

        notice_kinds.register()
        reminding.register()
        letters.register()
        afterwards.register()
        certificates.register()
        telling.register()
        office_permissions.show_to_organisers("seminar", "signup", "weather")
        alerts.register()
        retaining.register()
        personal_data.register()
        searching.register()
        page_instants.register()
        exhibits.register()
        demo.register(30, loading.load)
        demo.register(31, demo_afterwards.load)
        slots.register(slots.NEXT_SEMINAR, cards.next_seminar)
        menu.register(_office_item(permissions.READERS))
        clock.register("seminars.refill", seats.refill_all, every=timedelta(minutes=5))
        clock.register("seminars.mark_held", changes.mark_held, every=timedelta(minutes=10))
        clock.register("seminars.weather", watching.watch, every=timedelta(minutes=1))
        clock.register("seminars.queue_due", reminding.queue_due, every=timedelta(minutes=1))


def _office_item(readers):
    return menu.Item(
        _("Seminars"),
        "office_seminars:index",
        frozenset(readers),
        order=30,
        namespaces=("office_seminars",),
        hint=_("Who has signed up and who is waiting; places, cancellations and lists."),
    )

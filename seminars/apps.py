from datetime import timedelta

from django.apps import AppConfig

from portal import clock


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self):
        # Models are there only now: these modules import them.
        from seminars import notices, seats  # noqa: PLC0415

        notices.register()
        clock.register("seminars.refill", seats.refill_all, every=timedelta(minutes=5))
        clock.register("seminars.mark_held", seats.mark_held, every=timedelta(minutes=10))

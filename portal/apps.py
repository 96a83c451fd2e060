from datetime import timedelta

from django.apps import AppConfig

from portal import clock


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self):
        # Models may be imported only from here on.
        from portal import checks, retention, tasks  # noqa: F401, PLC0415

        clock.register("portal.reap_tasks", tasks.reap, every=timedelta(minutes=1))
        clock.register("portal.prune_tasks", tasks.prune, every=timedelta(days=1))
        clock.register("portal.retention", retention.run_nightly, every=timedelta(days=1))

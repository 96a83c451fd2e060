from datetime import timedelta

from django.apps import AppConfig

from portal import clock


class FilesConfig(AppConfig):
    name = "portal.files"
    label = "files"

    def ready(self):
        # Models may be imported only from here on.
        from portal.files import checks, retaining, scanning, sweeping  # noqa: F401, PLC0415

        retaining.register()
        clock.register("files.retry_unfinished", scanning.retry_unfinished, every=timedelta(minutes=2))
        clock.register("files.rescan_due", scanning.rescan_due, every=timedelta(minutes=10))
        clock.register("files.sweep_tombstones", sweeping.sweep_tombstones, every=timedelta(minutes=10))
        clock.register("files.sweep_orphans", sweeping.sweep_orphans, every=timedelta(hours=6))
        clock.register("files.report_missing", sweeping.report_missing, every=timedelta(days=1))

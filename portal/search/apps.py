from datetime import timedelta

from django.apps import AppConfig

from portal import clock, demo


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"

    def ready(self):
        # Models are there only now: these modules import them.
        from portal.search import index  # noqa: PLC0415

        demo.register(90, index.rebuild)
        # Entries follow every change; once a day puts right what no signal tells, as another site address.
        clock.register("search.rebuild", index.rebuild, every=timedelta(days=1))

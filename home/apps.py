from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal import demo


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        # Models are there only now: these modules import them.
        from wagtail.models import Locale, Page, PageViewRestriction  # noqa: PLC0415

        from home import (  # noqa: PLC0415
            admin_addresses,
            admin_words,
            enquiries,
            exhibits,
            locales,
            moderating,
            navigation,
            own_addresses,
            redirect_list,
            scheduling,
            searching,
            signals,
        )
        from home.demo import pages  # noqa: PLC0415
        from home.models import CaseTerm, Figure, FigureSet  # noqa: PLC0415
        from portal.navigation import register  # noqa: PLC0415

        register(navigation.shell)
        searching.register()
        enquiries.register()
        moderating.register()
        moderating.connect()
        scheduling.register()
        exhibits.register()
        admin_addresses.use_our_forms()
        admin_words.give_back()
        pre_save.connect(own_addresses.refuse_to_save)
        demo.register(20, pages.load)
        # Its targets may be pages of the apps above.
        demo.register(80, redirect_list.load_shipped)
        page_published.connect(signals.on_published)
        page_unpublished.connect(signals.on_unpublished)
        post_delete.connect(signals.on_unpublished, sender=Page)
        for signal in (page_slug_changed, post_page_move):
            signal.connect(signals.on_moved)
        signals.forget_pages_with(Locale, *signals.rows_on_pages())
        for signal in (post_save, post_delete):
            signal.connect(locales.forget, sender=Locale)
            signal.connect(signals.on_restricted, sender=PageViewRestriction)
            for model in (FigureSet, Figure):
                signal.connect(signals.on_figures_changed, sender=model)
            for model in signals.rows_of_the_library():
                signal.connect(signals.on_library_changed, sender=model)
        post_save.connect(signals.on_term_changed, sender=CaseTerm)

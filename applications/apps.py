from datetime import timedelta

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        # These need the models, which are there only now.
        from applications import (  # noqa: PLC0415
            bad_files,
            cards,
            case_copies,
            case_figures,
            clarification_mail,
            clarifying,
            emails,
            office_menu,
            personal_data,
            reminders,
            retaining,
            thread_mail,
        )
        from applications.demo import loading  # noqa: PLC0415
        from applications.round_setup import notices, opening  # noqa: PLC0415
        from applications.views import office_threads  # noqa: PLC0415
        from home import slots  # noqa: PLC0415
        from portal import clock, demo  # noqa: PLC0415
        from portal.files import verdicts  # noqa: PLC0415
        from portal.office import figures  # noqa: PLC0415

        emails.register()
        reminders.register()
        retaining.register()
        personal_data.register()
        clarification_mail.register()
        thread_mail.register()
        bad_files.register()
        verdicts.register(bad_files.follow_up)
        verdicts.register(case_copies.follow_up)
        clock.register("clarifications.time_out", clarifying.time_out_overdue, every=timedelta(minutes=5))
        notices.register()
        clock.register("applications.rounds", opening.follow_the_clock, every=timedelta(minutes=1))
        slots.register(slots.OPEN_ROUND, cards.open_round)
        demo.register(40, loading.load)
        office_menu.register()
        figures.register("cases:queue", case_figures.figures)
        figures.register("threads:index", office_threads.figures)

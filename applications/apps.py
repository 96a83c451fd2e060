from datetime import timedelta

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        # These need the models, which are there only now.
        from applications import (  # noqa: PLC0415
            cards,
            departing,
            emails,
            exhibits,
            page_instants,
            personal_data,
            retaining,
        )
        from applications.clarifications import bad_files, clarifying, reminding  # noqa: PLC0415
        from applications.clarifications import mail as clarification_mail  # noqa: PLC0415
        from applications.demo import loading  # noqa: PLC0415
        from applications.desk import case_copies, case_figures, office_menu  # noqa: PLC0415
        from applications.drafts import found_bad, reminders  # noqa: PLC0415
        from applications.round_setup import notices, opening  # noqa: PLC0415
        from applications.support import mail as thread_mail  # noqa: PLC0415
        from applications.views.desk import threads as office_threads  # noqa: PLC0415
        from home import slots  # noqa: PLC0415
        from portal import clock, demo  # noqa: PLC0415
        from portal.files import verdicts  # noqa: PLC0415
        from portal.office import figures  # noqa: PLC0415

        emails.register()
        reminders.register()
        retaining.register()
        personal_data.register()
        departing.register()
        page_instants.register()
        exhibits.register()
        clarification_mail.register()
        thread_mail.register()
        bad_files.register()
        found_bad.register()
        reminding.register()
        verdicts.register(bad_files.follow_up)
        verdicts.register(case_copies.follow_up)
        clock.register("clarifications.time_out", clarifying.time_out_overdue, every=timedelta(minutes=5))
        notices.register()
        clock.register("applications.rounds", opening.follow_the_clock, every=timedelta(minutes=1))
        slots.register(slots.OPEN_ROUND, cards.open_round)
        slots.register(slots.ROUND_TIMETABLE, cards.timetable)
        demo.register(40, loading.load)
        office_menu.register()
        figures.register("cases:queue", case_figures.figures)
        figures.register("threads:index", office_threads.figures)

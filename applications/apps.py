from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
            permissions,
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
        from portal.office import figures, menu  # noqa: PLC0415

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
        menu.register(
            menu.Item(
                _("Cases"),
                "cases:queue",
                frozenset(permissions.OFFICE_READERS),
                order=10,
                namespaces=("cases",),
                hint=_("Applications that companies have submitted: find, take and check them."),
            )
        )
        menu.register(
            menu.Item(
                _("Questions"),
                "threads:index",
                frozenset(permissions.OFFICE_READERS),
                order=15,
                namespaces=("threads",),
                hint=_("What companies ask the Secretariat about their applications, and its answers."),
            )
        )
        menu.register(
            menu.Item(
                _("Rounds"),
                "rounds:index",
                frozenset(permissions.ROUND_READERS),
                order=20,
                namespaces=("rounds",),
                hint=_("Prepare, check, open, correct and extend a round of applications."),
            )
        )
        figures.register("cases:queue", case_figures.figures)
        figures.register("threads:index", office_threads.figures)

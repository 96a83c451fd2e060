from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import clock


class MailConfig(AppConfig):
    name = "portal.mail"
    label = "mail"

    def ready(self):
        # Models may be imported only from here on.
        from portal.mail import kinds, retaining, sender  # noqa: PLC0415
        from portal.mail.backend import SECRET  # noqa: PLC0415

        kinds.register(kinds.Kind(SECRET, secret=True, priority=0, label=_("Code or link to sign in")))
        retaining.register()
        clock.register("mail.forget_bodies", sender.forget_bodies, every=timedelta(hours=1))

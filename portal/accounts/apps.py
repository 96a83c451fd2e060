from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self):
        # Both need the models, which are there only now.
        from portal import demo  # noqa: PLC0415
        from portal.accounts import demo as people  # noqa: PLC0415
        from portal.accounts import emails, personal_data, retaining, security_log  # noqa: PLC0415

        retaining.register()
        personal_data.register_own()
        emails.register()
        security_log.connect()
        demo.register(10, people.load)

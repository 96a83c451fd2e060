from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        # Needs the models, which are there only now.
        from applications import emails  # noqa: PLC0415

        emails.register()

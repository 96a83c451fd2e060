from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        # These need the models, which are there only now.
        from applications import emails  # noqa: PLC0415
        from applications.demo import loading  # noqa: PLC0415
        from portal import demo  # noqa: PLC0415

        emails.register()
        demo.register(40, loading.load)

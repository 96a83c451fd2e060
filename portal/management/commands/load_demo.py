from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import demo


class Command(BaseCommand):
    help = "Load the demonstration content; what is there already stays as it is."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Demonstration content is for a demonstration only: the setting DEMO is off.")
        demo.load_all()

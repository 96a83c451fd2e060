from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts import demo


class Command(BaseCommand):
    help = "Print the current authenticator code of a demonstration person, for example: demo_code officer"

    def add_arguments(self, parser):
        parser.add_argument("person", help="officer, editor, organiser, …: what stands before the @")

    def handle(self, *, person, **options):
        if not settings.DEMO:
            raise CommandError("There are no demonstration people here: the setting DEMO is off.")
        known = [each.code for each in demo.DEMO_PEOPLE if each.totp_secret]
        if person not in known:
            raise CommandError(f"Nobody called {person} has a code. Choose one of: {', '.join(known)}.")
        self.stdout.write(demo.current_code(person))

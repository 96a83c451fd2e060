from django.core.management.base import BaseCommand, CommandError

from portal.accounts import erasure
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Erase the account of a person who asked for it, staff included. An owner hands over first."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="Do not ask again.")

    def handle(self, **options):
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        if not options["yes"] and input(f"Erase the account of {user.email}? Type yes: ") != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erasure.erase(user, by=None)
        except erasure.CannotErase as refused:
            raise CommandError(refused.messages[0]) from None
        self.stdout.write("The account is erased.")

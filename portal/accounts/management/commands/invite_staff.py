from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.accounts import invitations
from portal.accounts.models import Role


class Command(BaseCommand):
    help = "Invite somebody to the staff by mail. The link works once, for that address, for 7 days."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", action="append", required=True, choices=Role.values)
        parser.add_argument("--language", default="en", choices=["en", "zh-hant", "zh-hans"])

    def handle(self, *, email, role, language, **options):
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an email address.") from None
        invitations.invite_staff(email, staff_roles=role, language=language, by=None)
        self.stdout.write(f"An invitation is on its way to {email}: {', '.join(role)}.")

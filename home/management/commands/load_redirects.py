from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home import redirect_list


class Command(BaseCommand):
    help = (
        "Load redirects of old addresses from a table (CSV, columns old and new). Safe to repeat: "
        "what stands already, also what an editor changed, is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=redirect_list.SHIPPED)
        parser.add_argument(
            "--overwrite", action="store_true", help="lead standing redirects to the table's targets"
        )

    def handle(self, *, file, overwrite, **options):
        try:
            outcome = redirect_list.load_file(file, overwrite=overwrite)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        self.stdout.write(f"{outcome.made} written, {outcome.standing} stood already.")
        if outcome.problems:
            raise CommandError(
                "\n".join([f"{len(outcome.problems)} lines were left out.", *outcome.problems])
            )

from django.core.management.base import BaseCommand, CommandError

from portal import catalogues


class Command(BaseCommand):
    help = "Bring the translation catalogues in line with the sources, check them, or compile them."
    requires_system_checks = []

    def add_arguments(self, parser):
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--check", action="store_true", help="Change nothing; fail on a missing text.")
        group.add_argument("--compile", action="store_true", help="Write the .mo files that are out of date.")

    def handle(self, **options):
        if options["compile"]:
            self.stdout.write(f"{catalogues.compile_all()} catalogues compiled.")
            return
        found = catalogues.problems() if options["check"] else catalogues.update()
        for line in found:
            self.stdout.write(line)
        if found and options["check"]:
            raise CommandError(f"{len(found)} translations need work. Run: make messages")
        self.stdout.write(f"{len(found)} translations need work.")

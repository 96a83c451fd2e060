from django.core.management.base import BaseCommand

from portal import retention


class Command(BaseCommand):
    help = "Let go of records that were kept long enough."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say what is due.")

    def handle(self, **options):
        for outcome in retention.run(dry_run=options["dry_run"]):
            oldest = f", oldest {outcome.oldest:%Y-%m-%d}" if outcome.oldest else ""
            gone = "" if options["dry_run"] else f", gone {outcome.gone}"
            self.stdout.write(
                f"{outcome.rule.code}: due {outcome.due}{oldest}{gone} (kept {outcome.rule.kept})"
            )

from django.core.management.base import BaseCommand

from portal.search import index


class Command(BaseCommand):
    help = "Write the search index anew. Safe to run at any time, also while the portal is in use."

    def handle(self, **options):
        self.stdout.write(f"{index.rebuild()} entries.")

import signal
import threading

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from portal import ticking

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Run periodic jobs when they are due. Several clocks do no harm."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Run what is due now, then end.")
        parser.add_argument("--interval", type=float, default=5, help="Seconds between two looks.")

    def handle(self, **options):
        if options["once"]:
            self.stdout.write("Ran: " + (", ".join(ticking.tick()) or "nothing was due"))
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                ticking.tick()
            except (DatabaseError, InterfaceError):
                log.exception("clock_without_database")
            stop.wait(options["interval"])

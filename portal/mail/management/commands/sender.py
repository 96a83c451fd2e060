import signal
import threading

import structlog
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from portal.mail import sender

log = structlog.get_logger(__name__)
LONGEST_PAUSE = 60


class Command(BaseCommand):
    help = "Send the mail that is due; runs until it is told to stop and finishes the mail in hand."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")
        parser.add_argument("--interval", type=float, default=1.5, help="seconds between two looks")

    def handle(self, *, once, interval, **options):
        stop = threading.Event()
        if not once:
            for signal_number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signal_number, lambda *received: stop.set())
        trouble = 0
        while not stop.is_set():
            try:
                busy = bool(sender.send_due(stop=stop.is_set))
                trouble = 0
            except (sender.ServerTrouble, Error) as failure:
                # A server that is away comes back: ask again, less often, and never give up.
                log.error("mail_server_trouble", failure=str(failure)[:300])
                busy, trouble = False, trouble + 1
            if once and not busy:
                return
            if not busy:
                close_old_connections()
                stop.wait(min(interval * 2**trouble, LONGEST_PAUSE))

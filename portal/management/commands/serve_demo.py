import importlib
import os
import signal
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from honcho.manager import Manager

from portal.accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE

PROCESSES = {
    "web": "-m gunicorn portal.wsgi:application --bind 127.0.0.1:{port} --worker-class gthread --threads 8"
    " --workers 1 --no-control-socket --log-level warning",
    "worker": "manage.py db_worker --queue-name '*' --interval 1",
    "sender": "manage.py sender",
    "clock": "manage.py clock",
}


class Command(BaseCommand):
    help = "Prepare the demonstration and serve it with worker, sender and clock until Ctrl-C (make run)."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("This serves a demonstration only: the setting DEMO is off.")
        port = os.environ.get("PORT", "8000")
        try:
            self.prepare()
        except KeyboardInterrupt:
            sys.exit("Stopped; make run goes on where it was.")
        self.introduce(port)
        self.serve(port)

    def prepare(self):
        self.stdout.write("Preparing the database …")
        for folder in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_demo")

    def introduce(self, port):
        lines = [
            "",
            f"The portal: http://127.0.0.1:{port}/      its mail: http://127.0.0.1:{port}/dev/mail",
            "",
        ]
        lines += [f"  {person.email:<32} {person.name}" for person in DEMO_PEOPLE]
        lines += ["", f"  Password of all: {DEMO_PASSWORD}. Staff also need a code: make code USER=officer"]
        try:
            importlib.import_module("weasyprint")
        except OSError:
            lines.append("  Without Pango no PDF can be made here: PDF links lead to the print page instead.")
        lines += ["  Stop with Ctrl-C. Start over with: make reset", ""]
        self.stdout.write("\n".join(lines))

    def serve(self, port):
        running = Path(settings.VAR_DIR) / "run.pid"
        running.write_text(str(os.getpid()))
        manager = Manager()
        for name, command in PROCESSES.items():
            manager.add_process(name, f"exec '{sys.executable}' {command.format(port=port)}", quiet=False)
        signal.signal(signal.SIGHUP, lambda *_: manager.terminate())
        try:
            manager.loop()
        finally:
            running.unlink(missing_ok=True)
        interrupted = manager.returncode in {0, 128 + signal.SIGINT, 128 + signal.SIGTERM}
        sys.exit(0 if interrupted else manager.returncode)

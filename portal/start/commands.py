import argparse
import os
import socket

from portal.start import assets, database, environment
from portal.start.paths import ROOT, VAR, VENV_PYTHON
from portal.start.problems import Problem


def run(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python3 -m portal.start")
    parser.add_argument("what", choices=["run", "build", "tests", "reset"])
    parser.add_argument("--port", default="8000")
    options = parser.parse_args(arguments)
    if options.what == "reset":
        database.reset()
    elif options.what == "run":
        serve(options.port)
    else:
        build(with_tests=options.what == "tests")


def build(*, with_tests: bool) -> None:
    """Environment, assets and compiled translations: what serving and testing both need."""
    environment.ensure_python("requirements-dev.txt" if with_tests else "requirements.txt")
    assets.ensure(with_tests=with_tests)
    environment.call(
        [VENV_PYTHON, "manage.py", "messages", "--compile"],
        failing="The translations could not be compiled; the message stands above.",
        stdout=-3,
    )


def serve(text: str) -> None:
    port = free_port(text)
    database.check()
    VAR.mkdir(exist_ok=True)
    build(with_tests=False)
    os.chdir(ROOT)
    os.environ.update(PORT=str(port), DJANGO_SETTINGS_MODULE="portal.settings.dev")
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), "manage.py", "serve_demo"])


def free_port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise Problem(f"PORT must be a number from 1024 to 65535, as in: make run PORT=8001 (not {text!r})")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Problem(
                f"Port {port} is in use by another program; take another one: make run PORT={port + 1}"
            ) from error
    return port

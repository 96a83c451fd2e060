"""The proxy of production: nginx with the project's rules, in front of any portal."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services import unavailable
from tests.services.ports import free_port, wait_for

RULES = Path(__file__).resolve().parents[2] / "deploy" / "nginx-portal.conf"
# One process, as whoever runs the test.
AROUND = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    default_type application/octet-stream;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/kept keys_zone=portal:10m use_temp_path=off;
    upstream portal {{ server {upstream}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        include {rules};
    }}
}}
"""


class Edge(NamedTuple):
    address: str
    pid: int

    def work(self) -> float:
        """Seconds of processor time so far; raises FileNotFoundError on a machine that does not tell."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9


def installed_program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def from_program(program: str, upstream: str) -> Iterator[Edge]:
    """In front of `upstream` (host:port)."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-edge-") as folder:
        written = Path(folder, "nginx.conf")
        written.write_text(AROUND.format(folder=folder, upstream=upstream, port=port, rules=RULES))
        process = subprocess.Popen([program, "-p", folder, "-c", str(written)], stderr=subprocess.PIPE)
        try:
            wait_for(
                lambda: socket.create_connection(("127.0.0.1", port), timeout=2).close() is None,
                seconds=20, what="nginx", process=process,
            )  # fmt: skip
            yield Edge(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(scope="session")
def edge_program():
    return installed_program() or unavailable("proxy (nginx)", "not installed")


@pytest.fixture
def edge(edge_program, live_server):
    """Answers for the running portal, by its rules."""
    with from_program(edge_program, live_server.url.removeprefix("http://")) as there:
        yield there

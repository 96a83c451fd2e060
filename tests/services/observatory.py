"""A small HTTP server that answers like the Observatory's open data: `observatory.says(...)` sets what."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

STARTED = "2026-09-01T08:00:00+08:00"
NAMES = {"WTCSGNL": "Tropical Cyclone Warning Signal", "WRAIN": "Rainstorm Warning Signal"}


def entry(family, code, *, issued=STARTED, updated=None, action="ISSUE", **more):
    """One family in the shape of `warnsum`."""
    name = NAMES.get(family, family)
    return {
        family: {
            "name": name,
            "code": code,
            "type": name,
            "actionCode": action,
            "issueTime": issued,
            "updateTime": updated or issued,
            **more,
        }
    }


class Observatory:
    def __init__(self):
        self.asked = []
        self.ready = threading.Event()
        self.ready.set()
        self.says({})

    def says(self, summary, info=None, *, status=200, headers=None):
        """What both kinds of data answer from now on: an object, or bytes as they are."""
        self.bodies = {"warnsum": summary, "warningInfo": {} if info is None else info}
        self.status, self.headers = status, headers or {}

    def body_of(self, kind):
        body = self.bodies[kind]
        return body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def observatory(settings):
    answers = Observatory()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            query = parse_qs(urlsplit(self.path).query)
            answers.asked.append({name: values[0] for name, values in query.items()})
            answers.ready.wait(10)
            try:
                self.send_response_only(answers.status)
                body = answers.body_of(query["dataType"][0])
                for name, value in {"Content-Length": str(len(body)), **answers.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *parts):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # It looks that often whether it is to end: nobody waits for it.
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    settings.OBSERVATORY_URL = f"http://127.0.0.1:{server.server_port}/weather.php"
    yield answers
    answers.ready.set()
    server.shutdown()
    server.server_close()

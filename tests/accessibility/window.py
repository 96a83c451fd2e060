"""A browser whose requests are answered in the test's own process: what it asks for is undone at once."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import translation

from tests.access.world import browser_of
from tests.journeys.probe import LISTEN

ORIGIN = "http://testserver"
LEFT_OUT = {"set-cookie", "content-length"}


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: dict
    body: bytes

    @property
    def is_page(self):
        leads_on, refused = 300 <= self.status < 400, self.status == 405
        return self.headers.get("Content-Type", "").startswith("text/html") and not (leads_on or refused)


class Window:
    """`show(answer)` puts an answer of the portal before the browser; scripts, styles, pictures are real."""

    def __init__(self, context, world):
        self.world, self.person, self.shown, self.problems = world, "anonymous", None, []
        self.connection = connections[DEFAULT_DB_ALIAS]
        context.add_init_script(LISTEN)
        context.route("**/*", self._serve)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        self.page = context.new_page()
        # What moves is caught in the middle of moving.
        self.page.emulate_media(reduced_motion="reduce")

    def ask(self, person: str, act: Callable) -> Answer:
        """`act` gets the person's client; what it changes is undone."""
        self.person = person
        # What a page asks for is answered within the browser's loop, where Django would open a connection
        # of its own, which sees nothing of the test's transaction: everybody would be a stranger there.
        connections[DEFAULT_DB_ALIAS] = self.connection
        point = transaction.savepoint()
        try:
            response = act(browser_of(self.world, person))
            body = b"".join(response)
        finally:
            transaction.savepoint_rollback(point)
            cache.clear()
            translation.activate("en")
        chain = getattr(response, "redirect_chain", [])
        url = _path_of(chain[-1][0]) if chain else response.wsgi_request.get_full_path()
        return Answer(url, response.status_code, dict(response.headers), body)

    def show(self, answer: Answer):
        self.shown = answer
        self.page.goto(ORIGIN + answer.url)
        return self.page

    def _serve(self, route):
        address = urlsplit(route.request.url)
        if route.request.is_navigation_request() and self.shown:
            route.fulfill(**_as_sent(self.shown))
        elif not route.request.url.startswith(ORIGIN):
            self.problems.append(f"third-party request: {route.request.url}")
            route.abort()
        elif file := _file(address.path):
            route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0])
        elif route.request.method == "GET":
            path = _path_of(route.request.url)
            route.fulfill(**_as_sent(self.ask(self.person, lambda client: client.get(path))))
        else:
            route.fulfill(status=204)


def _path_of(url):
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _as_sent(answer):
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in LEFT_OUT}
    return {"status": answer.status, "headers": headers, "body": answer.body}


def _file(path):
    if path.startswith(settings.STATIC_URL):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        return Path(found) if found else None
    if path.startswith(settings.MEDIA_URL):
        file = Path(settings.MEDIA_ROOT) / path.removeprefix(settings.MEDIA_URL)
        return file if file.is_file() else None
    return None

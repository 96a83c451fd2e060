"""Everything that one person is shown: the addresses and forms of the matrix, and what they link to."""

import html
import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urlsplit

import pypdfium2
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from tests.access.test_garbage import ENDS_SESSION
from tests.access.world import ROUTES, browser_of

LINK = re.compile(r"\b(?:href|src|action)=\"([^\"]+)\"")
# Ends the session, or is the same page in another language.
LEFT_OUT = re.compile(r"^/(?:tc|sc|static|media)/|/logout/|^//")
# A list can be sorted and filtered in more ways than anybody looks at; Wagtail has many screens per page.
MOST_QUERIES, MOST_ALIKE_IN_ADMIN, MOST_ADDRESSES = 2, 12, 2500


class Crawl:
    """One person's way through the portal. Every request is undone, so that the world stays as it is."""

    def __init__(self, person, worlds, *, token_of=None):
        self.person, self.worlds, self.token_of = person, worlds, token_of
        self.queries, self.alike = Counter(), Counter()
        self.seen = set()

    def shown(self) -> Iterator[tuple[str, str]]:
        """(where, text) of every answer: its headers, its text, the names and texts inside its files."""
        for address, send in self._posts():
            yield from self._answer(address, send, [])
        waiting = deque(self._addresses())
        while waiting and len(self.seen) < MOST_ADDRESSES:
            address = urldefrag(waiting.popleft().removeprefix("http://testserver")).url
            if self._is_new(address):
                yield from self._answer(
                    f"GET {address}", lambda client, url=address: client.get(url), waiting
                )

    def _is_new(self, address):
        path = urlsplit(address).path
        if not path.startswith("/") or LEFT_OUT.search(address) or address in self.seen:
            return False
        self.queries[path] += 1
        if self.queries[path] > MOST_QUERIES:
            return False
        if path.startswith("/admin/"):
            kind = re.sub(r"\d+", "0", path)
            self.alike[kind] += 1
            if self.alike[kind] > MOST_ALIKE_IN_ADMIN:
                return False
        self.seen.add(address)
        return True

    def _addresses(self):
        yield from ("/en/", "/admin/", "/sitemap.xml", "/robots.txt")
        yield from (page.url for page in Page.objects.live().specific() if page.url)
        for world in self.worlds:
            for route in ROUTES:
                if route.name not in ENDS_SESSION and self._is_key_holders(route, world):
                    yield reverse(route.name, kwargs=route.kwargs(world))

    def _posts(self):
        sent = set()
        for world in self.worlds:
            for route in ROUTES:
                if route.post and route.name not in ENDS_SESSION and self._is_key_holders(route, world):
                    url = reverse(route.name, kwargs=route.kwargs(world))
                    if url in sent:
                        continue
                    sent.add(url)
                    data = route.data(world)
                    yield (
                        f"POST {url}",
                        lambda client, url=url, data=data: client.post(url, data, follow=True),
                    )

    def _is_key_holders(self, route, world):
        """A link that is itself the key belongs to whoever got the mail, not to a role."""
        kwargs = route.kwargs(world)
        return "token" not in kwargs or kwargs["token"] == self.token_of

    def _answer(self, address, send, waiting):
        point = transaction.savepoint()
        try:
            response = send(browser_of(self.worlds[0], self.person))
            body = b"".join(response)
        finally:
            transaction.savepoint_rollback(point)
            cache.clear()
        # `next` of a way to sign in, and a form that was not accepted, only say again what was sent.
        for text in texts_of(response, body):
            yield address, text
        if response.get("Content-Type", "").startswith("text/html"):
            waiting.extend(html.unescape(link) for link in LINK.findall(body.decode(errors="replace")))


def texts_of(response, body) -> Iterator[str]:
    yield "\n".join(f"{name}: {unquote(value)}" for name, value in response.items())
    yield from (unquote(url) for url, _status in getattr(response, "redirect_chain", ()))
    yield from unpacked(body)


def unpacked(body: bytes) -> Iterator[str]:
    """All texts of a file, and of the files in it."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield from unpacked(archive.read(name))
    elif body.startswith(b"%PDF-"):
        with pypdfium2.PdfDocument(body) as document:
            yield str(document.get_metadata_dict())
            yield from (page.get_textpage().get_text_range() for page in document)
    else:
        yield unquote(html.unescape(body.decode(errors="replace")))

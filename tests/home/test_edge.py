"""Pages through the proxy that production has: what it keeps, and for whom."""

import gzip
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple

import pytest
from django.test import Client

from home.models import ContentPage
from tests.home.conftest import publish
from tests.services import edge as edge_service
from tests.services.database import put_back
from tests.services.people import sign_in
from tests.services.ports import wait_for

PAGE = "/en/programme/"


class Look(NamedTuple):
    copy: str
    headers: dict
    content: bytes

    @property
    def words(self):
        return self.content.decode()


def ask(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return Look(answer.headers["X-Cache-Status"], answer.headers, answer.read())


@pytest.fixture
def look(transactional_db, pages_copy, edge, settings):
    put_back(pages_copy)
    settings.PAGE_CACHE_SECONDS = 300
    return lambda path=PAGE, **headers: ask(edge.address + path, **headers)


def wait_for_copy(look):
    wait_for(lambda: look().copy == "HIT", seconds=10, what="a copy")


def test_strangers_share_a_copy_until_the_page_changes(look):
    wait_for_copy(look)
    page = ContentPage.objects.get(slug="programme", locale__language_code="en")
    page.title = "Programme of the year after"
    assert page.title not in look().words
    publish(page)
    wait_for(lambda: page.title in look().words, seconds=5, what="the changed page")


def test_nobody_signed_in_gets_or_leaves_a_copy(look, officer):
    browser = sign_in(Client(), officer)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    wait_for_copy(look)
    seen = [look(Cookie=cookies) for _time in range(3)]
    assert {each.copy for each in seen} == {"MISS"}
    assert all("no-store" in each.headers["Cache-Control"] for each in seen)
    assert "/office/" in seen[0].words and "/office/" not in look().words


def test_browser_that_takes_them_gets_compressed_pages_of_the_same_copy(look):
    wait_for_copy(look)
    compressed = look(**{"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == look().content


def test_portal_hears_the_address_of_the_connection_whatever_the_client_claims(edge_program):
    heard = []

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(dict(self.headers))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args):
            pass

    with HTTPServer(("127.0.0.1", 0), Portal) as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        with edge_service.from_program(edge_program, f"127.0.0.1:{portal.server_port}") as edge:
            for path in (PAGE, "/static/portal.css"):
                ask(edge.address + path, **{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"})
        portal.shutdown()
    told = [(each["X-Forwarded-For"], each["X-Forwarded-Proto"], each["Host"]) for each in heard]
    assert told == [("127.0.0.1", "http", edge.address.removeprefix("http://"))] * 2

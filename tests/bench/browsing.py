"""One kept-alive connection that remembers cookies, reads forms and sends them as a person would."""

import http.client
import itertools
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PIECE = 2**20
networks = itertools.count()


class Browser:
    def __init__(self, address, cookies=None):
        self.host = urlsplit(address).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.cookies = dict(cookies or {})

    def _headers(self, path):
        number = next(networks)
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.{number >> 8 & 255}.{number & 255}.1",
            "Referer": f"http://{self.host}{path}",
        }

    def ask(self, path, form=None, *, in_parts=False):
        """Returns (seconds, status, headers, body) of one request, without following redirects.

        `in_parts`: sent as a form does that is made for long texts and files.
        """
        headers = self._headers(path)
        body = None
        if form is not None and in_parts:
            body, headers["Content-Type"] = encode_multipart(BOUNDARY, form), MULTIPART_CONTENT
        elif form is not None:
            body = urlencode(form, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - begun
        for cookie in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return seconds, answer.status, answer.headers, content.decode(errors="replace")

    def download(self, path):
        """The sizes of the pieces of an answer, which is never whole in memory."""
        self.connection.request("GET", path, headers=self._headers(path))
        answer = self.connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        while piece := answer.read(PIECE):
            yield len(piece)

    def form(self, path):
        """What the page's own form would send if nobody touched it."""
        _, status, _, body = self.ask(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        page = BeautifulSoup(body, "html.parser")
        form = next(
            (each for each in page.select("main form") if each.get("method", "").lower() == "post"), None
        )
        if form is None:
            raise RuntimeError(f"{path} has no form")
        return form.get("action") or path, fields_of(form)


def fields_of(form):
    found = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = field["name"], field.get("type", "text")
        if field.name == "textarea":
            found[name] = field.text.lstrip("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            found[name] = chosen.get("value", "") if chosen else ""
        elif kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                found.setdefault(name, []).append(field.get("value", "on"))
        elif kind not in {"submit", "file", "button"}:
            found[name] = field.get("value", "")
    return found

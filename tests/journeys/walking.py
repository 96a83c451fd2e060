"""People without a browser: they read pages and send the forms that stand on them."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.bench.browsing import fields_of
from tests.services.people import sign_in


class Walker:
    def __init__(self, user, language="en"):
        self.user, self.language = user, language
        self.browser = sign_in(Client(), user)

    def url(self, name, *args):
        with translation.override(self.language):
            return reverse(name, args=args)

    def read(self, name, *args):
        """The text of the page."""
        return self.text(self._get(self.url(name, *args)))

    def form(self, name, *args, number=0):
        """(address, fields) of a form of the page, as it stands there."""
        address = self.url(name, *args)
        page = BeautifulSoup(self._get(address).content, "html.parser")
        forms = [each for each in page.select("main form") if each.get("method", "").lower() == "post"]
        return forms[number].get("action") or address, fields_of(forms[number])

    def post(self, address, fields, *, expect=302):
        answer = self.browser.post(address, fields)
        assert answer.status_code == expect, (address, answer.status_code, self.text(answer)[:2000])
        return answer

    def send(self, name, *args, number=0, expect=302, **changes):
        """Send a form of the page with some fields changed. Returns the text of the answer."""
        address, fields = self.form(name, *args, number=number)
        return self.text(self.post(address, fields | changes, expect=expect))

    def _get(self, address):
        answer = self.browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    @staticmethod
    def text(answer):
        return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)

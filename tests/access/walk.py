"""All addresses that the project answers, read from its URL configuration."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    name: str  # with namespaces; the pattern itself where it has no name
    pattern: str

    @property
    def is_wagtails(self):
        return self.pattern.startswith("admin/") and not self.name.startswith("shadow_")

    @property
    def example(self):
        """An address that fits the pattern near enough to meet every guard that looks at its beginning."""
        filled = re.sub(r"<int:\w+>", "1", self.pattern)
        filled = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", filled)
        filled = re.sub(r"<(?:\w+:)?\w+>", "x", filled.replace("?P<", "(<"))
        return "/" + re.sub(r"[\^$()?+*\\\[\]|]", "", filled)


def parameters():
    """Names of what stands in each of our addresses, by the name of the address."""
    return {
        each.name: re.findall(r"<(?:\w+:)?(\w+)>", each.pattern)
        for each in addresses()
        if not each.is_wagtails
    }


def addresses():
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda each: (each.pattern, each.name))


def _walk(patterns, prefix, namespace):
    for each in patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(f"{namespace}{each.name}" if each.name else path, path)
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, path, inner)

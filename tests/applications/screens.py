"""Pages of an application: where they are, and what a reader sees."""

import re

from django.urls import reverse
from django.utils import translation


def at(name, application, *more, language="en"):
    with translation.override(language):
        return reverse(f"applications:{name}", args=[application.uuid, *more])


def words(response):
    """Without tags, and without what stands in the head."""
    body = response.content.decode().split("<body", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())

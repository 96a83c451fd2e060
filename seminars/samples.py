"""Mails shown before they are sent: as somebody of each language would get them, without working links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import translation

from portal.mail import envelope, outbox
from portal.texts import SUFFIX_OF
from seminars.models import SignUp


@dataclass(frozen=True)
class Sample:
    """A mail as the first person of its language would get it."""

    language: str
    people: int
    subject: str
    body: str


@dataclass(frozen=True)
class Preview:
    kind: str
    samples: tuple[Sample, ...]

    @property
    def people(self) -> int:
        return sum(sample.people for sample in self.samples)


def draw(
    people: Iterable[SignUp],
    *,
    template: str,
    context: dict,
    places: Callable[[SignUp], dict[str, str]],
    later: Iterable[SignUp] = (),
) -> tuple[Sample, ...]:
    """One for each language that occurs. `places` fills in the [[name]] places; it is called in the language.

    `later` are people who may get the mail another day: they are not counted, but their language is shown.
    """
    now, later = list(people), list(later)
    found = []
    for language in SUFFIX_OF:
        readers = [person for person in now if person.language == language]
        first = next((person for person in (*readers, *later) if person.language == language), None)
        if first is None:
            continue
        subject, body = outbox.render(template, context, language)
        with translation.override(language):
            filled = envelope.filled(body, places(first))
        found.append(Sample(language, len(readers), subject, filled))
    return tuple(found)


def veiled(address: str) -> str:
    """The address of a person's own page without what opens it."""
    return f"{address.split('/mine/')[0]}/mine/…"

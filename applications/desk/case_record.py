"""What a copy of a case tells beside what was handed in: letters with the company, and the office's own work.

The company knows the first. The second (checklist, site visits) is internal: it can be left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from applications.clarifications import reading as clarification_reading
from applications.clarifications.reading import Settled
from applications.desk import case_checks, visits
from applications.desk.case_checks import Check
from applications.models import Application, SiteVisit, Thread, ThreadMessage
from applications.support import reading as thread_reading
from portal.files.models import StoredFile
from portal.languages import lang_tag

LETTERS, INTERNAL = "case_letters", "case_internal"


@dataclass(frozen=True)
class Conversation:
    thread: Thread
    title: str
    messages: list[ThreadMessage]


@dataclass(frozen=True)
class Visited:
    number: int  # from the first visit on
    visit: SiteVisit
    photos: list[StoredFile]


@dataclass(frozen=True)
class Record:
    """Titles are in the language that was active when it was read."""

    case: Application
    clarifications: list[Settled]
    conversations: list[Conversation]
    checks: list[Check]
    visits: list[Visited]

    @property
    def has_letters(self) -> bool:
        return bool(self.clarifications or self.conversations)

    @property
    def has_internal(self) -> bool:
        return bool(self.checks or self.visits)

    def photos(self) -> Iterator[tuple[Visited, StoredFile]]:
        return ((visited, stored) for visited in self.visits for stored in visited.photos)


def read(case: Application, *, with_internal: bool) -> Record:
    """Oldest first throughout, as a file is read."""
    conversations = [
        Conversation(thread, thread_reading.title_of(thread), list(thread.messages.all()))
        for thread in _threads(case)
    ]
    return Record(
        case,
        clarification_reading.all_of(case)[::-1],
        conversations,
        case_checks.checklist(case) if with_internal else [],
        _visits(case) if with_internal else [],
    )


def _threads(case):
    threads = case.threads.prefetch_related("messages__author").order_by("asked_at", "pk")
    for thread in threads:
        thread.application = case
    return threads


def _visits(case):
    made = list(case.visits.select_related("changed_by").order_by("visited_at", "pk"))
    photos = visits.photos_of(made)
    return [Visited(number, visit, photos[visit.uuid]) for number, visit in enumerate(made, 1)]


def html(record: Record, part: str, *, language: str) -> str:
    """One of LETTERS and INTERNAL as a page to be read without the portal."""
    with translation.override(language):
        context = {"lang": lang_tag(language), "record": record, "case": record.case, "body": f"{part}_body"}
        return render_to_string("applications/office/case_part.html", context)


def told_letters(record: Record) -> dict:
    """For machines. A reply that was not handed in is the company's own, and no part of it."""
    return {
        "reference": record.case.reference,
        "clarifications": [_clarification(each) for each in record.clarifications],
        "threads": [
            {
                "about": each.title,
                "asked_at": each.thread.asked_at.isoformat(),
                "state": each.thread.state,
                "messages": [
                    {
                        "from": "office" if message.is_from_office else "company",
                        "written_at": message.written_at.isoformat(),
                        "text": message.text,
                    }
                    for message in each.messages
                ],
            }
            for each in record.conversations
        ],
    }


def _clarification(settled):
    request = settled.request
    return {
        "state": request.state,
        "asked_at": request.requested_at.isoformat(),
        "due_at": request.due_at.isoformat(),
        "extensions": [
            {"due_at": each.due_at.isoformat(), "reason": each.reason} for each in request.extensions.all()
        ],
        "message": request.message,
        "answered_by_submission": request.answer.number if request.answer_id else None,
        "reason": request.settled_reason,
        "places": [
            {
                "about": place.title,
                "within": place.within,
                "question": place.target.comment,
                "reply": place.target.reply if request.answer_id else "",
                "was_answered": place.target.was_answered,
            }
            for place in settled.places
        ],
    }


def told_internal(record: Record) -> dict:
    """For machines; internal."""
    return {
        "reference": record.case.reference,
        "checklist": [
            {
                "about": str(each.title),
                "state": each.item.state,
                "note": each.item.note,
                "checked_by": str(each.item.checked_by or ""),
                "checked_at": each.item.checked_at and each.item.checked_at.isoformat(),
            }
            for each in record.checks
        ],
        "visits": [
            {
                "number": each.number,
                "state": each.visit.state,
                "visited_at": each.visit.visited_at.isoformat(),
                "place": each.visit.place,
                "people": each.visit.people,
                "findings": each.visit.findings,
                "result": each.visit.result,
                "cancel_reason": each.visit.cancel_reason,
                "photos": [{"name": photo.original_name, "sha256": photo.sha256} for photo in each.photos],
            }
            for each in record.visits
        ],
    }

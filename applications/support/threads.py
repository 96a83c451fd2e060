"""Questions of companies to the Secretariat: the only writer of threads, their messages and readings."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.drafts import tasklist
from applications.errors import ApplicationError
from applications.models import Application, Thread, ThreadMessage, ThreadReading
from applications.questions import versions
from applications.support import mail as thread_mail
from portal.audit import trail

LONGEST = 5000
State = Thread.State


class NoSuchPlace(ApplicationError):
    """The form of this application has no such section or question."""


@transaction.atomic
def ask(
    application: Application,
    *,
    member,
    place: str,
    text: str,
    key: UUID,
    language: str,
    question_key: str = "",
) -> Thread:
    """Begin a thread about a place (as applications.drafts.completeness names it, or "" for none).

    The same `key` again returns the same thread. Raises NoSuchPlace.
    """
    earlier = ThreadMessage.objects.filter(key=key, thread__application=application).first()
    if earlier:
        return earlier.thread
    if not has_place(application.form_version.definition, place, question_key):
        raise NoSuchPlace(_("Choose a part of this application."))
    now = rounds.database_now()
    thread = Thread.objects.create(
        application=application,
        place=place,
        question_key=question_key,
        language=language,
        asked_by=member.user,
        last_at=now,
    )
    _add(thread, member.user, text, key, now)
    _note("thread.asked", thread, member.user)
    thread_mail.tell_office(thread)
    return thread


def has_place(definition: dict, place: str, question_key: str = "") -> bool:
    if place in {"", tasklist.COMPANY, tasklist.PROJECTS, tasklist.DOCUMENTS}:
        return not question_key
    section = versions.section_of(definition, place)
    keys = {each["key"] for each in section["questions"]} if section else set()
    return section is not None and (not question_key or question_key in keys)


@transaction.atomic
def write(thread: Thread, *, member, text: str, key: UUID) -> None:
    """Another message of the company; a closed thread is open again. The same key again changes nothing."""
    _lock(thread)
    if thread.messages.filter(key=key).exists():
        return
    was_waiting, now = thread.waits_for_office, rounds.database_now()
    _add(thread, member.user, text, key, now)
    thread.state, thread.waits_for_office, thread.last_at = State.OPEN, True, now
    thread.save(update_fields=["state", "waits_for_office", "last_at"])
    _note("thread.written", thread, member.user)
    if not was_waiting:
        thread_mail.tell_office(thread)


@transaction.atomic
def answer(thread: Thread, *, officer, text: str, key: UUID) -> None:
    """A message of the Secretariat; the company is told by mail. The same key again changes nothing."""
    _lock(thread)
    if thread.messages.filter(key=key).exists():
        return
    now = rounds.database_now()
    message = _add(thread, officer, text, key, now, is_from_office=True)
    thread.state, thread.waits_for_office, thread.last_at = State.OPEN, False, now
    thread.save(update_fields=["state", "waits_for_office", "last_at"])
    _note("thread.answered", thread, officer)
    thread_mail.tell_company(thread, message)


@transaction.atomic
def close(thread: Thread, *, officer) -> None:
    """Nothing more is to be said; the company may still write, which opens it again."""
    _set_state(thread, State.CLOSED, officer)


@transaction.atomic
def reopen(thread: Thread, *, officer) -> None:
    _set_state(thread, State.OPEN, officer)


def mark_read(thread: Thread, *, user) -> None:
    ThreadReading.objects.update_or_create(
        thread=thread, user=user, defaults={"read_at": rounds.database_now()}
    )


def with_beginning(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Add `beginning`, the first words asked: two questions about one part look alike without them."""
    first = ThreadMessage.objects.filter(thread=OuterRef("pk")).order_by("written_at", "id")
    return threads.annotate(beginning=Subquery(first.values(start=Substr("text", 1, 200))[:1]))


def with_unread(threads: QuerySet[Thread], user) -> QuerySet[Thread]:
    """Add `answered_at` and `is_unread`: the Secretariat has written since this person last looked."""
    read = ThreadReading.objects.filter(thread=OuterRef("pk"), user=user).values("read_at")[:1]
    answered = Max("messages__written_at", filter=Q(messages__is_from_office=True))
    return threads.annotate(
        answered_at=answered, read_at=Subquery(read), is_unread=_later("answered_at", "read_at")
    )


def unread_of(applications, user) -> dict[int, int]:
    """How many threads of each application hold something new for this person; one query."""
    threads = with_unread(Thread.objects.filter(application__in=applications), user)
    counts: dict[int, int] = {}
    for application_id in threads.filter(is_unread=True).values_list("application_id", flat=True):
        counts[application_id] = counts.get(application_id, 0) + 1
    return counts


def _later(first, second):
    return Q(**{f"{first}__isnull": False}) & (
        Q(**{f"{second}__isnull": True}) | Q(**{f"{first}__gt": F(second)})
    )


def _lock(thread):
    thread.refresh_from_db(from_queryset=Thread.objects.select_for_update(of=("self",), no_key=True))


def _add(thread, author, text, key, now: datetime, *, is_from_office=False):
    if ThreadMessage.objects.filter(key=key).exists():
        # Somebody else's key is no reason to lose this message, nor to tell that it is taken.
        key = uuid4()
    return ThreadMessage.objects.create(
        thread=thread, author=author, text=text, key=key, written_at=now, is_from_office=is_from_office
    )


def _set_state(thread, state, officer):
    _lock(thread)
    if thread.state == state:
        return
    thread.state, thread.waits_for_office = state, False
    thread.save(update_fields=["state", "waits_for_office"])
    _note("thread.closed" if state == State.CLOSED else "thread.reopened", thread, officer)


def _note(verb, thread, actor):
    trail.record(verb, obj_kind="thread", obj_uuid=thread.uuid, actor=actor, to_state=thread.state)

"""What an organiser writes to a chosen set of people: fields taken strictly, shown first, taken back in time.

A field is written `{name}`. It becomes a place of the stored mail and is filled in when the mail leaves; a
field that nobody knows is refused while the letter is written, so that no mail ever shows a brace.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal import dates
from portal.audit import trail
from portal.database_clock import database_now
from portal.mail import kinds, outbox
from portal.mail.models import Message
from portal.texts import localized
from seminars import calendars, links, notice_kinds, samples
from seminars.changes import UNDO_TIME
from seminars.changes.telling import TAKEN_OUT_OF_DIARIES
from seminars.models import Letter, Seminar, SeminarChange, SignUp

KIND, TEMPLATE = "signup.letter", "seminars/emails/letter"
# After the seminar, and while it has no date, a letter is of use for so long.
OF_USE = timedelta(days=14)
# Nobody is written to whose address is not proved, or whose sign-up is over.
WRITTEN_TO = (SignUp.State.WAITING, SignUp.State.OFFERED, SignUp.State.CONFIRMED)
FIELDS = {
    "name": pgettext_lazy("merge field", "the person’s name"),
    "company": pgettext_lazy("merge field", "the company"),
    "title": pgettext_lazy("merge field", "the title of the seminar"),
    "date": pgettext_lazy("merge field", "its date"),
    "time": pgettext_lazy("merge field", "when it starts"),
    "place": pgettext_lazy("merge field", "how or where the person attends"),
    "status": pgettext_lazy("merge field", "the address of the person’s own page"),
}
FIELD = re.compile(r"\{([^{}]*)\}")
BRACES = set("{}\uff5b\uff5d")  # also as a Chinese keyboard types them


class LetterRefused(Exception):
    """What is wrong with a letter, in a sentence fit for the page."""


def fields_of(seminar: Seminar) -> dict[str, str]:
    """The fields that can be filled in now: a postponed seminar has no date to tell."""
    if seminar.state != Seminar.State.POSTPONED:
        return FIELDS
    return {name: words for name, words in FIELDS.items() if name not in {"date", "time"}}


def check(text: str, *, allowed: Iterable[str]) -> None:
    """Raises LetterRefused for a field that cannot be filled in here, and for a brace that is no field."""
    for name in FIELD.findall(text):
        if not allowed:
            raise LetterRefused(_("No field is filled in here. Please take {%(name)s} out.") % {"name": name})
        if name not in allowed:
            words = _("There is no field {%(name)s}. Possible are: %(fields)s.")
            fields = ", ".join(f"{{{each}}}" for each in allowed)
            raise LetterRefused(words % {"name": name, "fields": fields})
    if BRACES & set(FIELD.sub("", text)):
        raise LetterRefused(_("A brace stands alone. Fields are written like {name}."))


def readers(sign_ups: QuerySet) -> list[SignUp]:
    """Those of these people who may be written to, in the order in which they signed up."""
    people = sign_ups.filter(state__in=WRITTEN_TO).exclude(email="").select_related("option")
    return list(people.order_by("queue_number"))


def mark_of(people: Sequence[SignUp]) -> str:
    """Tells one set of people from another, so that nobody is sent what was looked at for others."""
    whole = ",".join(f"{person.pk}{person.language}" for person in people)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def preview(seminar: Seminar, people: Sequence[SignUp], letter: Letter) -> samples.Preview:
    """The mail as the first person of each language would get it; the link to the own page is veiled."""

    def places(person):
        person.seminar = seminar
        values = _values(person)
        return {**values, "status": samples.veiled(values["status"])}

    found = samples.draw(people, template=TEMPLATE, context=_context(letter, seminar), places=places)
    return samples.Preview("letter", found)


@transaction.atomic
def send(seminar: Seminar, people: Sequence[SignUp], letter: Letter, *, actor) -> bool:
    """Queue the letter, which is not saved yet, to these people: one mail each, to leave in a minute.

    Returns False where this letter was sent already: a second press writes to nobody.
    """
    now = database_now()
    letter.seminar, letter.made_by, letter.made_at = seminar, actor, now
    letter.undo_until, letter.people = now + UNDO_TIME, len(people)
    if not _is_first(letter):
        return False
    is_coming = now < seminar.ends_at and seminar.state == Seminar.State.SCHEDULED
    outbox.put_many(
        KIND,
        recipients=[
            outbox.Recipient(f"{_keys_of(letter)}{person.uuid}", person.email, person.language, person.uuid)
            for person in people
        ],
        template=TEMPLATE,
        context=_context(letter, seminar),
        places=FIELDS,
        not_before=letter.undo_until,
        expires_at=seminar.ends_at if is_coming else now + OF_USE,
    )
    _record("seminar.letter_sent", letter, actor, to_state=str(len(people)))
    return True


def _is_first(letter):
    """Save it, or say that it was saved before. Its own key decides and no lock of the seminar, for which
    everybody who signs up would wait while thousands of mails are written.
    """
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def take_back(letter: Letter, *, actor) -> None:
    """Within a minute of sending. Raises LetterRefused once a mail has left; a second press does no harm."""
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if letter.undone_at:
        return
    now = database_now()
    if now >= letter.undo_until or not outbox.withdraw(_keys_of(letter)):
        raise LetterRefused(_("It is too late to take this back: the mails are on their way."))
    letter.undone_at = now
    letter.save(update_fields=["undone_at"])
    _record("seminar.letter_taken_back", letter, actor)


def _record(verb, letter, actor, **facts):
    trail.record(verb, obj_kind="seminar", obj_uuid=letter.seminar.uuid, actor=actor, **facts)


def _keys_of(letter):
    return f"{KIND}:{letter.uuid}:"


def _context(letter, seminar):
    return {"letter": _Places(letter), "seminar": seminar}


class _Places:
    """The letter's text with the fields as places of a stored mail."""

    def __init__(self, letter):
        self.letter = letter

    @property
    def subject(self):
        return self.letter.subject

    @property
    def body(self):
        return FIELD.sub(r"[[\1]]", self.letter.body)


def _values(sign_up):
    seminar = sign_up.seminar
    values = {
        "name": sign_up.name,
        "company": sign_up.company,
        "title": localized(seminar, "title").text,
        "date": dates.day_and_weekday(seminar.starts_at),
        "time": dates.clock_time(seminar.starts_at),
        "place": calendars.where(seminar, sign_up.option),
        "status": links.address_of(sign_up),
    }
    # Date and place as they are when the mail leaves.
    facts = render_to_string("seminars/emails/letter_facts.txt", {**values, "seminar": seminar})
    return {**values, "facts": facts.strip()}


def _sign_up(message):
    return SignUp.objects.select_related("seminar", "option").get(uuid=message.about)


def _still_due(message: Message) -> bool:
    """Is the person still one of those it was written to, and has nothing gone off since?"""
    sign_up = _sign_up(message)
    letter = Letter.objects.get(uuid=message.key.split(":")[1])
    chosen = letter.filters
    is_meant = (
        sign_up.state in WRITTEN_TO
        and chosen.get("state", sign_up.state) == sign_up.state
        and chosen.get("option", str(sign_up.option.uuid)) == str(sign_up.option.uuid)
    )
    return is_meant and not _has_gone_off(sign_up, since=letter.made_at)


def _has_gone_off(sign_up, *, since):
    """What is off by now is told by its own mail alone; who writes afterwards knows of it."""
    changes = SeminarChange.objects.standing().filter(seminar=sign_up.seminar, made_at__gt=since)
    for_this_person = Q(option=None) | Q(option=sign_up.option) | Q(kind=SeminarChange.Kind.CANCELLED)
    return changes.filter(for_this_person, kind__in=TAKEN_OUT_OF_DIARIES).exists()


def register() -> None:
    kinds.register(
        kinds.Kind(
            KIND,
            still_due=_still_due,
            is_held=notice_kinds.waits_for_undo,
            links=lambda message: _values(_sign_up(message)),
            priority=70,
            label=gettext_lazy("Letter from the organiser"),
        )
    )

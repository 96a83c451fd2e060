"""Loads the demonstration seminar that is over, with what there is afterwards."""

import io
import uuid
from datetime import timedelta

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from portal.mail.models import Message
from seminars import attendance, certificates, materials
from seminars.demo import held, loading
from seminars.models import AttendanceOption, Seminar, SignUp

HELD = uuid.UUID("0b6f7f0e-5d0c-4a3b-9c39-6f1d6a3e2027")


def load():
    """Not in one transaction: files go to the store before their rows are written."""
    seminar = _load()
    if seminar is None:
        return
    for words, line in ((held.SLIDES, "Slides"), (held.HANDOUT, "Handout")):
        drawn = _pdf(f"{line} of a demonstration seminar", "Invented: nothing of this was ever shown.")
        upload = ContentFile(drawn, name=f"demonstration-{line.lower()}.pdf")
        materials.add_file(seminar, upload, words=words, actor=None)
    certificates.issue_due()


@transaction.atomic
def _load():
    if Seminar.objects.filter(uuid=HELD).exists():
        return None
    seminar = loading.load_seminar(HELD, held, held.OPTIONS, **held.while_open())
    loading.sign_people_up(seminar, [person[:6] for person in held.PEOPLE])
    now = timezone.now()
    Seminar.objects.filter(pk=seminar.pk).update(
        **held.when(),
        state=Seminar.State.HELD,
        survey_link="https://survey.example/demonstration",
        certificates_at=now - timedelta(days=1),
    )
    seminar = Seminar.objects.get(pk=seminar.pk)
    _note_who_came(seminar)
    _tell_it_as_of_then(seminar)
    return seminar


def _note_who_came(seminar):
    came = seminar.sign_ups.filter(name__in=[name for name, *_rest, has_come in held.PEOPLE if has_come])
    for person in came.filter(option__mode=AttendanceOption.Mode.HONG_KONG):
        attendance.check_in(person, witness=SignUp.Witness.OFFICE)
    online = came.filter(option__mode=AttendanceOption.Mode.ONLINE)
    attendance.take_over(seminar, {person.uuid: held.MINUTES_ONLINE for person in online}, actor=None)


def _tell_it_as_of_then(seminar):
    """All this was written a moment ago. In the story people signed up weeks before, heard, and came.

    The doors know only the present, so rows are changed here behind them. The mails never leave: their texts
    are gone, as after a month in earnest.
    """
    signed_up, started = seminar.starts_at - held.SIGNED_UP_BEFORE, seminar.starts_at
    people = seminar.sign_ups.all()
    people.update(created_at=signed_up, consented_at=signed_up, anonymise_on=seminar.anonymise_on)
    people.exclude(confirmed_at=None).update(confirmed_at=signed_up)
    people.exclude(attended_at=None).update(attended_at=started)
    mails = Message.objects.filter(about__in=people.values("uuid"))
    mails.update(state=Message.State.SENT, created_at=signed_up, sent_at=signed_up, body="")


def _pdf(*lines):
    document = pikepdf.new()
    document.add_blank_page(page_size=(842, 595))
    page = document.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    drawn = "".join(f"({line}) Tj 0 -32 Td " for line in lines)
    page.Contents = document.make_stream(f"BT /F1 20 Tf 80 420 Td {drawn}ET".encode("latin-1"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()

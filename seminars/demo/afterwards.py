"""Loads the demonstration seminar that is over, with what there is afterwards."""

import io
import uuid
from datetime import timedelta

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from seminars import attendance, certificates, materials
from seminars.demo import held, loading
from seminars.models import Seminar, SignUp

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
    came = [name for name, *_rest, has_come in held.PEOPLE if has_come]
    for person in seminar.sign_ups.filter(name__in=came):
        attendance.check_in(person, witness=SignUp.Witness.OFFICE)
    return Seminar.objects.get(pk=seminar.pk)


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

"""The list of one venue to be signed on paper.

The only writer of AttendanceSheet, but for its end (portal.files.making).
"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django_tasks import task

from portal import pdf
from portal.audit import trail
from portal.database_clock import database_now
from portal.dates import local
from portal.files import making
from portal.languages import lang_tag
from seminars.models import AttendanceOption, AttendanceSheet, SignUp
from seminars.papers import keeping
from seminars.seats import locking

OWNER_KIND = "attendance_sheet"
STYLE = Path(__file__).with_name("sheet.css")
# It names people, and an old one is wrong.
KEPT_FOR = timedelta(days=7)
# Lines for those who come without having signed up.
SPARE_LINES = 8


def people_of(option: AttendanceOption) -> QuerySet[SignUp]:
    """Who has a place there, by name: how somebody at the door is looked for."""
    return option.sign_ups.filter(state=SignUp.State.CONFIRMED).exclude(name="").order_by("name", "pk")


@transaction.atomic
def order(option: AttendanceOption, *, reader, language: str) -> AttendanceSheet:
    """Put the sheet as it stands now into the queue; what is being made already is not made twice."""
    seminar, now = locking.locked(option.seminar)
    wanted = {"option": option, "ordered_by": reader, "language": language}
    waiting = AttendanceSheet.objects.filter(**wanted, state=AttendanceSheet.State.ORDERED).first()
    if waiting:
        return waiting
    sheet = AttendanceSheet.objects.create(**wanted, ordered_at=now, expires_at=now + KEPT_FOR)
    trail.record("seminar.sheet_ordered", obj_kind="seminar", obj_uuid=seminar.uuid, actor=reader)
    make.enqueue(str(sheet.uuid))
    return sheet


def of(option: AttendanceOption, *, reader) -> QuerySet[AttendanceSheet]:
    """The sheets that this person ordered and may still fetch, newest first."""
    own = AttendanceSheet.objects.filter(option=option, ordered_by=reader, expires_at__gt=database_now())
    return own.select_related("file")


@task()
def make(sheet_uuid: str) -> str:
    """Make the PDF and return the sheet's state. Safe to run twice; without the store it is tried again."""
    sheets = AttendanceSheet.objects.select_related("option__seminar")
    sheet = sheets.filter(uuid=UUID(sheet_uuid), state=AttendanceSheet.State.ORDERED).first()
    if sheet is None:
        return "gone"
    waiting = AttendanceSheet.objects.filter(pk=sheet.pk, state=AttendanceSheet.State.ORDERED)
    if not pdf.is_available():
        waiting.update(state=AttendanceSheet.State.FAILED)
        return AttendanceSheet.State.FAILED
    with translation.override(sheet.language):
        content = pdf.make(_html(sheet.option), style=STYLE)
    stored = keeping.keep(content, name=_name(sheet.option), owner_kind=OWNER_KIND, owner_uuid=sheet.uuid)
    if not making.settle(waiting, stored, state=AttendanceSheet.State.READY):
        return "gone"
    return AttendanceSheet.State.READY


def _html(option):
    context = {
        "lang": lang_tag(translation.get_language()),
        "seminar": option.seminar,
        "option": option,
        "people": people_of(option),
        "spare_lines": range(SPARE_LINES),
        "printed_at": database_now(),
    }
    return render_to_string("seminars/papers/sheet.html", context)


def _name(option):
    title, place = slugify(option.seminar.title_en)[:40], slugify(option.label_en)[:30]
    return f"attendance-{title or 'seminar'}-{place or 'venue'}-{local(option.seminar.starts_at):%Y%m%d}.pdf"

"""The sign-up list as a file: what the filters show, all of it, and nothing a spreadsheet would run."""

from itertools import chain

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from portal import spreadsheets
from portal.accounts.permissions import require_role
from portal.audit import trail
from portal.texts import localized
from seminars import companies, permissions, questions
from seminars.views import filters


@require_GET
@require_role(*permissions.ACTORS)
def export(request, uuid, kind):
    seminar = permissions.get_for_running(request.user, uuid)
    writers = {"csv": _csv, "xlsx": _xlsx}
    if kind not in writers:
        raise Http404
    chosen = filters.read(request.GET, seminar)
    sign_ups = seminar.sign_ups.select_related("option", "invitation_code").order_by("queue_number")
    people = chosen.apply(sign_ups)
    asked = list(seminar.questions.all())
    trail.record(
        f"seminar.exported_{kind}",
        obj_kind="seminar",
        obj_uuid=seminar.uuid,
        actor=request.user,
        changed=[],
    )
    name = f"{slugify(seminar.title_en)[:50] or 'seminar'}-{timezone.localdate():%Y%m%d}.{kind}"
    response = writers[kind](people, asked)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _headings(asked):
    return [
        _("Number"),
        _("State"),
        pgettext("of a person", "Name"),
        _("Company or organisation"),
        _("Counted with"),
        _("Type of company"),
        _("Email address"),
        _("Telephone"),
        _("Way to attend"),
        _("If no place is free"),
        _("Question"),
        _("Language"),
        _("May be written to about later seminars"),
        _("Source"),
        _("Signed up (Hong Kong time)"),
        _("Place since (Hong Kong time)"),
        _("Ended (Hong Kong time)"),
        _("Invitation code"),
        *(localized(each, "label").text for each in asked),
    ]


def _row(person, asked):
    return [
        person.queue_number,
        person.get_state_display(),
        person.name,
        person.company,
        companies.who_counts_with(person.company_key),
        person.get_company_type_display(),
        person.email,
        person.phone,
        localized(person.option, "label").text,
        person.get_if_full_display(),
        person.question,
        person.get_language_display(),
        _("yes") if person.promotion_consent else _("no"),
        person.get_source_display(),
        *(_instant(each) for each in (person.created_at, person.confirmed_at, person.ended_at)),
        person.invitation_code.code if person.invitation_code else "",
        *(text for _label, text in questions.answer_texts(person, asked)),
    ]


def _instant(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _csv(people, asked):
    rows = (_row(person, asked) for person in people.iterator(chunk_size=500))
    lines = spreadsheets.csv_lines(chain([_headings(asked)], rows))
    return StreamingHttpResponse(lines, content_type=spreadsheets.CSV)


def _xlsx(people, asked):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Sign-ups"))
    sheet.append(_headings(asked))
    for person in people.iterator(chunk_size=500):
        sheet.append([_cell(sheet, value) for value in _row(person, asked)])
    return FileResponse(spreadsheets.saved(book), content_type=spreadsheets.XLSX)


def _cell(sheet, value):
    return value if isinstance(value, int) else spreadsheets.text_cell(sheet, value)

from django import forms
from django.db import OperationalError
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.files import tables
from portal.files.refusals import Refused
from portal.forms import Form
from seminars import availability, bulk, permissions, seats
from seminars.forms import option_label
from seminars.models import SignUp
from seminars.views.answers import busy

CHECK, ADD = "check", "add"


class BulkForm(Form):
    sheet = forms.FileField(
        label=_("Spreadsheet"),
        required=False,
        help_text=_(
            "Excel (XLSX) or CSV with a row of headings: name, company, email and, if you like, more."
        ),
    )
    people = forms.CharField(
        label=_("People, a line each"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Paste from a mail or a table: name, company, email, telephone, type of company, way to attend, "
            "language, question. Only the first three are needed."
        ),
    )
    option = forms.ChoiceField(label=_("Way to attend, where a line names none"))
    company_type = forms.ChoiceField(
        label=_("Type of company, where a line names none"),
        choices=SignUp.CompanyType.choices,
        initial=SignUp.CompanyType.OTHER,
    )
    language = forms.ChoiceField(
        label=_("Language of the mails, where a line names none"),
        choices=[("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")],
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [
            (str(each.option.uuid), option_label(each)) for each in places.options
        ]

    def clean(self):
        data = self.cleaned_data
        sheet = data.get("sheet")
        if sheet:
            try:
                table = tables.read(sheet, is_heading=bulk.is_heading, most=bulk.MAX_ROWS)
            except Refused as refusal:
                self.add_error("sheet", str(refusal))
            else:
                if table.more:
                    self.add_error("sheet", bulk.too_many())
                else:
                    data["people"] = bulk.from_table(table)
        if not self.errors and not data.get("people", "").strip():
            self.add_error("people", _("Paste at least one line, or choose a spreadsheet."))
        return data

    @property
    def defaults(self):
        data = self.cleaned_data
        return bulk.Defaults(data["option"], data["company_type"], data["language"])


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def add_many(request, uuid):
    """Look first, then add all or nobody. The text box holds the rows between the two presses."""
    seminar = permissions.get_for_running(request.user, uuid)
    places = availability.every_open_option(seminar)
    form = BulkForm(
        request.POST or None,
        request.FILES or None,
        places=places,
        initial={"language": get_language()},
    )
    refusal = seats.adding_refusal(seminar, database_now())
    context = {"seminar": seminar, "form": form, "availability": places}
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid() and refusal:
            # What was pasted stays in its box.
            form.add_error(None, str(refusal))
            code = 409
        elif form.is_valid():
            code, more = _handle(request, seminar, form, places)
            context |= more
    elif refusal:
        context["refusal"] = refusal
    return render(request, "seminars/office/add_many.html", context, status=code)


def _handle(request, seminar, form, places):
    rows = bulk.read(form.cleaned_data["people"])
    good = bulk.check(seminar, rows, form.defaults, places)
    # The box shows what was read from the sheet, so that it can be corrected and sent again.
    form.data = {**form.data.dict(), "people": form.cleaned_data["people"]}
    shown = {"rows": rows, "good": good, "ready": sum(not row.is_known for row in rows)}
    if not good:
        return 422, shown
    if request.POST.get("act") != ADD:
        return 200, shown
    try:
        entries = [(row.option, row.details) for row in rows]
        for row, person in zip(rows, seats.add_many(seminar, entries, actor=request.user), strict=True):
            row.outcome, row.is_known = person, person is None
    except seats.SeatError as error:
        form.add_error(None, str(error))
        return 409, shown
    except OperationalError:
        busy(form)
        return 503, shown
    return 200, {**shown, "done": _done(rows)}


def _done(rows):
    added = sum(row.outcome is not None for row in rows)
    return ngettext(
        "%(count)s person is added and gets a mail.", "%(count)s people are added and get a mail each.", added
    ) % {"count": added}

"""Samples of what the floor draws itself: colours, type, buttons, forms, notices, lists, charts."""

from django import forms as django_forms
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import forms
from portal.charts import Bar, Chart
from portal.office import palette, showcase
from portal.office.showcase import Exhibit, Sample

MARKS = (
    *("air", "arrow", "bolt", "calendar", "check", "clock", "cross", "document", "down", "drop", "factory"),
    *("leaf", "lock", "people", "phone", "pin", "screen", "seal", "search", "speech", "typhoon", "upload"),
    "warning",
)


class SampleForm(forms.Form):
    """One field of each kind."""

    company = django_forms.CharField(label=_("Company"), help_text=_("As on the certificate"))
    email = forms.EmailField(label=_("Email address"))
    staff = forms.IntegerField(label=_("Technical staff"), suffix=_("people"))
    cost = forms.DecimalField(label=_("Cost saved a year"), prefix="HK$", required=False)
    start = forms.DateField(label=_("Start"), help_text=_("For example, 27 3 2025"))
    text = django_forms.CharField(
        label=_("How you help factories"), max_length=300, widget=django_forms.Textarea({"rows": "3"})
    )
    where = django_forms.MultipleChoiceField(
        label=_("Where"),
        choices=[("hk", _("Hong Kong")), ("gd", _("Guangdong"))],
        widget=django_forms.CheckboxSelectMultiple,
    )
    way = django_forms.ChoiceField(
        label=_("Way to attend"),
        choices=[("online", _("Online")), ("venue", _("At the venue"))],
        widget=django_forms.RadioSelect,
    )
    language = django_forms.ChoiceField(
        label=_("Language"), choices=[("", pgettext_lazy("choice", "Choose")), ("en", "English")]
    )
    paper = django_forms.FileField(label=_("Document"))
    agree = django_forms.BooleanField(label=_("I have read the statement above."))


def _colours():
    return {
        "colours": palette.colours().items(),
        "text_pairs": _pairs(palette.TEXT),
        "sign_pairs": _pairs(palette.SIGNS),
    }


def _pairs(table):
    return [
        {"front": front, "ground": ground, "ratio": f"{palette.contrast(front, ground):.1f}"}
        for front, grounds in table.items()
        for ground in grounds
    ]


def _forms():
    wrong = {"wrong-email": "mei", "wrong-staff": "４", "wrong-start_day": "31", "wrong-start_month": "2"}
    return {"empty": SampleForm(prefix="empty"), "form": SampleForm(wrong, prefix="wrong")}


def _notices():
    return {
        "messages": [
            Sample(name=_("Your changes are saved."), level_tag=constants.DEFAULT_TAGS[constants.SUCCESS]),
            Sample(name=_("Nothing was changed."), level_tag=constants.DEFAULT_TAGS[constants.INFO]),
            Sample(name=_("The round closes today."), level_tag=constants.DEFAULT_TAGS[constants.WARNING]),
            Sample(name=_("The file holds a macro."), level_tag=constants.DEFAULT_TAGS[constants.ERROR]),
        ]
    }


def _lists():
    industry = Sample(
        name="industry", label=_("Industry"), choices=[("textiles", _("Textiles"))], chosen="textiles"
    )
    companies = [
        (_("Demo Blue Harbour Limited"), "DEMO-0007", 12, Sample(label=_("Open now"), colour="green")),
        (
            _("Demo Clear Current Limited"),
            "DEMO-0003",
            4,
            Sample(label=pgettext_lazy("seminar", "Postponed"), colour="yellow"),
        ),
        (_("Demo Green Loom Limited"), "DEMO-0011", 131, Sample(label=_("Optional"), colour="grey")),
    ]
    return {
        "companies": companies,
        "selects": [industry],
        "list_url": "",
        "chips": [Sample(label=_("Textiles"), url="?")],
        "page": Paginator(range(200), 10).page(7),
        "now": timezone.now(),
        "crumbs": [Sample(label=_("Home"), url="?"), Sample(label=_("Components"), url="?")],
    }


def _charts():
    months = [(_("March"), 4), (_("April"), 9), (_("May"), 6), (_("June"), 12)]
    ages = [(_("In verification"), 21, 15), (_("In assessment"), 8, 30)]
    return {
        "upright": Chart(
            "sample-upright",
            _("Applications received"),
            _("Columns, one for each month"),
            [_("Month"), _("Applications")],
            [(name, str(value)) for name, value in months],
            [Bar(name, value) for name, value in months],
            is_upright=True,
        ),
        "lying": Chart(
            "sample-lying",
            _("Age of open cases"),
            _("Bars with a mark where the target lies"),
            [_("Status"), _("Days"), _("Target")],
            [(name, str(days), str(target)) for name, days, target in ages],
            [
                Bar(name, days, tone="bad" if days > target else "", limit=target)
                for name, days, target in ages
            ],
        ),
    }


def register():
    for order, (code, title, samples) in enumerate(
        (
            ("colour", _("Colour"), _colours),
            ("type", pgettext_lazy("letters", "Type"), dict),
            ("marks", _("Marks"), lambda: {"marks": MARKS}),
            ("buttons", _("Buttons, links and tags"), dict),
            ("notices", _("Notices and banners"), _notices),
            ("forms", _("Forms"), _forms),
            ("lists", _("Lists, tables and filters"), _lists),
            ("charts", _("Charts"), _charts),
        )
    ):
        showcase.register(Exhibit(code, title, f"office/exhibits/{code}.html", samples, order))

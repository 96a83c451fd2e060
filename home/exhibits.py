"""Samples for the component page: what content pages are built from."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import blocks
from portal.office import showcase
from portal.office.showcase import Exhibit, Sample


def _figures():
    return [
        Sample(number="2008", what=_("Programme launched"), as_of=_("April 2008"), source=_("Made up")),
        Sample(number="1,234", what=_("Example of a count"), as_of=_("As of June 2025"), source=_("Made up")),
        Sample(
            number=_("HK$5.6 million"), what=_("Example of a sum"), as_of=_("In 2024"), source=_("Made up")
        ),
    ]


def _body():
    return [
        {
            "type": "quote",
            "value": {"text": _("We saved more than we had hoped."), "attribution": _("Made up")},
        },
        {
            "type": "steps",
            "value": [
                {"title": _("Read the form"), "text": _("Every question stands there before you start.")},
                {"title": _("Fill it in together"), "text": _("Several colleagues can work on it.")},
                {"title": _("Submit"), "text": _("You get a receipt with a reference number.")},
            ],
        },
        {
            "type": "details",
            "value": {"summary": _("Line that is always shown"), "text": _("Text that opens")},
        },
        {
            "type": "call_to_action",
            "value": {
                "title": _("Take part in a seminar"),
                "text": _("No account is needed."),
                "link": {"label": _("All seminars"), "path": "events/", "page": None},
            },
        },
        {
            "type": "video",
            "value": {"title": _("A visit to a factory"), "url": "https://www.example.org/", "note": ""},
        },
    ]


def _samples():
    link = blocks.LinkBlock().to_python(
        {"label": _("Who can apply, and how"), "page": None, "path": "search/"}
    )
    case = Sample(
        name="case",
        get_industry_display=_("Textiles"),
        title=_("Heat from waste water warms the dye baths"),
        illustrative=True,
        summary=_("An invented dye works uses the heat of its waste water."),
        figures=[(_("Investment"), "HK$1,200,000"), (_("Payback"), _("2.4 years"))],
    )
    return {
        "entries": [
            Sample(icon=mark, title=title, text=_("One sentence says what there is."), links=[link])
            for mark, title in (
                ("factory", _("I run a factory")),
                ("leaf", _("I provide technology")),
                ("seal", _("I check a certificate")),
            )
        ],
        "figures": _figures(),
        "case": case,
        "body": blocks.ContentBlock().to_python(_body()),
    }


def register():
    showcase.register(Exhibit("content", gettext_lazy("Content pages"), "home/exhibits.html", _samples, 20))

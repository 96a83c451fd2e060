from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.forms import Form
from portal.texts import localized
from seminars import joining

HOURS = (
    (1, _("1 hour before the start")),
    (3, _("3 hours before the start")),
    (24, _("1 day before the start")),
    (48, _("2 days before the start")),
    (72, _("3 days before the start")),
    (168, _("1 week before the start")),
)


class BeforeForm(Form):
    """The links to join, and which mails go by themselves before the start."""

    hours_before = forms.TypedChoiceField(
        label=_("When the link is sent"),
        choices=HOURS,
        coerce=int,
        widget=forms.Select,
        help_text=_(
            "From then on it also stands on each person’s own page. "
            "Whoever gets a place later gets it at once."
        ),
    )
    day_before = forms.BooleanField(
        label=_("Remind people a day before, and tell those who still wait"), required=False
    )
    hour_before = forms.BooleanField(label=_("Remind people an hour before"), required=False)

    def __init__(self, *args, seminar, **kwargs):
        initial = {
            "hours_before": seminar.link_hours_before,
            "day_before": seminar.reminds_day_before,
            "hour_before": seminar.reminds_hour_before,
        }
        self.options = [each for each in seminar.options.all() if joining.is_joined_online(each)]
        initial |= {f"link_{option.pk}": option.join_link for option in self.options}
        super().__init__(*args, initial=initial, **kwargs)
        if self.is_bound:
            # A way to attend that was added after the page was opened keeps its link.
            self.options = [each for each in self.options if f"link_{each.pk}" in self.data]
        for option in self.options:
            self.fields[f"link_{option.pk}"] = self._link_field(option)
            self.prepare(f"link_{option.pk}")
        self.order_fields([f"link_{option.pk}" for option in self.options])

    def _link_field(self, option):
        return forms.CharField(
            label=_("Link to join: {option}").format(option=localized(option, "label")),
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs={"type": "url", "spellcheck": "false", "autocomplete": "off"}),
            validators=[
                URLValidator(
                    schemes=["https"],
                    code="no_https",
                    message=_("Enter the whole address of the online meeting, beginning with https://"),
                )
            ],
            help_text=_(
                "Sent to people with a place only; it stands on no public page. If it changes after it "
                "was sent, everybody gets the new one."
            ),
        )

    @property
    def links(self):
        """Primary key of each way to attend -> its link."""
        return {option.pk: self.cleaned_data[f"link_{option.pk}"] for option in self.options}

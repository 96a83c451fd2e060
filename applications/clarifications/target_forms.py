from django.utils.translation import pgettext_lazy

from applications.models import Status
from portal.forms import Form, IntegerField


class TargetsForm(Form):
    """A number of days for each status that has a target."""

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        for status, target in days.items():
            self.fields[status] = IntegerField(
                label=Status(status).label,
                initial=target,
                min_value=1,
                max_value=730,
                suffix=pgettext_lazy("unit", "days"),
            )
            self.prepare(status)

    @property
    def wanted(self) -> dict[Status, int]:
        return {Status(name): number for name, number in self.cleaned_data.items()}

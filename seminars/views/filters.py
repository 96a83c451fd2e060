"""The filters of the sign-up list. All of them stand in the address; an unknown value shows nobody."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.listing import Chip, Listing
from portal.search.filtering import matching
from portal.texts import colon, localized
from seminars.companies import fold_email
from seminars.models import SignUp


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Filters:
    search: str
    selects: tuple[Select, ...]

    def apply(self, sign_ups):
        if self.search:
            words = matching(
                self.search, columns=("name", "company"), folded=("folded_name", "folded_company")
            )
            sign_ups = sign_ups.filter(words | Q(email_key__contains=fold_email(self.search)))
        for select in self.selects:
            if not select.chosen:
                continue
            if select.chosen not in dict(select.choices):
                return sign_ups.none()
            sign_ups = sign_ups.filter(**_condition(select))
        return sign_ups

    @property
    def values(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        chosen = {"q": self.search} | {select.name: select.chosen for select in self.selects}
        return {name: value for name, value in chosen.items() if value}

    def chips(self, query) -> list[Chip]:
        labels = [("q", _("Search: %(words)s") % {"words": self.search})] if self.search else []
        for select in self.selects:
            if select.chosen:
                shown = dict(select.choices).get(select.chosen, select.chosen)
                labels.append((select.name, f"{select.label}{colon()}{shown}"))
        listing = Listing("", query.dict())
        return [listing.chip(name, label) for name, label in labels]


def read(query, seminar) -> Filters:
    options = tuple((str(each.uuid), localized(each, "label").text) for each in seminar.options.all())
    return Filters(
        query.get("q", "").replace("\0", "").strip()[:100],
        (
            _select("state", _("State"), SignUp.State.choices, query),
            _select("option", _("Way to attend"), options, query),
            _select("attended", _("Attendance"), (("yes", _("Came")), ("no", _("Did not come"))), query),
            _select("company_type", _("Type of company"), SignUp.CompanyType.choices, query),
        ),
    )


def _condition(select):
    if select.name == "attended":
        return {"attended_at__isnull": select.chosen == "no"}
    return {"option__uuid" if select.name == "option" else select.name: select.chosen}


def _select(name, label, choices, query):
    return Select(name, label, tuple((value, str(text)) for value, text in choices), query.get(name, ""))

"""The officers' list of cases: what an address asks for, and exactly the rows that answer it.

All state of the list stands in the address. A value nobody knows, or an empty choice, answers with no rows
and the page says so: a filter that falls back to "everything" would lie.
"""

from dataclasses import dataclass, fields
from uuid import UUID

from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from applications.models import Application, Round, Status
from applications.permissions import cases_visible_to
from portal import listing
from portal.accounts.models import Role, User
from portal.search.filtering import matching
from portal.texts import FALLBACKS, SUFFIX_OF

PER_PAGE = 25
LONGEST_SEARCH = 100
ANY, ME, NOBODY, ACTIVE, OVERDUE = "any", "me", "nobody", "active", "overdue"
# What officers have to do something about, or wait for.
ACTIVE_STATUSES = (Status.SUBMITTED, Status.IN_VERIFICATION, Status.CLARIFICATION_REQUESTED)
# In the order in which a case passes through them.
STATUSES = [status for status in Status if status != Status.DRAFT]
SORTS = ("company", "reference", "submitted", "changed", "status")
DEFAULT_SORT = "submitted"


@dataclass(frozen=True)
class CaseList:
    """One list as its address asks for it. Values stay as they came, so that a page can name a wrong one."""

    q: str = ""
    status: str = ANY
    round: str = ANY
    officer: str = ANY
    due: str = ANY
    sort: str = DEFAULT_SORT
    page: str = "1"

    @classmethod
    def from_query(cls, query: QueryDict) -> "CaseList":
        return cls(**listing.asked_for(query, DEFAULTS))

    def query(self, **changes: str) -> str:
        """The shortest address that asks for this list, with some values changed; first page unless said."""
        return self.listing.query(**changes)

    @property
    def listing(self) -> listing.Listing:
        return listing.Listing(reverse("cases:queue"), vars(self), DEFAULTS)

    @property
    def known_sort(self) -> str:
        return self.sort if self.sort.removeprefix("-") in SORTS else DEFAULT_SORT

    def active(self) -> list[str]:
        """Names of the filters that narrow the list, in the order of the form."""
        return [name for name in FILTERS if getattr(self, name) != DEFAULTS[name]]

    def unknown(self, *, rounds: set[UUID], officers: set[UUID]) -> list[str]:
        """Names of the filters whose value no choice offers."""
        known = {
            "q": len(self.q) <= LONGEST_SEARCH,
            "status": self.status in {ANY, ACTIVE, *STATUSES},
            "round": self.round == ANY or _uuid(self.round) in rounds,
            "officer": self.officer in {ANY, ME, NOBODY} or _uuid(self.officer) in officers,
            "due": self.due in {ANY, OVERDUE},
        }
        return [name for name, is_known in known.items() if not is_known]

    def rows(
        self, *, user: User, rounds: set[UUID], officers: set[UUID], late: Q | None = None
    ) -> QuerySet[Application]:
        """`late` is targets.overdue; it is needed where the list asks for what is overdue."""
        if self.unknown(rounds=rounds, officers=officers):
            return Application.objects.none()
        cases = cases_visible_to(user).filter(matches(self.q))
        if self.status == ACTIVE:
            cases = cases.filter(status__in=ACTIVE_STATUSES)
        elif self.status != ANY:
            cases = cases.filter(status=self.status)
        if self.round != ANY:
            cases = cases.filter(round__uuid=self.round)
        if self.officer != ANY:
            cases = cases.filter(_handled_by(self.officer, user))
        if self.due == OVERDUE:
            cases = cases.filter(late)
        return cases.order_by(*_order(self.known_sort))


FILTERS = ("q", "status", "round", "officer", "due")
DEFAULTS = {field.name: field.default for field in fields(CaseList)}


def page_of(cases: QuerySet[Application], number: str):
    """One page of rows with all that a row shows; a page past the end is the last one."""
    page = listing.page_of(cases, number, per_page=PER_PAGE)
    # Joined after the page is cut out: sorted whole, every case would drag company and round along.
    rows = Application.objects.filter(pk__in=page.object_list.values("pk"))
    page.object_list = rows.select_related("provider", "round", "assignee").order_by(*cases.query.order_by)
    return page


# The lists that officers open most: name -> what its address asks for.
PRESETS = {
    "all": CaseList(),
    "mine": CaseList(officer=ME, status=ACTIVE),
    "free": CaseList(officer=NOBODY, status=ACTIVE),
    "overdue": CaseList(due=OVERDUE),
}


def preset_counts(user: User, late: Q) -> dict[str, int]:
    """How many cases each preset shows, in one query."""
    active = Q(status__in=ACTIVE_STATUSES)
    return cases_visible_to(user).aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=active & Q(assignee=user)),
        free=Count("pk", filter=active & Q(assignee=None)),
        overdue=Count("pk", filter=late),
    )


def rounds_with_cases():
    """Rounds, newest first, without those in preparation: not everybody who reads cases may know of them."""
    return Round.objects.exclude(state=Round.State.PREPARING, released_at=None).order_by("-opens_at", "-id")


def rounds_with_drafts() -> list[Round]:
    """The same, each with `drafts`: how many applications are begun and not submitted."""
    # Counted by themselves: joined to rounds, every application that was ever handed in would be read.
    begun = Application.objects.filter(round=OuterRef("pk"), status=Status.DRAFT).order_by().values("round")
    drafts = Coalesce(Subquery(begun.annotate(number=Count("pk")).values("number")), 0)
    return list(rounds_with_cases().annotate(drafts=drafts))


def officers_by_name() -> QuerySet[User]:
    """Who may be given a case."""
    return User.objects.filter(is_active=True, staff_roles__role=Role.OFFICER).order_by(Lower("name"), "id")


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def matches(words: str, *, through: str = "") -> Q:
    """Every word stands in the reference or in one of the company's names, in whichever script.

    `through` leads from the rows that are looked at to their application, as in `application__`.
    """
    columns = ("reference", "provider__name_en", "provider__name_zh_hant", "provider__name_zh_hans")
    return matching(
        words,
        columns=[f"{through}{column}" for column in columns],
        folded=[f"{through}provider__folded_names"],
    )


def _handled_by(officer, user):
    if officer == NOBODY:
        return Q(assignee=None)
    return Q(assignee=user) if officer == ME else Q(assignee__uuid=officer)


def _order(sort):
    name = sort.removeprefix("-")
    keys = {
        "company": Lower(_shown_name()),
        "reference": "reference",
        "submitted": "submitted_at",
        "changed": "status_changed_at",
        "status": Case(*[When(status=status, then=Value(rank)) for rank, status in enumerate(STATUSES)]),
    }
    key = keys[name]
    if isinstance(key, str):
        first = f"-{key}" if sort.startswith("-") else key
    else:
        first = key.desc() if sort.startswith("-") else key.asc()
    # The reference makes the order total: no row stands on two pages.
    return [first, "reference", "id"]


def _shown_name():
    """The company name that the reader of this language sees first."""
    codes = FALLBACKS.get(translation.get_language(), FALLBACKS["en"])
    columns = [NullIf(f"provider__name_{SUFFIX_OF[code]}", Value("")) for code in codes]
    return Coalesce(*columns, Value(""), output_field=CharField())

"""Which company somebody is counted with at one seminar, and what the organiser says about that.

Called under the seminar's lock. What the organiser has merged or separated comes first; then the company
whose people have the same domain, then the one with the same name, so that one company in several spellings,
scripts and mailboxes has one cap.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars.companies import company_key, company_of
from seminars.models import CompanyAlias, Seminar, SignUp
from seminars.seats import locking
from seminars.seats.filling import fill
from seminars.seats.refusals import SeatError


class Recognition:
    """What the companies of some people count as at one seminar: read once for all of them.

    By the organiser's word, else as whoever shares domain or name and came first.
    """

    def __init__(self, seminar: Seminar, people: Iterable[tuple[str, str]], *, besides: SignUp | None = None):
        """`people` are pairs of company and address as typed; `besides` is a sign-up that is not asked."""
        found = [company_of(company, email) for company, email in people]
        self._counted = _counted_as(seminar, found, besides) if any(each.keys for each in found) else {}

    def columns(self, company: str, email: str) -> dict[str, str]:
        """Those of a sign-up that say which company it is of. Whoever is recognised later counts with it."""
        found = company_of(company, email)
        key = next((self._counted[own] for own in found.keys if own in self._counted), None)
        key = key or company_key(company, email)
        for own in found.keys:
            self._counted.setdefault(own, key)
        return {"company_domain": found.domain, "company_name_key": found.name[:255], "company_key": key}


def _counted_as(seminar, companies, besides):
    """Own key -> what it counts as."""
    keys = {key for each in companies for key in each.keys}
    domains, names = {each.domain for each in companies}, {each.name[:255] for each in companies}
    shared = Q(company_domain__in=domains - {""}) | Q(company_name_key__in=names - {""})
    people = seminar.sign_ups.live().filter(shared).order_by()
    if besides:
        people = people.exclude(pk=besides.pk)
    said = CompanyAlias.objects.filter(key__in=keys)
    # One query for both: this stands in the way of everybody who signs up.
    rows = people.values_list("queue_number", "company_domain", "company_name_key", "company_key").union(
        said.values_list(Value(0), "key", Value(""), "counts_as"), all=True
    )
    counted = {}
    for number, first, name, key in sorted(rows, reverse=True):
        own = [first] if number == 0 else [f"domain:{first}"[:255], f"name:{name}"[:255]]
        counted.update(dict.fromkeys(keys.intersection(own), key))
    return counted


@transaction.atomic
def merge_companies(seminar: Seminar, *, keys: list[str], actor) -> int:
    """Count several companies as one from now on, at this seminar and at every later one; then fill.

    Nobody loses a place: a company that has more than its cap gets none until it has fewer. Returns how many
    people now count together. Raises SeatError for fewer than two companies of this seminar.
    """
    seminar, now = locking.locked(seminar)
    people = list(seminar.sign_ups.filter(company_key__in=keys).order_by("queue_number"))
    together = {person.company_key for person in people}
    if len(together) < 2:
        raise SeatError(_("Choose at least two companies."))
    leading = _leading(people)
    own = {key for person in people for key in _own_keys(person)} | together
    _say(dict.fromkeys(own, leading))
    CompanyAlias.objects.filter(counts_as__in=together).update(counts_as=leading)
    seminar.sign_ups.filter(company_key__in=together).update(company_key=leading)
    trail.record(
        "seminar.companies_merged",
        obj_kind="seminar",
        obj_uuid=seminar.uuid,
        actor=actor,
        changed=["company_key"],
    )
    fill(seminar, now=now)
    return len(people)


@transaction.atomic
def separate_company(seminar: Seminar, *, key: str, actor) -> int:
    """Count people by what their own addresses and names say again, then fill. Returns how many there were.

    It is remembered, so that the same names are not joined by themselves once more.
    """
    seminar, now = locking.locked(seminar)
    people = list(seminar.sign_ups.filter(company_key=key))
    _say({own: own for person in people for own in _own_keys(person)})
    for person in people:
        person.company_key = next(iter(_own_keys(person)), person.company_key)
    SignUp.objects.bulk_update(people, ["company_key"])
    trail.record(
        "seminar.company_separated",
        obj_kind="seminar",
        obj_uuid=seminar.uuid,
        actor=actor,
        changed=["company_key"],
    )
    fill(seminar, now=now)
    return len(people)


def follow_aliases(seminar: Seminar) -> None:
    """Take over what was merged at another seminar since; the caller holds the lock and fills."""
    live = seminar.sign_ups.live()
    keys = set(live.values_list("company_key", flat=True))
    for alias in CompanyAlias.objects.filter(key__in=keys):
        if alias.counts_as != alias.key:
            live.filter(company_key=alias.key).update(company_key=alias.counts_as)


def _own_keys(person):
    pairs = (("domain", person.company_domain), ("name", person.company_name_key))
    return [f"{kind}:{value}"[:255] for kind, value in pairs if value]


def _leading(people):
    """A company's own domain names it best, else the key of whoever came first."""
    keys = [person.company_key for person in people]
    return next((key for key in keys if key.startswith("domain:")), keys[0])


def _say(counts_as):
    # In order, so that two organisers who merge at once wait for each other and no deadlock comes of it.
    CompanyAlias.objects.bulk_create(
        [CompanyAlias(key=key, counts_as=counts_as[key]) for key in sorted(counts_as)],
        update_conflicts=True,
        update_fields=["counts_as"],
        unique_fields=["key"],
    )

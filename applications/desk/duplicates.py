"""What looks like something else the office has already: a reason to look, never a finding.

Registration numbers are compared as they were handed in; project records by their number, or by factory,
technology and month of the start. Drafts are not the office's to see, so nothing of them is compared.
"""

from dataclasses import dataclass

from django.db.models import Q

from applications.models import Application, ProjectRecord, Status, Submission
from portal.accounts.models import Provider, RegistrationClaim

MOST = 20


@dataclass(frozen=True)
class LikeProject:
    own: ProjectRecord
    other: ProjectRecord
    is_same_number: bool

    @property
    def is_same_company(self) -> bool:
        return self.own.application.provider_id == self.other.application.provider_id


@dataclass(frozen=True)
class Hints:
    companies: list[Provider]
    open_claims: int
    projects: list[LikeProject]

    def __bool__(self):
        return bool(self.companies or self.open_claims or self.projects)


def hints(case: Application, submission: Submission) -> Hints:
    """Four queries at most, each by an index, whatever there is."""
    return Hints(
        companies=_companies(case, submission),
        open_claims=RegistrationClaim.objects.filter(
            provider=case.provider_id, state=RegistrationClaim.State.OPEN
        ).count(),
        projects=_projects(case),
    )


def _companies(case, submission):
    """Other companies that hold a number under which this application was handed in."""
    identity = submission.content["identity"]
    held = Q(pk__in=[])
    for name in ("hk_registration", "mainland_registration"):
        if identity.get(name):
            held |= Q(**{name: identity[name]})
    return list(Provider.objects.filter(held).exclude(pk=case.provider_id)[:MOST])


def _projects(case):
    own = [each for each in case.projects.all() if each.number_key or each.match_key]
    if not own:
        return []
    for record in own:
        record.application = case
    numbers = {each.number_key: each for each in own if each.number_key}
    matches = {each.match_key: each for each in own if each.match_key}
    others = (
        ProjectRecord.objects.filter(Q(number_key__in=numbers) | Q(match_key__in=matches))
        .exclude(application=case.pk)
        .exclude(application__status=Status.DRAFT)
        .filter(application__round__opens_at__lte=case.round.opens_at)
        .select_related("application__provider", "application__round")
        .order_by("-application__submitted_at", "id")
    )
    return [
        LikeProject(numbers.get(each.number_key) or matches[each.match_key], each, each.number_key in numbers)
        for each in others[:MOST]
    ]

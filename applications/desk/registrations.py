"""Companies as the office sees them: whose registration waits for a look, and what there is to compare."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from applications.models import Application, Status, Submission
from portal.accounts.models import Provider, RegistrationClaim
from portal.search.filtering import matching

WAITING, CLAIMED_TWICE, VERIFIED, ALL = "waiting", "claims", "verified", "all"
STATES = (WAITING, CLAIMED_TWICE, VERIFIED, ALL)
IDENTITY = ("name_en", "name_zh_hant", "name_zh_hans", "hk_registration", "mainland_registration")
# What a second claimant typed.
ENTERED = (*IDENTITY, "address", "telephone", "website")


def _handed_in():
    return Exists(Application.objects.filter(provider=OuterRef("pk")).exclude(status=Status.DRAFT))


def _claimed():
    return Exists(
        RegistrationClaim.objects.filter(provider=OuterRef("pk"), state=RegistrationClaim.State.OPEN)
    )


def companies(state: str, search: str = "") -> QuerySet[Provider]:
    """Who has handed something in, or whose number is claimed twice; an unknown state holds nobody."""
    rows = Provider.objects.annotate(handed_in=_handed_in(), is_claimed=_claimed())
    rows = rows.filter(Q(handed_in=True) | Q(is_claimed=True))
    verified = Q(verification=Provider.Verification.VERIFIED)
    wanted = {
        WAITING: ~verified,
        CLAIMED_TWICE: Q(is_claimed=True),
        VERIFIED: verified,
        ALL: Q(),
    }
    if state not in wanted:
        return Provider.objects.none()
    found = matching(search, columns=IDENTITY, folded=["folded_names"])
    return rows.filter(wanted[state] & found).select_related("verified_by").order_by("created_at", "id")


def counts() -> dict[str, int]:
    """How many companies each state shows, in one query."""
    verified = Q(verification=Provider.Verification.VERIFIED)
    return companies(ALL).aggregate(
        waiting=Count("pk", filter=~verified),
        claims=Count("pk", filter=Q(is_claimed=True)),
        verified=Count("pk", filter=verified),
        all=Count("pk"),
    )


def newest_submission(provider: Provider) -> Submission | None:
    """What the company handed in last, in whichever round; what is a draft is not the office's to see."""
    submissions = Submission.objects.select_related("application", "form_version", "application__round")
    handed_in = submissions.filter(application__provider=provider)
    return handed_in.exclude(application__status=Status.DRAFT).order_by("-submitted_at", "-id").first()

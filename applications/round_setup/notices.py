"""The mails to companies with a draft: its form was corrected, its closing time was moved."""

from collections.abc import Iterable

from applications.models import Application, Extension, FormVersion, Round, Status
from portal import addresses
from portal.accounts.models import Membership
from portal.mail import kinds, outbox

CORRECTED, EXTENDED = "application.form_corrected", "application.extended"


def register() -> None:
    for code in (CORRECTED, EXTENDED):
        kinds.register(kinds.Kind(code, still_due=_is_draft, links=_places))


def drafts_of(round: Round) -> list[Application]:
    return list(round.applications.filter(status=Status.DRAFT).select_related("provider"))


def put_corrected(round: Round, version: FormVersion, changes: list) -> None:
    """Tell everybody of the companies with a draft, once per version."""
    outbox.put_many(
        CORRECTED,
        recipients=_people(drafts_of(round), f"form-corrected:{version.pk}"),
        template="applications/emails/form_corrected",
        context={"round": round, "changes": changes},
    )


def put_extended(extension: Extension, applications: Iterable[Application]) -> None:
    outbox.put_many(
        EXTENDED,
        recipients=_people(applications, f"extended:{extension.uuid}"),
        template="applications/emails/extended",
        context={"round": extension.round, "extension": extension},
        expires_at=extension.closes_at,
    )


def _people(applications, key):
    by_provider = {each.provider_id: each for each in applications}
    memberships = Membership.objects.filter(provider__in=by_provider, user__is_active=True)
    return [
        outbox.Recipient(
            f"{key}:{application.uuid}:{member.user.uuid}",
            member.user.email,
            member.user.language,
            application.uuid,
        )
        for member in memberships.select_related("user").order_by("pk")
        for application in [by_provider[member.provider_id]]
    ]


def _is_draft(message):
    return Application.objects.filter(uuid=message.about, status=Status.DRAFT).exists()


def _places(message):
    application = Application.objects.select_related("provider").get(uuid=message.about)
    return {
        "company": str(application.provider),
        "application": addresses.page_in(message.language, "applications:application", application.uuid),
    }

"""What keeps the last person of a company: its applications. See portal.accounts.departing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Status
from portal.accounts import departing
from portal.accounts.models import Provider
from portal.texts import localized


def register() -> None:
    departing.register(obstacle)


def obstacle(provider: Provider) -> departing.Obstacle | None:
    applications = list(provider.applications.select_related("round").order_by("pk"))
    if any(each.status != Status.DRAFT or each.submissions.exists() for each in applications):
        return departing.Obstacle(
            _(
                "You are the only person of your company, and it has submitted an application: somebody must "
                "be able to answer for it. Invite a colleague and hand the company over, or write to the "
                "Secretariat if there is nobody."
            ),
            (departing.invite(),),
        )
    if not applications:
        return None
    return departing.Obstacle(
        _(
            "You are the only person of your company, and it still has drafts. Delete them first, or invite "
            "a colleague and hand the company over."
        ),
        (*map(_delete, applications), departing.invite()),
    )


def _delete(application):
    return departing.Way(
        _("Delete the draft for “%(round)s”") % {"round": localized(application.round, "name")},
        reverse("applications:delete", args=[application.uuid]),
    )

"""The mails about an application: who gets them, whether each is still due, and its link."""

from django.db.models import Q, QuerySet

from applications.models import Application, Status, Submission
from portal import addresses
from portal.accounts.models import Membership, User
from portal.mail import kinds, outbox
from portal.texts import localized

RECEIPT = "application.receipt"
WITHDRAWN_CASE = "case.withdrawn"
# What each notice says, and the statuses in which it is still true.
STILL_TRUE = {
    "taken_back": {Status.DRAFT},
    "withdrawn": {Status.WITHDRAWN},
    "being_checked": {Status.IN_VERIFICATION, Status.CLARIFICATION_REQUESTED, Status.IN_ASSESSMENT},
    "ineligible": {Status.INELIGIBLE},
}


def register() -> None:
    kinds.register(kinds.Kind(RECEIPT, links=_receipt_link, priority=20))
    for notice, statuses in STILL_TRUE.items():
        kinds.register(
            kinds.Kind(f"application.{notice}", still_due=_in_one_of(statuses), links=application_link)
        )
    kinds.register(
        kinds.Kind(WITHDRAWN_CASE, still_due=_in_one_of(STILL_TRUE["withdrawn"]), links=_case_link)
    )


def put_receipt(submission: Submission) -> None:
    """Queue the confirmation for the submitter and the company's owner."""
    application = submission.application
    for user in readers(application, also=submission.submitted_by_id):
        outbox.put(
            RECEIPT,
            key=f"application-receipt:{submission.uuid}:{user.uuid}",
            to=user.email,
            language=user.language,
            template="applications/emails/receipt",
            context={
                "application": application,
                "submission": submission,
                "round_name": _in(user.language, application.round),
                "provider": application.provider,
                "files": _files_in(user.language, submission),
                "person": user,
            },
            about=submission.uuid,
        )


def put_to_company(application: Application, notice: str, *, event_number: int, message: str = "") -> None:
    """Queue one of the notices of STILL_TRUE for the newest submitter and the owner.

    `event_number` tells repeated notices of one kind apart, so that a second press sends nothing twice.
    """
    newest = application.submissions.order_by("-number").values_list("submitted_by_id", flat=True).first()
    for user in readers(application, also=newest):
        outbox.put(
            f"application.{notice}",
            key=f"application-{notice}:{application.uuid}:{event_number}:{user.uuid}",
            to=user.email,
            language=user.language,
            template=f"applications/emails/{notice}",
            context={
                "application": application,
                "round_name": _in(user.language, application.round),
                "provider": application.provider,
                "person": user,
                "message": message,
            },
            about=application.uuid,
        )


def put_to_officer(application: Application) -> None:
    """Queue word of a withdrawal for whoever has the case: a visit may be planned, a letter on its way."""
    user = application.assignee
    if user is None or not user.is_active:
        return
    outbox.put(
        WITHDRAWN_CASE,
        key=f"{WITHDRAWN_CASE}:{application.uuid}:{user.uuid}",
        to=user.email,
        language=user.language,
        template="applications/emails/office_withdrawn",
        context={"application": application, "provider": application.provider, "person": user},
        about=application.uuid,
    )


def readers(application: Application, *, also: int | None):
    """Who of a company is told: its owner and the person with this id."""
    owner = Q(memberships__provider=application.provider_id, memberships__role=Membership.Role.OWNER)
    return User.objects.filter(owner | Q(pk=also), is_active=True).distinct().order_by("pk")


def who_may_act(provider_id: int) -> QuerySet[User]:
    """Everybody of a company who can do something about an application, once each."""
    acting = Membership.objects.filter(provider=provider_id).exclude(role=Membership.Role.VIEW)
    return User.objects.filter(is_active=True, memberships__in=acting).order_by("pk")


def _in(language, round):
    return str(localized(round, "name", language))


def _files_in(language, submission):
    """(document, name) of every file: a name alone does not say for which document it was taken."""
    documents = {each["uid"]: each for each in submission.form_version.definition["documents"]}
    return [
        (str(localized(documents[each["slot"]], "name", language)), each["name"])
        for each in submission.content["files"]
    ]


def _in_one_of(statuses):
    def still_due(message):
        return Application.objects.filter(uuid=message.about, status__in=statuses).exists()

    return still_due


def _receipt_link(message):
    submission = Submission.objects.select_related("application").get(uuid=message.about)
    return {
        "receipt": addresses.page_in(
            message.language, "applications:receipt", submission.application.uuid, submission.number
        )
    }


def application_link(message):
    return {"application": addresses.page_in(message.language, "applications:application", message.about)}


def _case_link(message):
    return {"case": addresses.page_in(message.language, "cases:overview", message.about)}

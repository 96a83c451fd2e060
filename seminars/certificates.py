"""Certificates of attendance: issued by the clock to those who are ticked off, withdrawn with the tick.

The only writer of AttendanceCertificate, but for its PDF (seminars.papers.certificate).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.audit import trail
from portal.database_clock import database_now
from portal.files import intake
from portal.mail import kinds, outbox
from portal.mail.models import Message
from seminars import afterwards, links, verifying
from seminars.models import AttendanceCertificate, Seminar, SignUp
from seminars.papers import certificate as paper
from seminars.samples import Preview, draw, veiled
from seminars.seats import locking

KIND, TEMPLATE = "signup.certificate", "seminars/emails/certificate"
NO_CODE = "XXXX-XXXX-XXXX"


def due(seminar: Seminar):
    """Who has earned one and has none: ticked off, and long enough there where the platform told it."""
    people = afterwards.attended(seminar).filter(certificate__isnull=True)
    return people.filter(_long_enough(seminar.certificate_minutes))


def _long_enough(minutes):
    told = Q(attended_minutes__isnull=False)
    return ~told | Q(attended_minutes__gte=minutes) if minutes else Q()


def preview(seminar: Seminar) -> Preview:
    """The mail as it would leave now, without a code: none is made yet. Raises NotYet like the start."""
    afterwards.demand_held(seminar, database_now())

    def places(person):
        person.seminar = seminar
        return {
            "name": person.name,
            "certificate": veiled(links.address_of(person, "certificate")),
            "code": NO_CODE,
            "verify": f"{verifying.page_address(person.language)}?code={NO_CODE}",
        }

    later = afterwards.had_a_place(seminar)
    return Preview(
        KIND, draw(due(seminar), template=TEMPLATE, context={"seminar": seminar}, places=places, later=later)
    )


def issue_due() -> int:
    """From the clock, each minute; returns how many were issued. Safe to run twice or late."""
    now = database_now()
    without = SignUp.objects.filter(
        seminar=OuterRef("pk"),
        state=SignUp.State.CONFIRMED,
        attended_at__isnull=False,
        certificate__isnull=True,
    ).exclude(email="")
    began = Seminar.objects.held(now).filter(
        certificates_at__lte=now, certificates_at__gt=now - afterwards.LASTS
    )
    return sum(_issue(seminar) for seminar in began.filter(Exists(without)))


@transaction.atomic
def _issue(seminar: Seminar) -> int:
    seminar, now = locking.locked(seminar)
    if seminar.certificates_at is None or seminar.certificates_at > now or not seminar.was_held:
        return 0
    people = list(due(seminar))
    made = AttendanceCertificate.objects.bulk_create(
        AttendanceCertificate(sign_up=person, code=verifying.new_code(), issued_at=now) for person in people
    )
    if made:
        _tell(seminar, made, now)
        paper.order(made)
        trail.record(
            "seminar.certificates_issued",
            obj_kind="seminar",
            obj_uuid=seminar.uuid,
            to_state=str(len(made)),
        )
    return len(made)


def _tell(seminar, made, now: datetime):
    outbox.put_many(
        KIND,
        recipients=[
            outbox.Recipient(f"{KIND}:{each.uuid}", person.email, person.language, person.uuid)
            for each in made
            for person in [each.sign_up]
        ],
        template=TEMPLATE,
        context={"seminar": seminar},
        expires_at=now + afterwards.LASTS,
    )


@transaction.atomic
def withdraw(sign_up: SignUp, *, actor=None) -> bool:
    """The tick was taken back, or the person's data go: the code is as unknown as one that never was."""
    found = AttendanceCertificate.objects.select_related("file").filter(sign_up=sign_up).first()
    if found is None:
        return False
    file = found.file
    found.delete()
    if file:
        intake.remove(file, user=actor)
    trail.record("signup.certificate_withdrawn", obj_kind="signup", obj_uuid=sign_up.uuid, actor=actor)
    return True


def _certificate_of(message: Message) -> AttendanceCertificate | None:
    found = AttendanceCertificate.objects.select_related("sign_up__seminar")
    return found.filter(uuid=message.key.removeprefix(f"{KIND}:")).first()


def _still_due(message: Message) -> bool:
    found = _certificate_of(message)
    return found is not None and bool(found.sign_up.email)


def _places(message: Message) -> dict[str, str]:
    found = _certificate_of(message)
    return {
        "name": found.sign_up.name,
        "certificate": links.address_of(found.sign_up, "certificate"),
        "code": verifying.in_groups(found.code),
        "verify": verifying.address_of(found, found.sign_up.language),
    }


def register() -> None:
    kinds.register(
        kinds.Kind(
            KIND, still_due=_still_due, links=_places, priority=70, label=_("Certificate of attendance")
        )
    )
    clock.register("seminars.certificates", issue_due, every=timedelta(minutes=1))

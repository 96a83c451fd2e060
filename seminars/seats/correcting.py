"""What somebody typed about himself or herself, put right."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars.models import SignUp
from seminars.seats import locking
from seminars.seats.filling import company_has_room, fill, holds_seat
from seminars.seats.recognising import recognise
from seminars.seats.refusals import CompanyFull, SignUpClosed

CORRECTION_TIME = timedelta(minutes=30)


@transaction.atomic
def correct_details(
    sign_up: SignUp,
    *,
    name: str,
    company: str,
    company_type: str,
    phone: str,
    question: str,
    answers: dict | None = None,
) -> SignUp:
    """Change what somebody typed, in the first 30 minutes. The place and its number stay.

    Raises SignUpClosed when the time is over, CompanyFull when a place would move to a company that has all
    of its own.
    """
    seminar, now = locking.locked(sign_up.seminar)
    sign_up = locking.again(sign_up, seminar)
    if not can_correct_at(sign_up, now):
        raise SignUpClosed(_("Details can be corrected for 30 minutes after signing up. Please write to us."))
    facts = {"company_key": sign_up.company_key}
    if company != sign_up.company:
        facts = recognise(seminar, company, sign_up.email, besides=sign_up)
    key = facts["company_key"]
    moves = key != sign_up.company_key
    if moves and holds_seat(sign_up) and not company_has_room(seminar, key, now):
        raise CompanyFull(
            _("That company has all its places for this seminar. Your details stay as they were.")
        )
    values = {
        "name": name,
        "company": company,
        "company_type": company_type,
        "phone": phone,
        "question": question,
        "answers": sign_up.answers if answers is None else answers,
    }
    changed = [field for field, value in values.items() if getattr(sign_up, field) != value]
    if changed:
        for field, value in {**values, **facts, "details_changed_at": now}.items():
            setattr(sign_up, field, value)
        folded = ["folded_name", "folded_company"]
        sign_up.save(update_fields=[*changed, *facts, *folded, "details_changed_at"])
        trail.record("signup.corrected", obj_kind="signup", obj_uuid=sign_up.uuid, changed=changed)
    if moves:
        fill(seminar, now=now)
    return sign_up


def can_correct_at(sign_up: SignUp, instant: datetime) -> bool:
    in_time = instant < sign_up.created_at + CORRECTION_TIME and instant < sign_up.seminar.starts_at
    return sign_up.is_live and in_time

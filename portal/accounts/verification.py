"""Comparing a company's registration with its certificate: the only writer of RegistrationCheck.

What an officer saw is what is verified: if the company changes a name or number meanwhile, nothing is.
"""

import hashlib
import json
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.companies import IDENTITY_FIELDS, CompanyError
from portal.accounts.models import Provider, RegistrationCheck, User
from portal.audit import trail

V = Provider.Verification


def fingerprint(provider: Provider) -> str:
    """Stands for the names and numbers that a certificate proves."""
    identity = {name: getattr(provider, name) for name in sorted(IDENTITY_FIELDS)}
    return hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def decide(
    provider: Provider,
    *,
    is_verified: bool,
    note: str,
    seen: str,
    officer: User,
    document_uuid: UUID | None = None,
) -> RegistrationCheck:
    """Mark the registration as verified or not. `seen` is the fingerprint of what the page showed.

    Raises CompanyError where the company has changed it since. The same again writes nothing new.
    """
    row = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    if fingerprint(row) != seen:
        raise CompanyError(
            _("The company changed its names or numbers after you opened this page. Compare them again.")
        )
    wanted = {
        "is_verified": is_verified,
        "note": note,
        "identity_sha256": seen,
        "checked_by": officer,
        "document_uuid": document_uuid,
    }
    newest = row.checks.first()
    if newest and all(getattr(newest, name) == value for name, value in wanted.items()):
        return newest
    before = row.verification
    row.verification = V.VERIFIED if is_verified else V.CLAIMED
    row.verified_at, row.verified_by = (timezone.now(), officer) if is_verified else (None, None)
    row.save(update_fields=["verification", "verified_at", "verified_by"])
    trail.record(
        "company.verified" if is_verified else "company.not_verified",
        obj_kind="provider",
        obj_uuid=row.uuid,
        actor=officer,
        from_state=before,
        to_state=row.verification,
        hashes={"identity": seen},
    )
    return RegistrationCheck.objects.create(provider=row, **wanted)

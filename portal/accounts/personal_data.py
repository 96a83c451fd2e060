"""What the portal holds about one person, for that person to take along. Apps register their part in ready().

Everything here is the person's own: what colleagues wrote, and what the office noted about a case, is not.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Invitation, User
from portal.audit.models import Event
from portal.files import archives
from portal.files.models import StoredFile
from portal.mail.models import Message


@dataclass(frozen=True)
class Part:
    code: str  # the name of its file in the export
    title: str  # lazily translated
    rows: Callable[[User], Iterable[dict]]
    # Lets go of what would not go with the account by itself; called in the transaction that erases it.
    forget: Callable[[User], object] = lambda user: None


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    if part.code in _parts:
        raise ValueError(f"A part named {part.code} is registered already.")
    _parts[part.code] = part


def parts() -> list[Part]:
    return list(_parts.values())


def addresses_of(user: User) -> set[str]:
    """The addresses that are proved to be the person's."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {email.lower() for email in verified}


def archive(user: User) -> Iterator[bytes]:
    """A ZIP of one JSON file for each part, made while it is sent."""
    return archives.stream(
        archives.Member(f"{part.code}.json", _written(part.rows(user)), is_text=True) for part in parts()
    )


def _written(rows):
    """A JSON list, row by row: somebody may have saved thousands of times."""
    before = "[\n"
    for row in rows:
        yield (before + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)).encode()
        before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def register_own() -> None:
    for code, title, rows in (
        ("account", _("Your account"), _account),
        ("company", _("Your company, and invitations to you"), _company),
        ("uploads", _("Files you uploaded"), _uploads),
        ("unsent", _("What you sent after you had been signed out"), _unsent),
        ("mails", _("Mails to your address"), _mails),
        ("acts", _("What you did, as the portal noted it"), _acts),
    ):
        register(Part(code, title, rows))


def _account(user):
    yield {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "registered": user.date_joined,
        "last_sign_in": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_steps": list(user.authenticator_set.values("type", "created_at", "last_used_at")),
        "staff_roles": list(user.staff_roles.values("role", "granted_at")),
    }


def _company(user):
    for membership in user.memberships.select_related("provider"):
        yield {"company": str(membership.provider), "role": membership.role, "since": membership.joined_at}
    for claim in user.claims.select_related("provider"):
        yield {"claim": claim.details, "state": claim.state, "made": claim.created_at}
    for invitation in Invitation.objects.filter(email__in=addresses_of(user)).select_related("provider"):
        yield {"invitation_to": str(invitation.provider or ""), "sent": invitation.created_at}


def _uploads(user):
    return (
        {
            "name": stored.original_name,
            "description": stored.description,
            "size": stored.size,
            "sha256": stored.sha256,
            "state": stored.state,
            "uploaded": stored.uploaded_at,
        }
        for stored in StoredFile.objects.filter(uploaded_by=user).iterator(chunk_size=500)
    )


def _unsent(user):
    return user.unsent_forms.order_by("pk").values("path", "fields", "kept_at")


def _mails(user):
    mails = Message.objects.filter(to__in=[user.email, *addresses_of(user)])
    return (
        {
            "kind": message.kind,
            "subject": message.subject,
            "text": "" if message.is_secret else message.body,
            "state": message.state,
            "written": message.created_at,
            "sent": message.sent_at,
        }
        for message in mails.order_by("pk").iterator(chunk_size=500)
    )


def _acts(user):
    events = Event.objects.filter(actor_uuid=user.uuid).order_by("pk")
    return events.values("at", "verb", "object_kind", "object_uuid").iterator(chunk_size=500)

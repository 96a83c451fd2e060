"""The review page's proof: which key it minted, when, and what it showed; signed against backdating."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing

from applications.models import Application

SALT = "applications.review"
BEGUN_SALT = "applications.begun"


@dataclass(frozen=True)
class Review:
    key: UUID  # the submission's idempotency key
    issued_at: datetime
    fingerprint: str  # of the contents shown (applications.submissions.contents)


@dataclass(frozen=True)
class Declaration:
    signer_name: str
    signer_role: str


def mint(application: Application, *, fingerprint: str, now: datetime) -> str:
    """A token for the review page issued at `now` by the database's clock."""
    return signing.dumps(
        {"a": str(application.uuid), "k": str(uuid4()), "t": now.isoformat(), "f": fingerprint}, salt=SALT
    )


def read(token: str, application: Application) -> Review | None:
    """None where the token is forged or belongs to another application."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if found["a"] != str(application.uuid):
        return None
    return Review(UUID(found["k"]), datetime.fromisoformat(found["t"]), found["f"])


def mint_begun(application: Application, *, now: datetime) -> str:
    """Proof that a documents page was issued at `now`, for uploads that arrive after closing."""
    return signing.dumps({"a": str(application.uuid), "t": now.isoformat()}, salt=BEGUN_SALT)


def read_begun(token: str, application: Application) -> datetime | None:
    try:
        found = signing.loads(token, salt=BEGUN_SALT)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(found["t"]) if found["a"] == str(application.uuid) else None

"""Making accounts outside the public sign-up, and ending sessions."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from portal.accounts.models import User


@transaction.atomic
def create_verified(email: str, *, name: str, password: str | None, language: str = "en", **fields) -> User:
    """An account whose address is known to be right: invited people, demonstration people, tests."""
    user = User.objects.create_user(email.lower(), password, name=name, language=language, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def end_sessions(user: User) -> None:
    """Sign the person out everywhere, at their next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)

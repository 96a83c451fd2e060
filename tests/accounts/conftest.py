import pytest


@pytest.fixture(autouse=True)
def outbox_backend(settings):
    """pytest-django puts its own mail backend in; mail of sign-in belongs into the outbox."""
    settings.EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"

"""A case in verification whose earlier mails are forgotten."""

import pytest

from applications import workflow
from portal.mail.models import Message


@pytest.fixture
def case(submitted, officer):
    workflow.start_verification(submitted, officer=officer)
    Message.objects.all().delete()
    return submitted

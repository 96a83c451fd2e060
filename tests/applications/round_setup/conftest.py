import pytest

from applications.models import Criterion, Round
from applications.round_setup import copying
from tests.applications.conftest import make_round, texts


def make_ready(prefix, **fields):
    """A round in which the check finds nothing."""
    made = make_round(prefix, **fields)
    Criterion.objects.create(round=made, sort_order=1, **texts("name", "Service"))
    # Read again: what was added is not kept in the object's own cache of rows.
    return Round.objects.get(pk=made.pk)


@pytest.fixture
def opened(db):
    return make_ready("DEMO-OLD-")


@pytest.fixture
def preparing(opened):
    """A copy of it, which is in preparation and in order."""
    return copying.copy(opened, officer=None)


@pytest.fixture
def desk(client_for, officer):
    """An officer's browser."""
    return client_for(officer)

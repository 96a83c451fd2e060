"""Cases for the office: one round, two companies, and one draft that the office must not meet."""

import pytest

from applications import workflow
from portal.accounts.models import Membership, Provider, Role
from portal.settings.base import STORAGES
from tests.applications.desk.handing_in import DRAFT_MARKER, fill_in, hand_in, open_round
from tests.services.people import person


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    private = {**STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


@pytest.fixture
def colleague(db):
    return person("colleague", role=Role.OFFICER)


@pytest.fixture
def round(db):
    return open_round()


@pytest.fixture
def case(round, mei):
    return hand_in(round, mei)


@pytest.fixture
def other_case(round, otto, provider_b):
    provider_b.address, provider_b.telephone = "1 Demo Road, Shenzhen", "+8675512345678"
    provider_b.save()
    return hand_in(round, otto, name="other.pdf")


@pytest.fixture
def draft(round):
    """Begun and never submitted, full of words that the office must not meet."""
    provider = Provider.objects.create(
        name_en=DRAFT_MARKER, hk_registration="19999999", address="x", telephone="+85220000009"
    )
    user = person("drafter")
    membership = Membership.objects.create(user=user, provider=provider, role=Membership.Role.OWNER)
    application = workflow.start(round, member=membership)
    fill_in(application, membership, service=DRAFT_MARKER, name="unseen-draft.pdf")
    return application

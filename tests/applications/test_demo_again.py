"""Starting the demonstration again after people have worked with it."""

import pytest

from applications.demo import cases
from applications.models import Application
from portal.accounts import companies, demo
from portal.accounts.models import Membership

pytestmark = pytest.mark.django_db


def test_application_of_a_company_whose_first_owner_left_does_not_stop_the_start(round):
    demo.load()
    first, then = (
        Membership.objects.get(user__email=demo.BY_CODE[code].email) for code in ("owner", "viewer")
    )
    companies.hand_over(first, then)
    first.refresh_from_db()
    companies.leave(first)

    cases._drafts(round)

    began = Application.objects.values_list("provider__name_en", flat=True)
    assert list(began) == [demo.CLEAR_CURRENT["name_en"]]

"""A company that withdrew begins again with what it wrote before, and reads who changed what."""

import pytest

from applications.models import Application, Status
from applications.submissions import contents
from portal.accounts.demo import DEMO_DOMAIN

pytestmark = [pytest.mark.browser, pytest.mark.audit]


def test_company_copies_its_earlier_application_and_reads_the_history(new_visitor):
    visitor = new_visitor()
    page, email = visitor.page, f"old_kiln@{DEMO_DOMAIN}"
    visitor.sign_in(email)
    earlier = Application.objects.get(provider__memberships__user__email=email, status=Status.WITHDRAWN)
    visitor.look()
    visitor.press("Start an application")
    assert page.inner_text("h1") == "Copy from an earlier application"
    visitor.look()
    visitor.press("Copy")
    assert page.inner_text("h1") == "What was copied"
    visitor.look_here()
    application = Application.objects.get(provider=earlier.provider, status=Status.DRAFT)
    before, after = contents.Contents(earlier), contents.Contents(application)
    assert [each.entered for each in after.projects] == [each.entered for each in before.projects]
    assert [each.sha256 for each in after.files] == [each.sha256 for each in before.files]
    visitor.follow("Go on with the application")
    assert "0 of" not in page.locator("#progress").inner_text()
    visitor.look_here()
    visitor.follow("What was changed")
    assert "copied from an earlier application" in page.inner_text("main")
    visitor.look()
    visitor.follow("Before and after", exact=False)
    visitor.look()
    visitor.go(f"/en/apply/{application.uuid}/documents/")
    page.locator("details summary").first.click()
    visitor.look_here()

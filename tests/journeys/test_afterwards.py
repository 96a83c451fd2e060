"""What there is after a seminar, for the organiser and for somebody who came."""

import pytest

from seminars import links, verifying
from seminars.models import AttendanceCertificate

pytestmark = pytest.mark.browser


def test_organiser_adds_a_material_and_sends_the_mail(new_visitor):
    organiser = new_visitor()
    organiser.sign_in("organiser@demo.example", staff="organiser")
    seminar = AttendanceCertificate.objects.first().sign_up.seminar
    organiser.go(f"/en/office/seminars/{seminar.uuid}/after/")
    organiser.look()
    organiser.follow("Add a file or a link")
    organiser.press("Save")
    organiser.look_here()
    organiser.fill("Or a link (optional)", "https://film.example/1")
    organiser.fill("Title in English (optional)", "Recording")
    organiser.press("Save")
    assert organiser.page.get_by_role("link", name="Recording", exact=True).is_visible()
    organiser.follow("See the mail first")
    organiser.look()
    organiser.press("Send the mail")
    assert organiser.page.get_by_role("button", name="Take it back").is_visible()
    hall = seminar.options.get(mode="hong_kong")
    organiser.go(f"/en/office/seminars/{seminar.uuid}/attendance/sheet/{hall.uuid}/")
    organiser.look()


def test_attendee_finds_the_certificate_and_a_stranger_verifies_it(new_visitor):
    certificate = AttendanceCertificate.objects.get(sign_up__language="en")
    attendee = new_visitor(width=320)
    attendee.go(links.path_to(certificate.sign_up))
    attendee.look()
    attendee.follow("Your certificate of attendance")
    attendee.look()
    code = attendee.page.locator(".cp-certificate__code").inner_text()
    stranger = new_visitor(javascript=False)
    stranger.go("/en/seminars/certificates/")
    stranger.fill("Code of the certificate", code.lower())
    stranger.press("Verify")
    assert "D. Y. T. K." in stranger.page.locator("main").inner_text()
    assert code == verifying.in_groups(certificate.code)

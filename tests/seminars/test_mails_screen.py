import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import seats
from seminars.models import AttendanceOption, Seminar
from tests.seminars.makers import details


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


def url(name, seminar):
    return reverse(f"office_seminars:{name}", args=[seminar.uuid])


def test_link_and_times_are_set_on_one_screen(staff, seminar, online):
    values = {f"link_{online.pk}": "https://meet.example/a", "hours_before": "48", "hour_before": "on"}
    assert staff.post(url("mails_before", seminar), values)["Location"] == url("mails", seminar)
    assert AttendanceOption.objects.get(pk=online.pk).join_link == "https://meet.example/a"
    seminar = Seminar.objects.get()
    assert (seminar.link_hours_before, seminar.reminds_day_before, seminar.reminds_hour_before) == (
        *(48, False),
        True,
    )
    event = Event.objects.get(verb="seminar.mails_changed")
    assert "meet.example" not in str(event.changed)
    page = staff.get(url("mails", seminar)).content.decode()
    assert "https://meet.example/a" in page and "an hour before" in page and "a day before" not in page
    assert (
        "Nothing was changed"
        in staff.post(url("mails_before", seminar), values, follow=True).content.decode()
    )


@pytest.mark.parametrize(("state", "words"), [("cancelled", "is cancelled:"), ("held", "is over:")])
def test_mails_that_no_longer_go_are_not_offered_and_refused_in_words(staff, seminar, online, state, words):
    target = url("mails_before", seminar)
    values = {f"link_{online.pk}": "https://meet.example/late", "hours_before": "48"}
    assert target in staff.get(url("mails", seminar)).content.decode()
    Seminar.objects.update(state=state)
    for page in (staff.get(url("mails", seminar)), staff.get(target)):
        shown = page.content.decode()
        assert page.status_code == 200 and words in shown and "no reminder goes out any more" in shown
        assert target not in shown.partition("<main")[2] and "When the link is sent" not in shown
    late = staff.post(target, values)
    assert late.status_code == 409 and "https://meet.example/late" in late.content.decode()
    assert AttendanceOption.objects.get(pk=online.pk).join_link == ""
    assert not Event.objects.filter(verb="seminar.mails_changed").exists()


def test_postponed_seminar_still_sets_its_mails(staff, seminar, online):
    Seminar.objects.update(state="postponed")
    values = {f"link_{online.pk}": "https://meet.example/a", "hours_before": "48"}
    assert staff.post(url("mails_before", seminar), values).status_code == 302


def test_cancelled_seminar_promises_nothing_for_its_day_or_afterwards(staff, seminar, venue):
    seats.sign_up(seminar, option=venue, details=details("ken"))
    Seminar.objects.update(state="cancelled")
    after = staff.get(url("after", seminar)).content.decode()
    assert "there are no materials, survey or certificates to send" in after
    for name in ("material_add", "after_terms", "follow_up", "certificates"):
        assert url(name, seminar) not in after
    attendance = staff.get(url("attendance", seminar)).content.decode()
    assert "The seminar is cancelled: nobody is ticked off." in attendance
    for promise in ("once the seminar’s day has come", "Attendance sheet", "Make a link for helpers"):
        assert promise not in attendance


def test_link_is_read_by_those_who_run_the_seminar_alone(client_for, staff, officer, seminar, online):
    AttendanceOption.objects.filter(pk=online.pk).update(join_link="https://meet.example/a")

    assert "meet.example" in staff.get(url("mails", seminar)).content.decode()
    page = client_for(officer).get(url("mails", seminar)).content.decode()
    assert "entered" in page and "meet.example" not in page


@pytest.mark.parametrize("link", ["http://meet.example/a", "meet.example", "javascript:alert(1)"])
def test_link_that_is_no_safe_address_is_refused_and_kept_in_the_box(staff, seminar, online, link):
    response = staff.post(url("mails_before", seminar), {f"link_{online.pk}": link, "hours_before": "24"})
    page = response.content.decode()
    assert response.status_code == 422 and "beginning with https://" in page and link in page
    assert AttendanceOption.objects.get(pk=online.pk).join_link == ""


def test_screen_counts_what_was_sent_and_names_what_did_not_arrive(staff, seminar, online):
    for who in ("mei", "ken"):
        seats.sign_up(seminar, option=online, details=details(who))
    Message.objects.filter(to__startswith="mei").update(state="sent")
    Message.objects.filter(to__startswith="ken").update(state="parked")
    response = staff.get(url("mails", seminar))
    (row,) = response.context["rows"]
    assert (row["label"], row["sent"], row["waiting"], row["failed"]) == ("Place confirmed", 1, 0, 1)
    assert "ken@alpha.example" in response.content.decode()
    assert "mei@alpha.example" not in response.content.decode()


def test_screen_costs_the_same_with_one_and_three_people(staff, seminar, online):
    costs = []
    for number in (1, 2):
        for each in range(number):
            seats.sign_up(seminar, option=online, details=details(f"p{each}", f"c{number}"))
        staff.get(url("mails", seminar))
        with CaptureQueriesContext(connection) as queries:
            staff.get(url("mails", seminar))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_facts_saved_elsewhere_do_not_bring_an_old_link_back(seminar, online):
    from seminars.admin_forms import KEPT_OF_OPTION, KEPT_OF_SEMINAR

    assert "join_link" in KEPT_OF_OPTION and "link_hours_before" in KEPT_OF_SEMINAR

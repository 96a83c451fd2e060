import gzip
import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Event
from portal.dates import HONG_KONG, local
from seminars import attendance, figures, links, platform_list, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details, make_crowd, make_seminar


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


def today(seminar):
    """The seminar is today in Hong Kong and not over yet, whatever the hour."""
    noon = local(timezone.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    Seminar.objects.filter(pk=seminar.pk).update(
        starts_at=noon, ends_at=noon + timedelta(hours=11.9), sign_up_closes_at=noon - timedelta(hours=1)
    )
    seminar.refresh_from_db()


@pytest.fixture
def people(published, online, venue):
    AttendanceOption.objects.filter(pk=venue.pk).update(capacity=2)
    seats.sign_up(published, option=online, details=details("mei"))
    for who in ("ken", "ada", "otto"):
        seats.sign_up(published, option=venue, details=details(who, who))
    today(published)
    return {
        person.email.split("@")[0]: person for person in SignUp.objects.select_related("seminar", "option")
    }


@pytest.fixture
def door(people, venue):
    return attendance.open_door(venue, actor=None)


def tick(door, person):
    return reverse("seminars:tick", args=[door.uuid, links.door_token(door), person.uuid])


def test_helpers_see_the_names_of_their_door_and_nothing_else(client, people, door):
    page = client.get(links.path_to_door(door)).content.decode()
    assert "Demo Ken" in page and "Demo Ada" in page
    # Another way to attend, and somebody who waits.
    assert "Demo Mei" not in page and "Demo Otto" not in page
    for secret in ("@", "Limited", links.token_for(people["ken"])):
        assert secret not in page.split("<main")[1].split("</main>")[0]
    found = client.get(links.path_to_door(door) + "?q=ada").content.decode()
    assert "Demo Ada" in found and "Demo Ken" not in found
    # Nor does a search tell who comes from where.
    assert "Demo Ada" not in client.get(links.path_to_door(door) + "?q=alpha").content.decode()


def test_all_names_of_a_large_door_stand_on_one_light_page(client, people, door, published, venue):
    costs = []
    for crowd in (0, 300):
        make_crowd(published, crowd)
        SignUp.objects.filter(company__startswith="Crowd").update(option=venue)
        client.get(links.path_to_door(door))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(links.path_to_door(door)).content
        costs.append(len(queries))
    names = re.findall(r'cp-door__name">([^<]+)<', page.decode())
    assert len(names) == 302 and {"Demo Ken", "Demo Ada"} < set(names) and b"cp-pages" not in page
    assert len(page) < 150_000 and len(gzip.compress(page)) < 30_000
    assert costs[0] == costs[1]


def test_page_brings_both_scripts_of_its_names_for_a_search_without_the_network(client, people, door):
    address = links.path_to_door(door)
    assert 'data-scripts=""' in client.get(address).content.decode()
    people["ken"].name = "歐陽國榮"
    people["ken"].save()
    page = client.get(address).content.decode()
    scripts = re.search(r'data-scripts="([^"]*)"', page)[1].split()
    assert [group[:2] for group in scripts] == ["国國", "欧歐", "荣榮", "阳陽"]
    # Asked of the portal, either script finds the name as well.
    assert "歐陽國榮" in client.get(address + "?q=欧阳").content.decode()


def test_ticking_off_twice_keeps_the_first_time_and_can_be_taken_back(client, people, door):
    ken = people["ken"]
    for _ in range(2):
        response = client.post(tick(door, ken), follow=True)
    first = SignUp.objects.get(pk=ken.pk)
    assert (first.attended_by, first.state) == ("door", "confirmed") and first.attended_at
    assert "was ticked off already" in response.content.decode()
    assert Event.objects.filter(verb="signup.attended").count() == 1
    client.post(tick(door, ken), {"came": "no"})
    assert SignUp.objects.get(pk=ken.pk).attended_at is None


@pytest.mark.parametrize("who", ["mei", "otto"])
def test_nobody_without_a_place_at_this_door_is_ticked_off(client, people, door, who):
    assert client.post(tick(door, people[who])).status_code == 404
    assert SignUp.objects.get(pk=people[who].pk).attended_at is None


def test_link_opens_on_the_day_only_and_shows_no_name_before(client, people, door, published):
    Seminar.objects.update(
        starts_at=timezone.now() + timedelta(days=2), ends_at=timezone.now() + timedelta(days=3)
    )
    page = client.get(links.path_to_door(door)).content.decode()
    assert "on the day of the seminar only" in page and "Demo Ken" not in page
    client.post(tick(door, people["ken"]))
    assert SignUp.objects.get(pk=people["ken"].pk).attended_at is None


def test_revoked_or_replaced_link_is_unknown(client, staff, people, door, published, venue):
    newer = attendance.open_door(venue, actor=None)
    assert client.get(links.path_to_door(door)).status_code == 404
    assert client.get(links.path_to_door(newer)).status_code == 200
    staff.post(reverse("office_seminars:door_close", args=[published.uuid, venue.uuid]))
    assert client.get(links.path_to_door(newer)).status_code == 404
    assert client.post(tick(newer, people["ken"])).status_code == 404


def test_code_that_is_typed_into_the_search_leads_where_it_leads_when_scanned(client, people, door):
    client.get(links.path_to_door(door))
    found = client.get(
        links.path_to_door(door), {"q": f" {links.check_in_address(people['ken'])}\n"}, follow=True
    )
    assert tick(door, people["ken"]) in found.content.decode() and "Demo Ada" not in found.content.decode()
    forged = links.check_in_address(people["ken"])[:-3] + "00/"
    assert client.get(links.path_to_door(door), {"q": forged}, follow=True).status_code == 404
    odd = client.get(links.path_to_door(door), {"q": "/arrive/not-a-code/"})
    assert odd.status_code == 200 and "Nobody with a place here has this name" in odd.content.decode()


def test_code_leads_to_a_press_on_the_phone_at_the_door_and_to_no_name_elsewhere(client, people, door):
    code = links.check_in_address(people["ken"])
    assert links.token_for(people["ken"])[:24] not in code
    page = client.get(code).content.decode()
    assert "Demo Ken" not in page and "show this code at the door" in page
    helper = Client()
    helper.get(links.path_to_door(door))
    page = helper.get(code).content.decode()
    assert "Demo Ken" in page and tick(door, people["ken"]) in page
    assert SignUp.objects.get(pk=people["ken"].pk).attended_at is None
    elsewhere = helper.get(links.check_in_address(people["mei"])).content.decode()
    assert "but not here: Online" in elsewhere and "<form method" not in elsewhere.split("<main")[1]
    attendance.close_door(door.option, actor=None)
    assert "Demo Ken" not in helper.get(code).content.decode()


def test_own_page_shows_the_code_to_people_of_a_venue_only(client, people):
    assert 'class="cp-qr"' in client.get(links.path_to(people["ken"])).content.decode()
    for who in ("mei", "otto"):
        assert 'class="cp-qr"' not in client.get(links.path_to(people[who])).content.decode()


def test_organiser_ticks_off_by_hand_and_sees_the_figures(staff, published, people):
    target = reverse("office_seminars:attendance_mark", args=[published.uuid, people["mei"].uuid])
    staff.post(target)
    staff.post(target)
    assert SignUp.objects.get(pk=people["mei"].pk).attended_by == "office"
    assert Event.objects.filter(verb="signup.attended").count() == 1
    by_option, by_type = figures.charts(published)
    assert by_option.rows == [["Online", "1", "1", "100%"], ["Demo Hall", "2", "0", "0%"]]
    assert by_type.rows == [["Environmental technology service provider", "3", "1", "33%"]]
    page = staff.get(reverse("office_seminars:attendance", args=[published.uuid])).content.decode()
    assert "<svg" in page and "Make a link for helpers" in page
    other = make_seminar()
    stranger = reverse("office_seminars:attendance_mark", args=[other.uuid, people["ken"].uuid])
    assert staff.post(stranger).status_code == 404


def starts_in(seminar, days):
    noon = local(timezone.now()).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)
    Seminar.objects.filter(pk=seminar.pk).update(
        starts_at=noon, ends_at=noon + timedelta(hours=2), sign_up_closes_at=noon - timedelta(hours=1)
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "from the day of the seminar on"),
        ({"state": "postponed"}, "The seminar is postponed"),
        ({"state": "cancelled"}, "The seminar is cancelled"),
    ],
)
def test_nobody_is_ticked_off_before_the_day_and_every_screen_says_why(
    staff, published, people, change, words
):
    seal = platform_list.sealed(platform_list.read(upload(ZOOM), published))
    starts_in(published, 1)
    Seminar.objects.filter(pk=published.pk).update(**change)
    mark = reverse("office_seminars:attendance_mark", args=[published.uuid, people["ken"].uuid])
    takes = reverse("office_seminars:attendance_import", args=[published.uuid])
    screen = staff.get(reverse("office_seminars:attendance", args=[published.uuid])).content.decode()
    assert words in screen and mark not in screen and takes not in screen
    assert words in staff.post(mark, follow=True).content.decode()
    assert words in staff.get(takes).content.decode()
    assert words in staff.post(takes, {"list": upload(ZOOM)}).content.decode()
    assert words in staff.post(takes, {"found": seal}, follow=True).content.decode()
    assert not SignUp.objects.filter(attended_at__isnull=False).exists()


def test_tick_of_before_can_still_be_taken_back(staff, published, people):
    attendance.check_in(people["ken"], witness=SignUp.Witness.OFFICE)
    starts_in(published, 1)
    mark = reverse("office_seminars:attendance_mark", args=[published.uuid, people["ken"].uuid])
    assert mark in staff.get(reverse("office_seminars:attendance", args=[published.uuid])).content.decode()
    staff.post(mark, {"came": "no"})
    assert SignUp.objects.get(pk=people["ken"].pk).attended_at is None


def test_the_day_begins_at_midnight_in_hong_kong():
    start = datetime(2031, 5, 8, 9, 0, tzinfo=HONG_KONG)
    seminar = Seminar(starts_at=start, ends_at=start + timedelta(hours=2))
    midnight = datetime(2031, 5, 8, tzinfo=HONG_KONG)
    assert attendance.refusal(seminar, midnight - timedelta(seconds=1))
    assert not attendance.refusal(seminar, midnight)
    assert not attendance.refusal(seminar, start + timedelta(days=30))


def test_held_seminar_offers_no_link_for_helpers_any_more(staff, published, people, door, venue):
    starts_in(published, -1)
    screen = staff.get(reverse("office_seminars:attendance", args=[published.uuid])).content.decode()
    assert "link for helpers" not in screen and links.path_to_door(door) not in screen
    assert "Attendance sheet to sign on paper" in screen
    opens = reverse("office_seminars:door_open", args=[published.uuid, venue.uuid])
    assert "there is no door any more" in staff.post(opens, follow=True).content.decode()
    assert list(venue.door_links.all()) == [door]


def test_screen_costs_the_same_with_one_and_three_people(staff, published, people):
    target = reverse("office_seminars:attendance", args=[published.uuid])
    SignUp.objects.filter(email__startswith="ken").update(state="cancelled")
    costs = []
    for _ in range(2):
        staff.get(target)
        with CaptureQueriesContext(connection) as queries:
            staff.get(target)
        costs.append(len(queries))
        SignUp.objects.update(state="confirmed")
    assert costs[0] == costs[1]


ZOOM = (
    "Meeting ID,Topic,Start Time,User Email,Duration (Minutes),Participants\n"
    "123,Demo,2026,host@portal.example,70,4\n\n"
    "Name (Original Name),User Email,Join Time,Duration (Minutes),Guest\n"
    "Mei,MEI@alpha.example,10:00,30,Yes\n"
    "Mei again,mei@alpha.example,10:40,15,Yes\n"
    "demo  ken,,10:00,50,Yes\n"
    "Somebody Else,else@nowhere.example,10:00,50,Yes\n"
)


def upload(text):
    return SimpleUploadedFile("list.csv", text.encode(), "text/csv")


def test_platform_list_is_matched_by_address_and_by_name_only_after_confirmation(staff, published, people):
    target = reverse("office_seminars:attendance_import", args=[published.uuid])
    response = staff.post(target, {"list": upload(ZOOM)})
    page = response.content.decode()
    assert "One person was found by email address" in page and "Somebody Else" in page
    assert "Demo Ken" in page and "Demo Ada" not in page
    assert not SignUp.objects.filter(attended_at__isnull=False).exists()
    seal = platform_list.sealed(response.context["match"])
    # Ada was not in the list: naming her changes nothing.
    for _ in range(2):
        staff.post(target, {"found": seal, "confirmed": [str(people["ken"].uuid), str(people["ada"].uuid)]})
    came = SignUp.objects.filter(attended_at__isnull=False).order_by("pk")
    assert [(each.name, each.attended_minutes, each.attended_by) for each in came] == [
        ("Demo Mei", 45, "platform"),
        ("Demo Ken", 50, "platform"),
    ]
    again = staff.post(target, {"found": seal}, follow=True).content.decode()
    assert "Nobody new" in again and "0 people" not in again
    staff.post(target, {"found": seal + "x"})
    assert SignUp.objects.filter(attended_at__isnull=False).count() == 2


def test_platform_list_that_is_too_long_is_refused_early(staff, published, people):
    target = reverse("office_seminars:attendance_import", args=[published.uuid])
    rows = "".join(f"P{number},p{number}@nowhere.example\n" for number in range(platform_list.MAX_ROWS + 1))
    page = staff.post(target, {"list": upload("Name,Email\n" + rows)}).content.decode()
    assert "“list.csv” holds more than can be read at once. Keep only the rows" in page
    whole = upload("Name,Email\n" + rows.rsplit("P", 1)[0])
    assert len(platform_list.read(whole, published).unknown) == platform_list.MAX_ROWS


@pytest.mark.parametrize(
    ("signed_up_as", "listed_as"),
    [
        ("示範鍾國榮", "示范钟国荣"),
        ("示范张伟", "示範張偉"),
        ("Demo José Lee", "demo jose LEE"),
        ("Chan Siu Ming", "Siu-Ming CHAN"),
        ("陳大文 Peter", "Peter 陈大文"),
        ("Ｄｅｍｏ Peter", "DemoPeter"),
    ],
)
def test_name_is_found_in_the_other_script_and_order_and_shown_as_listed(
    staff, published, people, signed_up_as, listed_as
):
    SignUp.objects.filter(pk=people["mei"].pk).update(name=signed_up_as)
    listed = f"Name,User Email,Duration (Minutes)\n{listed_as},,61\nNobody,,5\n"
    target = reverse("office_seminars:attendance_import", args=[published.uuid])
    page = staff.post(target, {"list": upload(listed)})
    (found,) = page.context["match"].by_name
    assert (found.person.pk, found.minutes) == (people["mei"].pk, 61)
    assert page.context["match"].unknown == ["Nobody"]
    assert f"(in the list: {listed_as})" in page.content.decode()


def test_person_whom_nobody_confirmed_by_name_stays_unticked(staff, published, people):
    match = platform_list.read(upload(ZOOM), published)
    minutes = platform_list.opened(platform_list.sealed(match), set())
    assert minutes == {people["mei"].uuid: 45}


def test_file_without_names_and_addresses_is_refused_in_words(staff, published, people):
    target = reverse("office_seminars:attendance_import", args=[published.uuid])
    response = staff.post(target, {"list": upload("a,b\n1,2\n")})
    assert response.status_code == 422 and "list.csv" in response.content.decode()
    assert staff.post(target, {}).status_code == 422


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45", 2700),
        ("1h 5m 3s", 3903),
        ("01:05:03", 3903),
        ("1小时5分", 3900),
        ("35分鐘", 2100),
        ("", None),
        ("?", None),
    ],
)
def test_durations_of_the_platforms_are_understood(text, seconds):
    assert platform_list._seconds(text) == seconds


def test_two_people_of_one_name_are_left_to_the_organiser(published, people):
    SignUp.objects.filter(pk=people["ada"].pk).update(name="Demo Ken")
    assert "demo  ken" in platform_list.read(upload(ZOOM), published).unknown

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portal.addresses import whole
from portal.dates import HONG_KONG
from seminars import mail_settings
from seminars.models import Seminar, SeminarPage
from tests.seminars.makers import make_pages, make_seminar


def past(year, title, **fields):
    start = datetime(year, 5, 7, 14, 0, tzinfo=HONG_KONG)
    times = {
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "sign_up_opens_at": start - timedelta(days=20),
        "sign_up_closes_at": start - timedelta(days=1),
    }
    return make_pages(make_seminar(title_en=title, **times, **fields))


@pytest.fixture
def shelf(index):
    """One coming seminar and three past ones of two years."""
    make_pages(make_seminar(title_en="Coming", topics=["energy"], languages_of_delivery=["english"]))
    past(2023, "Old energy", topics=["energy", "air"], venue=None)
    past(2023, "Old water", topics=["water"], languages_of_delivery=["putonghua"], venue=None)
    past(2024, "Newer", topics=["water"])


def titles(response):
    archive = response.context["archive"]
    return (
        [page.seminar.title_en for page in archive.upcoming],
        [page.seminar.title_en for page in archive.past.object_list],
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", (["Coming"], ["Newer", "Old water", "Old energy"])),
        ("?year=2023", ([], ["Old water", "Old energy"])),
        ("?topic=energy", (["Coming"], ["Old energy"])),
        ("?topic=water&year=2024", ([], ["Newer"])),
        ("?language=putonghua", ([], ["Old water"])),
        ("?mode=hong_kong", (["Coming"], ["Newer"])),
        ("?year=1999", ([], [])),
        ("?mode=nonsense", ([], [])),
        ("?topic=%00&page=zz", ([], [])),
    ],
)
def test_visitor_narrows_the_list_and_what_is_unknown_shows_nothing(client, shelf, query, found):
    response = client.get(f"/en/events/{query}")
    # The order within a day does not matter.
    assert [sorted(each) for each in titles(response)] == [sorted(each) for each in found]
    page = response.content.decode()
    assert ("Clear all" in page) == bool(query)


def test_filters_offer_only_what_occurs_in_each_language(client, shelf):
    selects = {each.name: dict(each.choices) for each in client.get("/tc/events/").context["archive"].selects}
    assert list(selects["year"])[-2:] == ["2024", "2023"]
    assert selects["topic"]["water"] == "用水及污水" and "waste" not in selects["topic"]
    assert set(selects["mode"]) == {"online", "hong_kong"}


def test_past_seminars_keep_their_page(client, shelf):
    page = SeminarPage.objects.get(title="Old water", locale__language_code="en")
    body = client.get(page.url).content.decode()
    assert "This seminar is over" in body and "Sign up</a>" not in body


def queries_of(client, address):
    cache.clear()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_list_and_feed_cost_the_same_with_one_and_three_seminars(client, index):
    make_pages(make_seminar())
    past(2023, "One")
    before = [queries_of(client, address) for address in ("/en/events/", "/en/seminars/seminars.ics")]
    assert before[1] <= 5
    for number in range(2):
        make_pages(make_seminar())
        past(2024, f"More {number}")
    assert [queries_of(client, each) for each in ("/en/events/", "/en/seminars/seminars.ics")] == before


def test_feed_of_each_language_holds_its_published_seminars_and_no_link(client, shelf):
    coming = Seminar.objects.get(title_en="Coming")
    mail_settings.change(
        coming,
        links={coming.options.get(mode="online").pk: "https://meet.example/secret"},
        hours_before=24,
        day_before=True,
        hour_before=True,
        actor=None,
    )
    Seminar.objects.filter(title_en="Newer").update(state="cancelled")
    make_seminar(title_en="Unpublished")
    content = client.get("/en/seminars/seminars.ics").content
    events = {str(each["summary"]): each for each in Calendar.from_ical(content).walk("VEVENT")}
    assert set(events) == {"Coming", "Old energy", "Old water", "Cancelled: Newer"}
    assert events["Cancelled: Newer"]["status"] == "CANCELLED"
    assert b"meet.example" not in content
    page = coming.pages.get(locale__language_code="en")
    assert str(events["Coming"]["url"]) == whole(page.url), "the portal's own address, as in mails"
    chinese = client.get("/sc/seminars/seminars.ics").content.decode()
    assert "示范研讨会" in chinese.replace("\r\n ", "") and "/sc/events/" in chinese.replace("\r\n ", "")


def old(number, prefix="en"):
    return f"/{prefix}/events?id={number}"


def follow(client, address):
    response = client.get(address, follow=True)
    return response.redirect_chain[-1]


def test_old_address_leads_to_its_page_in_each_language_by_one_redirect(client, shelf):
    page = SeminarPage.objects.get(title="Old water", locale__language_code="en")
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(
        old_path="/en/events?id=549", site=site, redirect_page=Page.objects.get(pk=page.pk)
    )
    chinese = SeminarPage.objects.get(translation_key=page.translation_key, locale__language_code="zh-hant")
    assert follow(client, old(549)) == (page.get_url(), 301)
    assert follow(client, old(549, "tc")) == (chinese.get_url(), 301)
    chinese.unpublish()
    assert follow(client, old(549, "tc")) == ("/tc/events/", 302)


@pytest.mark.parametrize("number", ["7", "", "x", "-1", "1" * 40, "%00", "１２"])
def test_unknown_old_address_leads_to_the_index_of_its_language(client, shelf, number):
    assert follow(client, old(number, "sc")) == ("/sc/events/", 302)


def test_postponed_seminar_of_an_old_date_still_stands_among_the_coming(client, shelf):
    Seminar.objects.filter(title_en="Newer").update(state="postponed")
    assert "Newer" in titles(client.get("/en/events/"))[0]
    assert timezone.now() > Seminar.objects.get(title_en="Newer").ends_at


def test_postponed_seminar_says_that_registration_goes_on_later(client, published):
    address = published.pages.get(locale__language_code="en").url
    Seminar.objects.update(state="postponed")
    page = client.get(address).content.decode()
    assert "Registration goes on when the new date is set." in page and "It is closed." not in page
    Seminar.objects.update(state="cancelled")
    assert "Registration was by an online form. It is closed." in client.get(address).content.decode()


@pytest.mark.parametrize("state", ["moved_online", "cancelled"])
def test_address_of_a_venue_stands_only_while_people_meet_there(client, published, venue, state):
    address = published.pages.get(locale__language_code="en").url
    assert "1 Demo Street" in client.get(address).content.decode()
    venue.state = state
    venue.save()
    page = client.get(address).content.decode()
    assert "1 Demo Street" not in page and "Demo Hall" in page
    assert "Your place" not in page


def test_telephone_number_within_a_sentence_is_not_broken(client, published):
    html = client.get(published.pages.get(locale__language_code="en").url).content.decode()

    assert "telephone +852\N{NO-BREAK SPACE}2000\N{NO-BREAK SPACE}0000." in html

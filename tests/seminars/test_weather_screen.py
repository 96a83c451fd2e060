"""The screen on which a session under a warning is decided about: form, preview of the mails, one press."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from portal.mail.models import Message
from seminars import changes, seats
from seminars.models import AttendanceOption, Seminar, SeminarChange, WarningFeed, WeatherWatch
from tests.bench.browsing import fields_of
from tests.seminars.makers import details

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(venue):
    """The hall is under a signal; nobody has decided."""
    AttendanceOption.objects.filter(pk=venue.pk).update(
        weather_triggers=["typhoon_8", "black_rain"], weather_decision_time=time(8)
    )
    now = timezone.now()
    return WeatherWatch.objects.create(
        option=venue, codes=["typhoon_8"], opened_at=now, decide_by=now + timedelta(hours=1)
    )


@pytest.fixture
def people(seminar, online, venue):
    seats.change_places(seminar, capacities={venue.pk: 5}, company_cap=None, actor=None)
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken"))
    seats.sign_up(seminar, option=venue, details=details("fong", "beta", language="zh-hant"))


@pytest.fixture
def screen(client_for, organiser, root, seminar, venue, watch, people):
    return Screen(client_for(organiser), seminar, venue), Screen(client_for(root), seminar, venue)


class Screen:
    """The screen as one organiser has it open."""

    def __init__(self, browser, seminar, venue):
        self.browser = browser
        self.address = reverse("office_seminars:weather", args=[seminar.uuid, venue.uuid])
        self.open()

    def open(self):
        return self._keep(self.browser.get(self.address))

    def press(self, step, **typed):
        return self._keep(self.browser.post(self.address, self.fields | typed | {"step": step}))

    def _keep(self, answer):
        form = BeautifulSoup(answer.content, "html.parser").select_one("main form")
        self.fields = fields_of(form) if form else {}
        return answer


def text(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True).split())


def test_decision_shows_the_organisers_own_sentence_in_each_mail_before_it_is_sent(screen, watch):
    mine, _ = screen
    page = mine.press("preview", decision="cancel", note_en="The hall is closed.", note_zh_hant="會堂關閉。")
    shown = text(page)
    assert page.status_code == 200 and not SeminarChange.objects.exists()
    assert "Your decision: Cancel this session; the other ways to attend stay" in shown
    assert "2 people are written to." in shown, "only who goes there"
    cards = BeautifulSoup(page.content, "html.parser").select("section[aria-labelledby^=mail-]")
    assert [card["aria-labelledby"] for card in cards] == ["mail-en", "mail-zh-hant"]
    assert "The hall is closed." in cards[0].get_text() and "會堂關閉。" not in cards[0].get_text()
    assert "會堂關閉。" in cards[1].get_text() and "The hall is closed." not in cards[1].get_text()

    assert mine.press("confirm").status_code == 302
    made, watch = SeminarChange.objects.get(), WeatherWatch.objects.get(pk=watch.pk)
    assert (made.kind, made.people, watch.outcome) == ("option_cancelled", 2, "decided")
    assert "會堂關閉。" in Message.objects.get(kind="seminar.option_cancelled", language="zh-hant").body


def test_preview_says_who_would_read_the_sentence_in_another_language_and_leads_back(screen):
    mine, _ = screen
    assert "is not in this language" not in text(mine.press("preview", decision="go_ahead"))
    mine.open()
    page = mine.press("preview", decision="go_ahead", note_en="We have a <generator>.")
    assert text(page).count("Your sentence is not in this language") == 1
    mine.press("edit")
    assert (mine.fields["decision"], mine.fields["note_en"]) == (["go_ahead"], "We have a <generator>.")
    for nothing in ("", "nonsense"):
        assert mine.press("preview", decision=nothing).status_code == 422
    assert not SeminarChange.objects.exists()


@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_slower_of_two_organisers_is_told_and_may_decide_again(screen, venue, step):
    mine, other = screen
    assert mine.press("confirm", decision="move_online").status_code == 302
    late = other.press(step, decision="move_online", note_en="Mine.")
    assert late.status_code == 409, "also where what was decided is no longer offered"
    assert "Organiser was quicker: “Moved online”. Nothing of yours was done." in text(late)
    assert other.fields["note_en"] == "Mine.", "nothing typed is lost"
    assert SeminarChange.objects.count() == 1

    assert other.press("preview", decision="cancel").status_code == 200, "knowing what was done"
    assert other.press("confirm").status_code == 302
    venue.refresh_from_db()
    assert venue.state == "cancelled"


def test_cancelling_the_last_session_says_that_the_seminar_is_off(screen, online, venue):
    mine, _ = screen
    assert "Cancel this session; the other ways to attend stay" in text(mine.open())
    AttendanceOption.objects.filter(pk=online.pk).update(state="cancelled")
    assert "the other ways to attend stay" not in text(mine.open())
    shown = text(mine.press("preview", decision="cancel"))
    assert "Your decision: Cancel the seminar: no other way to attend is left" in shown
    assert mine.press("confirm").status_code == 302 and Seminar.objects.get().state == "cancelled"


def test_feed_that_never_answered_is_called_so(screen):
    mine, _ = screen
    WarningFeed.objects.create(pk=1, asked_at=timezone.now(), problem="unreachable")
    shown = text(mine.open())
    assert "The Observatory has not answered so far: " in shown and "is unknown" in shown
    assert "has not been asked yet" not in shown and "Since then" not in shown
    WarningFeed.objects.update(answered_at=timezone.now())
    shown = text(mine.open())
    assert "Last good answer of the Observatory" in shown and "Since then: " in shown


def test_what_is_not_possible_any_more_is_said_in_words(screen, seminar):
    mine, _ = screen
    Seminar.objects.update(ends_at=timezone.now(), starts_at=timezone.now() - timedelta(hours=1))
    late = mine.press("preview", decision="cancel")
    assert late.status_code == 409 and "The seminar is over." in text(late)


@pytest.mark.parametrize("decision", ["go_ahead", "cancel", "postpone"])
@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_decision_on_warnings_that_are_gone_is_told_and_not_made(screen, watch, decision, step):
    mine, _ = screen
    WeatherWatch.objects.update(outcome="lifted", closed_at=timezone.now())
    late = mine.press(step, decision=decision)
    assert late.status_code == 409 and not SeminarChange.objects.exists()
    assert "The warnings have changed since you opened this page." in text(late)
    assert "the warning was taken down in time" in text(late), "and how it stands now"
    if decision != "go_ahead":
        assert mine.press("confirm", decision=decision).status_code == 302, "knowing that they are gone"


def test_another_warning_stops_who_wants_to_go_ahead_and_nobody_who_calls_it_off(screen, watch):
    mine, other = screen
    WeatherWatch.objects.update(codes=["black_rain", "typhoon_8"])
    late = mine.press("confirm", decision="go_ahead")
    assert late.status_code == 409 and "The warnings have changed" in text(late)
    assert not SeminarChange.objects.exists()
    assert other.press("confirm", decision="cancel").status_code == 302


def test_change_that_was_overtaken_is_told_before_its_preview(client_for, root, screen, seminar):
    """On the screens of other changes as well: nobody reads mails that will not be sent."""
    browser = client_for(root)
    target = reverse("office_seminars:cancel_seminar", args=[seminar.uuid])
    fields = fields_of(BeautifulSoup(browser.get(target).content, "html.parser").select_one("main form"))
    changes.make(seminar, changes.Postpone(), actor=None)
    late = browser.post(target, fields | {"step": "preview", "note_en": "Mine."})
    assert late.status_code == 409 and "Somebody was quicker: “Postponed”" in text(late)
    again = fields_of(BeautifulSoup(late.content, "html.parser").select_one("main form"))
    assert again["note_en"] == "Mine."
    assert browser.post(target, again | {"step": "confirm"}).status_code == 302
    seminar.refresh_from_db()
    assert seminar.state == "cancelled"

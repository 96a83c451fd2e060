"""What an organiser does to a seminar: states, mails a minute later, calendars, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from portal.audit.models import Event
from portal.mail import kinds
from portal.mail.models import Message
from seminars import changes, seats
from seminars.changes.moves import MOVES, OPTION_MOVES
from seminars.models import AttendanceOption, Seminar, SeminarChange, SignUp
from tests.seminars.makers import details

LATER = timedelta(days=7)


@pytest.fixture
def people(seminar, online, venue):
    """mei (English) online, ken (繁體) at the venue, otto (简体) waiting for the venue."""
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken", language="zh-hant"))
    seats.sign_up(seminar, option=venue, details=details("otto", "beta", language="zh-hans"))
    return {each.email.split("@")[0]: each for each in SignUp.objects.all()}


def moved(seminar, by=LATER, **fields):
    return {
        "starts_at": seminar.starts_at + by,
        "ends_at": seminar.ends_at + by,
        "sign_up_closes_at": seminar.sign_up_closes_at + by,
        **fields,
    }


def facts(seminar, by=timedelta(), venue=None, **fields):
    words = {name: getattr(seminar, name) for name in ("venue_en", "venue_zh_hant", "venue_zh_hans")}
    return changes.ChangeFacts(**moved(seminar, by), venue=words | (venue or {}), **fields)


def told(kind):
    """Who gets this mail, by the part before the @, with its subject."""
    return {each.to.split("@")[0]: each.subject for each in Message.objects.filter(kind=f"seminar.{kind}")}


def due():
    """The notices that would leave if it were time now."""
    return {
        (each.kind.removeprefix("seminar."), each.to.split("@")[0])
        for each in Message.objects.filter(kind__startswith="seminar.", state="queued")
        if kinds.get(each.kind).still_due(each)
    }


def entry(message):
    (attachment,) = kinds.get(message.kind).attachments(message)
    calendar = Calendar.from_ical(attachment.content)
    (event,) = calendar.walk("VEVENT")
    assert f"method={calendar['method']};" in attachment.mimetype
    return calendar["method"], event


def test_postponed_and_given_a_new_date(seminar, people, organiser):
    old = seminar.starts_at
    changes.make(seminar, changes.Postpone(), actor=organiser)
    seminar.refresh_from_db()
    assert (seminar.state, seminar.starts_at, seminar.previous_start) == ("postponed", old, None)
    assert told("postponed") == {
        "mei": "Postponed: Demo seminar",
        "ken": "延期：示範研討會",
        "otto": "延期：示范研讨会",
    }
    changes.make(seminar, changes.Reschedule(**moved(seminar)), actor=organiser)
    seminar.refresh_from_db()
    assert (seminar.state, seminar.starts_at, seminar.previous_start) == ("scheduled", old + LATER, old)
    assert due() == {("rescheduled", name) for name in people}, "only what is true now leaves"
    assert list(
        Event.objects.filter(verb__startswith="seminar.").values_list("verb", "from_state", "to_state")
    ) == [
        ("seminar.postponed", "scheduled", "postponed"),
        ("seminar.rescheduled", "postponed", "scheduled"),
    ]


def test_mails_wait_a_minute_and_name_everything(seminar, people, organiser):
    made = changes.make(
        seminar,
        changes.Postpone(
            note={"note_en": "The hall is flooded.", "note_zh_hant": "會堂水浸。", "note_zh_hans": ""}
        ),
        actor=organiser,
    )
    assert made.people == 3 and made.undo_until - made.made_at == timedelta(seconds=60)
    rows = Message.objects.filter(kind="seminar.postponed")
    assert {each.not_before for each in rows} == {made.undo_until}
    mail = rows.get(language="zh-hans")
    assert "會堂水浸。" in mail.body, "a note in the other Chinese script is nearer than none"
    assert "[[name]]" in mail.body and "[[place]]" in mail.body and "<" not in mail.body
    filled = kinds.get(mail.kind).links(mail)
    assert filled["name"] == "Demo Otto" and filled["place"] and "/sc/seminars/mine/" in filled["status"]


def test_calendar_loses_the_date_and_gets_the_new_one_under_the_same_name(seminar, online, organiser):
    seats.sign_up(seminar, option=online, details=details("mei"))
    _, first = entry(Message.objects.get(kind="signup.confirmed"))
    changes.make(seminar, changes.Postpone(), actor=organiser)
    method, off = entry(Message.objects.get(kind="seminar.postponed"))
    assert (method, off["status"], off["summary"]) == ("CANCEL", "CANCELLED", "Postponed: Demo seminar")
    seminar.refresh_from_db()
    changes.make(seminar, changes.Reschedule(**moved(seminar)), actor=organiser)
    method, again = entry(Message.objects.get(kind="seminar.rescheduled"))
    assert (method, again["status"], again["summary"]) == ("REQUEST", "CONFIRMED", "Demo seminar")
    assert again["attendee"].params["RSVP"] == "FALSE"
    assert again["dtstart"].dt == seminar.starts_at + LATER
    assert first["uid"] == off["uid"] == again["uid"]
    assert first["sequence"] < off["sequence"] < again["sequence"]


def test_who_waits_gets_no_calendar_file(seminar, people, organiser):
    changes.make(seminar, changes.CancelSeminar(), actor=organiser)
    files = {
        each.to.split("@")[0]: len(kinds.get(each.kind).attachments(each))
        for each in Message.objects.filter(kind="seminar.cancelled")
    }
    assert files == {"mei": 1, "ken": 1, "otto": 0}


def test_cancelled_seminar_sends_only_its_cancellation(seminar, people, organiser):
    changes.make(seminar, facts(seminar, LATER), actor=organiser)
    changes.make(seminar, changes.CancelSeminar(), actor=organiser)
    assert due() == {("cancelled", name) for name in people}
    for message in Message.objects.filter(kind__in=["signup.confirmed", "signup.waiting"]):
        assert not kinds.get(message.kind).still_due(message)


def test_who_gives_the_place_back_in_the_meantime_hears_nothing(seminar, people, organiser):
    changes.make(seminar, changes.Postpone(), actor=organiser)
    seats.cancel(people["mei"])
    assert due() == {("postponed", "ken"), ("postponed", "otto")}


def test_option_moves_online_and_only_its_people_are_told(seminar, venue, people, organiser):
    made = changes.make(
        seminar,
        changes.MoveOnline(option_id=venue.pk, join_link="https://meet.example/venue"),
        actor=organiser,
    )
    venue.refresh_from_db()
    assert (venue.state, venue.join_link, made.people) == ("moved_online", "https://meet.example/venue", 2)
    assert due() == {("moved_online", "ken"), ("moved_online", "otto")}
    method, event = entry(Message.objects.get(kind="seminar.moved_online", language="zh-hant"))
    assert (method, event["location"]) == ("REQUEST", "網上參加，取代：示範會堂")


def test_last_option_takes_the_seminar_with_it(seminar, online, venue, people, organiser):
    changes.make(seminar, changes.CancelOption(option_id=venue.pk), actor=organiser)
    seminar.refresh_from_db()
    assert seminar.state == "scheduled"
    made = changes.make(seminar, changes.CancelOption(option_id=online.pk), actor=organiser)
    seminar.refresh_from_db()
    assert (seminar.state, made.kind, made.people) == ("cancelled", "cancelled", 1)
    assert due() == {("option_cancelled", "ken"), ("option_cancelled", "otto"), ("cancelled", "mei")}


def test_whose_session_is_off_may_sign_up_for_another(seminar, online, venue, people, organiser):
    changes.make(seminar, changes.CancelOption(option_id=venue.pk), actor=organiser)
    seats.sign_up(seminar, option=online, details=details("ken", language="zh-hant"))
    old, new = SignUp.objects.filter(email="ken@alpha.example").order_by("pk")
    assert (old.state, old.ended) == ("cancelled", "seminar_cancelled")
    assert (new.state, new.option) == ("confirmed", online)


def test_place_changed_at_one_venue_is_told_to_its_people(seminar, venue, people, organiser):
    address = {"address_en": "2 Demo Road", "address_zh_hant": "示範道2號", "address_zh_hans": "示范道2号"}
    changes.make(seminar, facts(seminar, addresses={venue.pk: address}), actor=organiser)
    assert set(told("changed")) == {"ken", "otto"}
    seminar.refresh_from_db()
    assert seminar.previous_start is None
    with pytest.raises(changes.ChangeRefused, match="same as before"):
        changes.make(seminar, facts(seminar, addresses={venue.pk: address}), actor=organiser)


def test_only_the_newest_time_is_told(seminar, people, organiser):
    for days in (1, 2):
        seminar.refresh_from_db()
        changes.make(seminar, facts(seminar, timedelta(days=days)), actor=organiser)
    newest = SeminarChange.objects.last()
    left = [
        each
        for each in Message.objects.filter(kind="seminar.changed")
        if kinds.get(each.kind).still_due(each)
    ]
    assert {each.key.split(":")[1] for each in left} == {str(newest.uuid)} and len(left) == 3


def everything():
    return (
        Seminar.objects.values("state", "starts_at", "ends_at", "previous_start", "venue_en").get(),
        list(AttendanceOption.objects.order_by("pk").values_list("state", "address_en")),
        list(SignUp.objects.order_by("pk").values_list("state", "option_id")),
    )


@pytest.mark.parametrize("kind", ["postpone", "cancel", "change", "online", "option"])
def test_what_is_taken_back_within_the_minute_is_never_heard_of(seminar, venue, people, organiser, kind):
    before = everything()
    address = {"address_en": "2 Demo Road"}
    change = {
        "postpone": changes.Postpone(),
        "cancel": changes.CancelSeminar(),
        "change": facts(seminar, LATER, {"venue_en": "Elsewhere"}, addresses={venue.pk: address}),
        "online": changes.MoveOnline(option_id=venue.pk),
        "option": changes.CancelOption(option_id=venue.pk),
    }[kind]
    made = changes.make(seminar, change, actor=organiser)
    assert everything() != before
    confirmed = Message.objects.filter(kind="signup.confirmed").first()
    assert kinds.get(confirmed.kind).is_held(confirmed), "a confirmation waits rather than being thrown away"
    for _ in range(2):
        changes.undo(made, actor=organiser)
    assert everything() == before and due() == set()
    assert not kinds.get(confirmed.kind).is_held(confirmed)
    assert Event.objects.filter(verb="seminar.change_undone").count() == 1
    seminar.refresh_from_db()
    assert seminar.revision == 2, "older pages and calendars notice both"


def test_too_late_to_take_back(seminar, people, organiser):
    first = changes.make(seminar, changes.Postpone(), actor=organiser)
    seminar.refresh_from_db()
    second = changes.make(seminar, changes.Reschedule(**moved(seminar)), actor=organiser)
    with pytest.raises(changes.ChangeRefused):
        changes.undo(first, actor=organiser)
    Message.objects.filter(kind="seminar.rescheduled", language="en").update(state="sending")
    with pytest.raises(changes.ChangeRefused):
        changes.undo(second, actor=organiser)
    assert Message.objects.filter(kind="seminar.rescheduled", state="suppressed").count() == 0
    Message.objects.update(state="queued")
    SeminarChange.objects.filter(pk=second.pk).update(undo_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(changes.ChangeRefused):
        changes.undo(second, actor=organiser)


def test_second_organiser_is_told_who_was_quicker(seminar, people, organiser):
    changes.make(seminar, changes.Postpone(), actor=organiser, seen=0)
    with pytest.raises(changes.Stale, match="Organiser was quicker: “Postponed”"):
        changes.make(seminar, changes.CancelSeminar(), actor=organiser, seen=0)
    assert told("cancelled") == {}


@pytest.mark.parametrize("state", Seminar.State)
def test_states_allow_exactly_their_moves(seminar, venue, organiser, state):
    Seminar.objects.update(state=state)
    tries = {
        "postponed": changes.Postpone(),
        "cancelled": changes.CancelSeminar(),
        "scheduled": changes.Reschedule(**moved(seminar)),
    }
    for to, change in tries.items():
        allowed = to in MOVES[state]
        try:
            changes.make(seminar, change, actor=organiser)
        except changes.ChangeRefused as refusal:
            assert not allowed and str(refusal)
        else:
            assert allowed
        Seminar.objects.update(state=state, starts_at=seminar.starts_at, ends_at=seminar.ends_at)


@pytest.mark.parametrize("state", AttendanceOption.State)
def test_options_allow_exactly_their_moves(seminar, venue, organiser, state):
    tries = {"moved_online": changes.MoveOnline, "cancelled": changes.CancelOption}
    for to, change in tries.items():
        AttendanceOption.objects.filter(pk=venue.pk).update(state=state)
        allowed = to in OPTION_MOVES[state]
        try:
            changes.make(seminar, change(option_id=venue.pk), actor=organiser)
        except changes.ChangeRefused as refusal:
            assert not allowed and str(refusal)
        else:
            assert allowed


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_at": -1, "ends_at": 3, "sign_up_closes_at": -2},
        {"starts_at": 3, "ends_at": 3, "sign_up_closes_at": 2},
        {"starts_at": 3, "ends_at": 4, "sign_up_closes_at": 5},
        {"starts_at": 3, "ends_at": 4, "sign_up_closes_at": -100},
    ],
)
def test_impossible_dates_are_refused(seminar, organiser, dates):
    now = timezone.now()
    values = {name: now + timedelta(days=days) for name, days in dates.items()}
    Seminar.objects.update(state="postponed")
    with pytest.raises(changes.ChangeRefused):
        changes.make(seminar, changes.Reschedule(**values), actor=organiser)


def test_postponed_seminar_is_not_past_when_its_old_date_is(seminar, people, organiser):
    changes.make(seminar, changes.Postpone(), actor=organiser)
    Seminar.objects.update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    seminar.refresh_from_db()
    assert not seminar.is_past and not seminar.has_started
    assert list(Seminar.objects.upcoming()) == [seminar] and not Seminar.objects.past().exists()
    assert seats.cancel(people["mei"]), "whoever cannot come later says so already"


def test_telling_many_costs_the_same_as_telling_one(
    seminar, online, organiser, django_assert_max_num_queries
):
    seminar.company_cap = online.capacity = None
    seminar.save()
    online.save()
    for number in range(12):
        seats.sign_up(seminar, option=online, details=details(f"p{number}", f"c{number}"))
    with django_assert_max_num_queries(14):
        changes.make(seminar, changes.Postpone(), actor=organiser)
    assert Message.objects.filter(kind="seminar.postponed").count() == 12


def test_personal_data_is_kept_for_as_long_after_the_new_date_as_after_the_old(seminar, people, organiser):
    half_a_year = timedelta(days=180)

    def kept_until():
        return set(SignUp.objects.exclude(email="").values_list("anonymise_on", flat=True))

    first = kept_until()
    assert first == {seminar.anonymise_on}
    SignUp.objects.filter(pk=people["otto"].pk).update(email="", anonymise_on=seminar.created_at.date())
    made = changes.make(seminar, facts(seminar, half_a_year), actor=organiser)
    seminar.refresh_from_db()
    assert kept_until() == {seminar.anonymise_on} == {next(iter(first)) + half_a_year}
    assert SignUp.objects.get(pk=people["otto"].pk).anonymise_on == seminar.created_at.date()
    changes.undo(made, actor=organiser)
    assert kept_until() == first

    # A date that the organiser set keeps its distance, so that nobody is forgotten before the seminar.
    Seminar.objects.update(personal_data_until=seminar.created_at.date() + timedelta(days=30))
    seminar = Seminar.objects.get()
    made = changes.make(seminar, facts(seminar, half_a_year), actor=organiser)
    moved_on = Seminar.objects.get().personal_data_until
    assert kept_until() == {moved_on} == {seminar.personal_data_until + half_a_year}
    changes.undo(made, actor=organiser)
    assert Seminar.objects.get().personal_data_until == seminar.personal_data_until


def test_another_name_of_a_venue_is_told_to_those_who_go_there(seminar, people, venue, organiser):
    made = changes.make(
        seminar, facts(seminar, addresses={venue.pk: {"label_en": "East Hall"}}), actor=organiser
    )
    assert set(told("changed")) == {"ken", "otto"}
    assert AttendanceOption.objects.get(pk=venue.pk).label_en == "East Hall"
    changes.undo(made, actor=organiser)
    assert AttendanceOption.objects.get(pk=venue.pk).label_en == "Demo Hall"

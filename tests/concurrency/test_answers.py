"""Many processes answer for one seminar: offers that run out while they are taken, one decision of two."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.models import Event
from portal.mail.models import Message
from seminars import seats
from seminars.models import AttendanceOption, SignUp, WeatherWatch
from tests.concurrency.test_seats import assert_one_mail_per_change, press
from tests.seminars.makers import details, make_seminar
from tests.services.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

PLACES, IN_TIME, TOO_LATE = 9, 3, 3


def test_offers_taken_and_run_out_at_once_give_each_place_to_one_person():
    """Of nine offers three can be taken, three are over, and three run out while eight processes press."""
    seminar = make_seminar(online=0, venue=PLACES, cap=None)
    hall = seminar.options.get(mode="hong_kong")
    AttendanceOption.objects.filter(pk=hall.pk).update(offer_hours=24)
    for number in range(4 * PLACES):
        seats.sign_up(seminar, option=hall, details=details(f"p{number:02}", f"c{number}"))
    for sign_up in seminar.sign_ups.filter(state="confirmed"):
        seats.cancel(sign_up)
    offered = list(seminar.sign_ups.filter(state="offered").order_by("queue_number"))
    in_time, too_late, between = offered[:IN_TIME], offered[IN_TIME : IN_TIME + TOO_LATE], offered[-3:]
    now = timezone.now()
    for group, until in ((too_late, now - timedelta(seconds=1)), (between, now + timedelta(seconds=2))):
        SignUp.objects.filter(pk__in=[each.pk for each in group]).update(held_until=until)

    orders = [
        order
        for each in offered
        for order in [*[{"do": "accept", "pk": each.pk}] * 3, {"do": "refill"}, {"do": "refill"}]
    ]
    assert press(seminar, orders) == []

    after = {each.pk: each for each in seminar.sign_ups.all()}
    assert {after[each.pk].state for each in in_time} == {"confirmed"}
    assert {after[each.pk].state for each in too_late} == {"expired"}
    assert {after[each.pk].state for each in between} <= {"confirmed", "offered", "expired"}
    held = [each for each in after.values() if each.state in {"confirmed", "offered"}]
    assert len(held) == PLACES
    # Those who come up are the next in the queue, and nobody before them still waits.
    waiting = [each.queue_number for each in after.values() if each.state == "waiting"]
    assert max(each.queue_number for each in held) < min(waiting)
    assert_one_mail_per_change(seminar)
    accepted = Event.objects.filter(verb="signup.accepted").values_list("object_uuid", flat=True)
    confirmed = [each.uuid for each in offered if after[each.pk].state == "confirmed"]
    assert Counter(accepted) == Counter(confirmed)


def decisions(*whats):
    """Each of these from two organisers at once."""
    organisers = [person(name, role=Role.ORGANISER) for name in ("first", "second")]
    return [
        {"do": "decide", "what": what, "actor": organiser.pk} for what in whats for organiser in organisers
    ]


def test_of_two_organisers_who_decide_on_the_weather_at_once_one_does():
    seminar = make_seminar()
    hall = seminar.options.get(mode="hong_kong")
    seats.sign_up(seminar, option=hall, details=details("mei"))
    now = timezone.now()
    watch = WeatherWatch.objects.create(
        option=hall, codes=["typhoon_8"], opened_at=now, decide_by=now + timedelta(hours=1)
    )
    assert press(seminar, decisions("MoveOnline", "CancelOption", "GoAhead", "Postpone")) == []

    (made,) = seminar.changes.all()
    seminar.refresh_from_db()
    hall.refresh_from_db()
    watch.refresh_from_db()
    assert seminar.revision == 1
    assert (watch.outcome, watch.change, watch.decided_by) == ("decided", made, made.made_by)
    assert (made.kind, seminar.state, hall.state) in {
        ("moved_online", "scheduled", "moved_online"),
        ("option_cancelled", "scheduled", "cancelled"),
        ("goes_ahead", "scheduled", "open"),
        ("postponed", "postponed", "open"),
    }
    told = Message.objects.filter(kind__startswith="seminar.")
    assert list(told.values_list("kind", flat=True)) == [f"seminar.{made.kind}"]
    assert Event.objects.filter(verb=f"seminar.{made.kind}").count() == 1


def test_without_the_lock_two_decide():
    """The test above is worth something only if it can see the fault that the lock prevents."""
    orders = decisions("MoveOnline", "CancelOption", "GoAhead", "Postpone")
    made = []
    while len(made) < 4 and max(made, default=0) < 2:
        seminar = make_seminar(title_en=f"Demo seminar {len(made)}")
        press(seminar, orders, mode="unlocked")
        made.append(seminar.changes.count())
    assert max(made) > 1, made

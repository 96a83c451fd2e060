"""Who is written to about a draft, when, and what stops it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from applications import rounds, workflow
from applications.drafts import reminders
from applications.models import Application, Extension, Round
from portal import clock, dates
from portal.accounts import companies
from portal.accounts.permissions import membership_of
from portal.mail import kinds
from portal.mail.models import Message
from tests.applications.conftest import fill_in, make_round, submit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def closes(draft):
    """A draft that was begun long before closing."""
    now = rounds.database_now()
    Round.objects.update(closes_at=now + 40 * DAY)
    draft.refresh_from_db()
    return draft.round.closes_at


def sent():
    return list(Message.objects.order_by("id").values_list("kind", "to"))


def is_due(message):
    return kinds.get(message.kind).still_due(message)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(15, []), (14, ["14"]), (10, ["14"]), (3, ["3"]), (1.5, ["3"]), (1, ["1"]), (0.01, ["1"])],
)
def test_each_step_is_due_from_its_day_on(draft, closes, at, days, expected):
    at(closes - days * DAY)
    reminders.remind()
    assert [each.key.split(":")[3] for each in Message.objects.all()] == expected


def test_clock_that_runs_hourly_writes_once_per_step(draft, closes, at):
    for hours in range(40 * 24, -24, -1):
        if hours % 6 == 0 or hours < 48:
            at(closes - timedelta(hours=hours))
            reminders.remind()
    assert [kind for kind, _to in sent()] == ["application.reminder"] * 3 + ["application.not_submitted"]


def test_everybody_who_can_act_is_written_to_in_their_language(draft, closes, at, mei, lok, ken, vic, otto):
    ken.language = "zh-hant"
    ken.save()
    at(closes - DAY)
    assert reminders.remind() == 1
    assert {to for _kind, to in sent()} == {mei.email, lok.email, ken.email}
    english, chinese = (Message.objects.get(to=user.email) for user in (mei, ken))
    assert english.subject.startswith("Please act: your application is not submitted yet")
    assert "Closes: " + dates.full(closes) in english.body
    assert "Answer “Contact person”." in english.body
    assert "聯絡人" in chinese.body
    assert "截止" in chinese.subject and "Hong Kong time" not in chinese.body


def test_long_lists_are_cut_and_complete_drafts_say_so(draft, closes, at, owner):
    at(closes - 3 * DAY)
    reminders.remind()
    body = Message.objects.get().body
    assert body.count("\n- ") == reminders.MOST_NAMED
    assert "and 6 more things" in body
    at(closes - 2 * DAY)
    fill_in(draft, owner)
    at(closes - DAY)
    reminders.remind()
    body = Message.objects.latest("id").body
    assert "Nothing is missing" in body and "Still missing" not in body


def test_submitted_and_deleted_drafts_are_left_alone(complete, closes, at, owner):
    at(closes - 3 * DAY)
    reminders.remind()
    message = Message.objects.get()
    assert is_due(message)
    submit(complete, owner)
    assert not is_due(message)
    at(closes - DAY)
    assert reminders.remind() == 0
    at(closes + DAY)
    assert reminders.remind() == 0


def test_person_who_left_or_may_only_view_is_no_longer_written_to(draft, closes, at, mei, ken, lok):
    at(closes - DAY)
    reminders.remind()
    companies.leave(membership_of(ken))
    companies.change_role(membership_of(lok), "view", by=mei)
    due = {message.to for message in Message.objects.filter(kind=reminders.REMINDER) if is_due(message)}
    assert due == {mei.email}


def test_extension_moves_the_reminders(draft, closes, at, mei):
    at(closes - 3 * DAY)
    reminders.remind()
    old = Message.objects.get()
    later = closes + 20 * DAY
    extension = Extension.objects.create(
        round=draft.round, previous_closes_at=closes, closes_at=later, reason="Typhoon", granted_by=None
    )
    Extension.objects.filter(pk=extension.pk).update(granted_at=closes - 2 * DAY)
    Round.objects.update(closes_at=later)
    assert not is_due(old)
    at(closes - 1 * DAY)
    assert reminders.remind() == 0
    at(later - 14 * DAY)
    assert reminders.remind() == 1
    newest = Message.objects.latest("id")
    assert is_due(newest) and dates.full(later) in newest.body


def test_extension_does_not_bring_the_same_reminder_twice_at_once(draft, closes, at):
    at(closes - DAY)
    reminders.remind()
    later = closes + DAY
    Extension.objects.create(round=draft.round, previous_closes_at=closes, closes_at=later, reason="Fog")
    Extension.objects.update(granted_at=closes - DAY)
    Round.objects.update(closes_at=later)
    at(closes - DAY + timedelta(hours=1))
    assert reminders.remind() == 0
    at(later - DAY)
    assert reminders.remind() == 1


def test_own_extension_holds_for_its_draft_alone(draft, closes, at, otto):
    other = workflow.start(draft.round, member=membership_of(otto))
    Application.objects.filter(pk=draft.pk).update(extended_until=closes + 20 * DAY)
    at(closes - DAY)
    reminders.remind()
    assert {message.about for message in Message.objects.all()} == {other.uuid}
    at(closes + DAY)
    reminders.remind()
    assert set(sent()) == {("application.reminder", otto.email), ("application.not_submitted", otto.email)}


def test_draft_begun_or_taken_back_lately_is_not_reminded_of_the_past(owner, db, at):
    now = rounds.database_now()
    late = make_round("LATE-", opens_at=now - 30 * DAY, closes_at=now + 2 * DAY)
    workflow.start(late, member=owner)
    assert reminders.remind() == 0
    at(late.closes_at - DAY)
    assert reminders.remind() == 1


def test_draft_is_told_once_after_the_minutes_of_grace(draft, closes, at, mei):
    at(closes + timedelta(minutes=15))
    assert reminders.remind() == 0
    at(closes + timedelta(minutes=16))
    assert [reminders.remind(), reminders.remind()] == [1, 0]
    message = Message.objects.get()
    assert message.subject == "The round has closed: your application was not submitted"
    assert is_due(message)
    Application.objects.filter(pk=draft.pk).update(extended_until=closes + DAY)
    assert not is_due(message), "granted more time, it is open again"


def test_long_silence_of_the_clock_brings_no_old_news(draft, closes, at):
    at(closes + 15 * DAY)
    assert reminders.remind() == 0


def test_round_that_is_assessed_or_over_is_left_alone(draft, closes, at):
    at(closes + DAY)
    for state in (Round.State.IN_ASSESSMENT, Round.State.DECIDED, Round.State.ARCHIVED):
        Round.objects.update(state=state)
        assert reminders.remind() == 0


def test_reminder_is_sent_with_the_link_of_the_draft(draft, mei, mailoutbox, settings):
    settings.EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"
    now = timezone.now()
    Round.objects.update(closes_at=now + 12 * timedelta(hours=1))
    Application.objects.update(status_changed_at=now - 30 * DAY)
    clock.jobs["applications.remind"].run()
    call_command("sender", once=True, verbosity=0)
    assert [mail.to for mail in mailoutbox] == [[mei.email]]
    assert f"/en/apply/{draft.uuid}/" in mailoutbox[0].body

"""Who is reminded of a clarification, when, and what stops it."""

from datetime import timedelta

import pytest

from applications import rounds
from applications.clarifications import clarifying, reminding
from portal import dates
from portal.accounts import companies
from portal.accounts.permissions import membership_of
from portal.mail import kinds
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask, hand_in, reply
from tests.applications.conftest import own_section

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asked(submitted, officer):
    """Asked about the section and the certificate, ten days before it is due."""
    document = submitted.form_version.definition["documents"][0]["uid"]
    request = ask(
        submitted, officer, ("section", own_section(submitted)["uid"]), ("document", document), days=10
    )
    Message.objects.all().delete()
    return request


def is_due(message):
    return kinds.get(message.kind).still_due(message)


@pytest.mark.parametrize(("days", "expected"), [(4, []), (3, ["3"]), (1.5, ["3"]), (1, ["1"]), (0.01, ["1"])])
def test_each_step_is_due_from_its_day_on(asked, at, days, expected):
    at(asked.due_at - days * DAY)
    reminding.remind()
    assert [each.key.split(":")[3] for each in Message.objects.all()] == expected


def test_clock_that_runs_hourly_writes_once_per_step(asked, at):
    for hours in range(10 * 24, -24, -6):
        at(asked.due_at - timedelta(hours=hours))
        reminding.remind()
    assert list(Message.objects.values_list("kind", flat=True)) == [reminding.REMINDER] * 2


def test_everybody_who_can_answer_is_told_what_is_not_answered_and_no_question(
    asked, submitted, owner, at, mei, lok, ken, vic, otto
):
    ken.language = "zh-hant"
    ken.save()
    reply(submitted, "Done.", owner, place=1)
    at(asked.due_at - DAY)
    assert reminding.remind() == 1
    assert set(Message.objects.values_list("to", flat=True)) == {mei.email, lok.email, ken.email}
    english, chinese = (Message.objects.get(to=user.email) for user in (mei, ken))
    assert english.subject == (
        f"Please act: answer about application {submitted.reference} by {dates.day_and_weekday(asked.due_at)}"
    )
    assert f"Please answer by: {dates.full(asked.due_at)}" in english.body
    assert "\n- Your service\n" in english.body and "Certificate" not in english.body
    assert "Your service繁" in chinese.body and "尚未回覆" in chinese.body
    assert "Why section?" not in english.body and "Done." not in english.body
    assert "[[application]]" in english.body


def test_answer_that_waits_to_be_handed_in_is_told_so(asked, submitted, owner, at):
    for place in range(2):
        reply(submitted, "Done.", owner, place=place)
    at(asked.due_at - DAY)
    reminding.remind()
    assert "it only has to be checked and handed in" in Message.objects.get().body


def test_answered_dropped_and_put_off_questions_remind_nobody(asked, submitted, owner, officer, at):
    at(asked.due_at - 2 * DAY)
    reminding.remind()
    old = Message.objects.get()
    assert is_due(old)
    at(asked.due_at - DAY)
    clarifying.extend(asked, officer=officer, due_at=asked.due_at + 7 * DAY, reason="Typhoon")
    assert not is_due(old)
    Message.objects.all().delete()
    asked.refresh_from_db()
    at(asked.due_at - 2 * DAY)
    reminding.remind()
    new = Message.objects.get()
    assert is_due(new)
    reply(submitted, "Done.", owner)
    hand_in(submitted, owner)
    assert not is_due(new)
    assert reminding.remind() == 0


def test_short_time_is_not_reminded_of_at_once(submitted, officer, at):
    now = rounds.database_now()
    request = ask(submitted, officer, ("section", own_section(submitted)["uid"]), due_at=now + 2 * DAY)
    at(now + timedelta(hours=1))
    assert reminding.remind() == 0
    at(request.due_at - 0.9 * DAY)
    assert reminding.remind() == 1


def test_person_who_left_or_may_only_view_is_no_longer_reminded(asked, at, mei, ken, lok):
    at(asked.due_at - DAY)
    reminding.remind()
    companies.leave(membership_of(ken))
    companies.change_role(membership_of(lok), "view", by=mei)
    reminders = Message.objects.filter(kind=reminding.REMINDER)
    assert {message.to for message in reminders if is_due(message)} == {mei.email}

"""The mail server goes away, refuses, hangs; the sender is killed. Nothing is lost, nothing goes twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from portal.mail import outbox, sender
from portal.mail.backend import SECRET
from portal.mail.models import Message

State = Message.State
# Seconds until a process must have done its work, on a machine that has other work too.
PATIENCE = 120


def queue(to="ada@demo.example", **fields):
    with transaction.atomic():
        message = Message(
            **{
                "kind": SECRET,
                "key": f"test:{to}",
                "to": to,
                "subject": "Hello",
                "body": "Text\n",
                "not_before": timezone.now() - timedelta(seconds=1),
                **fields,
            }
        )
        outbox.add(message)
    return Message.objects.get(key=message.key)


@pytest.fixture
def by_smtp(settings, smtp):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    return smtp


def make_all_due():
    Message.objects.filter(state=State.QUEUED).update(not_before=timezone.now() - timedelta(seconds=1))


def recipients(server):
    return Counter(address for _, to, _ in server.received for address in to)


def test_server_that_is_down_costs_no_mail_and_all_leave_once_when_it_is_back(by_smtp, db):
    by_smtp.down()
    rows = [queue(f"p{n}@demo.example") for n in range(25)]
    for _ in range(12):
        with pytest.raises(sender.ServerTrouble):
            sender.send_due()
    assert {m.state for m in Message.objects.all()} == {State.QUEUED}
    assert "Refused" in Message.objects.exclude(last_error="").first().last_error
    by_smtp.up()
    call_command("sender", "--once")
    call_command("sender", "--once")
    assert recipients(by_smtp) == {row.to: 1 for row in rows}
    assert {m.state for m in Message.objects.all()} == {State.SENT}


def test_server_that_goes_away_in_the_middle_of_a_batch(by_smtp, db):
    rows = [queue(f"p{n}@demo.example") for n in range(10)]
    accept = by_smtp.handle_DATA

    async def fall_over_after_four(server, session, envelope):
        if len(by_smtp.received) >= 4:
            server.transport.abort()
            return "421 gone"
        return await accept(server, session, envelope)

    by_smtp.handle_DATA = fall_over_after_four
    with pytest.raises(sender.ServerTrouble):
        sender.send_due()
    assert Message.objects.filter(state=State.SENT).count() == 4
    by_smtp.handle_DATA = accept
    make_all_due()
    call_command("sender", "--once")
    assert recipients(by_smtp) == {row.to: 1 for row in rows}


def test_address_refused_for_good_is_parked_at_once_and_the_others_leave(by_smtp, db):
    bad, good = queue("nobody@demo.example", priority=1), queue("ada@demo.example")

    async def handle_RCPT(server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    by_smtp.handle_RCPT = handle_RCPT
    by_smtp.down()
    by_smtp.up()
    sender.send_due()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (State.PARKED, State.SENT)
    assert "550" in bad.last_error and bad.attempts == 1


def test_address_refused_for_now_is_tried_again_later_and_parked_after_eight_times(by_smtp, db):
    by_smtp.refuse("451 Try again later")
    message = queue()
    waits = []
    for _ in range(sender.MOST_REJECTIONS):
        make_all_due()
        before = timezone.now()
        sender.send_due()
        message.refresh_from_db()
        waits.append(round((message.not_before - before).total_seconds(), -1))
    assert message.state == State.PARKED and "451" in message.last_error
    assert waits[:6] == sorted(waits[:6]) and waits[5] >= 300
    by_smtp.accept()
    assert outbox.again(message)
    sender.send_due()
    assert recipients(by_smtp) == {"ada@demo.example": 1}


def test_server_that_hangs_is_left_after_the_time_limit(by_smtp, db):
    async def hang(server, session, envelope):
        await __import__("asyncio").sleep(30)

    by_smtp.handle_DATA = hang
    queue()
    started = time.monotonic()
    with pytest.raises(sender.ServerTrouble):
        sender.send_due()
    assert time.monotonic() - started < 6
    assert Message.objects.get().state == State.QUEUED


def start_sender(server, **env):
    return subprocess.Popen(
        [sys.executable, "manage.py", "sender", "--interval", "0.2"],
        cwd=django_settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.faults.smtp_settings",
            "TEST_SMTP_PORT": str(server.port),
            **env,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(true, seconds=PATIENCE):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen in time.")


@pytest.mark.django_db(transaction=True)
def test_sender_killed_between_sending_and_marking_doubles_one_mail_at_most(by_smtp):
    rows = [queue(f"p{n}@demo.example") for n in range(6)]
    process = None
    accept = by_smtp.handle_DATA

    async def accept_and_kill(server, session, envelope):
        answer = await accept(server, session, envelope)
        if len(by_smtp.received) == 3:
            os.kill(process.pid, signal.SIGKILL)
        return answer

    by_smtp.handle_DATA = accept_and_kill
    process = start_sender(by_smtp)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    by_smtp.handle_DATA = accept
    assert Message.objects.filter(state=State.SENDING).exists()
    # Its claims are let go after ten minutes; here they are made old.
    Message.objects.filter(state=State.SENDING).update(claimed_at=timezone.now() - timedelta(minutes=11))
    call_command("sender", "--once")
    counts = recipients(by_smtp)
    assert set(counts) == {row.to for row in rows}
    doubled = [to for to, count in counts.items() if count > 1]
    assert len(doubled) <= 1 and max(counts.values()) <= 2
    for to in doubled:
        ids = {line for _, addresses, raw in by_smtp.received if to in addresses
               for line in raw.splitlines() if line.startswith(b"Message-ID")}  # fmt: skip
        assert len(ids) == 1


@pytest.mark.django_db(transaction=True)
def test_sender_told_to_stop_finishes_the_mail_in_hand(by_smtp):
    for n in range(5):
        queue(f"p{n}@demo.example")
    process = None
    accept = by_smtp.handle_DATA

    async def accept_and_ask_to_stop(server, session, envelope):
        if len(by_smtp.received) == 1:
            process.send_signal(signal.SIGTERM)
        return await accept(server, session, envelope)

    by_smtp.handle_DATA = accept_and_ask_to_stop
    process = start_sender(by_smtp)
    assert process.wait(PATIENCE) == 0
    assert Message.objects.filter(state=State.SENT).count() == len(by_smtp.received) == 2
    assert not Message.objects.filter(state=State.SENDING).exists()


@pytest.mark.django_db(transaction=True)
def test_code_leaves_within_ten_seconds_of_being_written(by_smtp):
    process = start_sender(by_smtp)
    try:
        queue("warm-up@demo.example")
        wait_until(lambda: by_smtp.received)
        written = time.monotonic()
        queue("code@demo.example", is_secret=True, priority=0)
        wait_until(lambda: len(by_smtp.received) == 2, seconds=10)
        assert time.monotonic() - written < 10
    finally:
        process.terminate()
        process.wait(20)

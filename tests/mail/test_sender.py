import email
import email.policy
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.mail import kinds, outbox, sender
from portal.mail.kinds import Attachment
from portal.mail.models import Message

pytestmark = pytest.mark.django_db
State = Message.State


def drain():
    while sender.send_due():
        pass


def received(server):
    return [email.message_from_bytes(raw, policy=email.policy.default) for _, _, raw in server.received]


def test_mail_leaves_with_the_headers_that_programs_and_people_need(queue, by_smtp):
    message = queue(subject="你的名額 & more", body="伙伴\n", language="zh-hant")
    drain()
    (mail,) = received(by_smtp)
    assert (mail["Subject"], mail["To"]) == ("你的名額 & more", "ada@demo.example")
    assert mail["Message-ID"] == message.message_id
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "zh-Hant-HK")
    assert mail["Date"] and not mail["Cc"] and not mail["Bcc"]
    assert mail.get_content().split() == ["伙伴"]
    message.refresh_from_db()
    assert message.state == State.SENT and message.sent_at and message.attempts == 1


def test_urgent_mail_goes_first_and_mail_for_later_waits(queue, by_smtp):
    queue("news@demo.example", priority=90)
    queue("code@demo.example", priority=0)
    queue("later@demo.example", not_before=timezone.now() + timedelta(hours=1))
    drain()
    assert [to for _, to, _ in by_smtp.received] == [["code@demo.example"], ["news@demo.example"]]


def test_links_and_attachments_are_made_when_the_mail_leaves(queue, kind, by_smtp):
    code = kind(
        links=lambda message: {"status": "https://portal.example/s/token"},
        attachments=lambda message: [
            Attachment("收據.txt", "伙伴".encode(), "text/plain; charset=utf-8"),
            Attachment("收據.pdf", b"%PDF", "application/pdf"),
        ],
    )
    message = queue(code=code, body="See [[status]]\n")
    drain()
    (mail,) = received(by_smtp)
    assert mail.get_body().get_content().split() == ["See", "https://portal.example/s/token"]
    parts = list(mail.iter_attachments())
    assert [(p.get_content_type(), p.get_filename()) for p in parts] == [
        ("text/plain", "收據.txt"),
        ("application/pdf", "收據.pdf"),
    ]
    assert (parts[0].get_content(), parts[1].get_payload(decode=True)) == ("伙伴", b"%PDF")
    message.refresh_from_db()
    assert message.body == "See [[status]]\n"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_calendar_entry_stands_beside_the_text_and_among_the_attachments(queue, kind, by_smtp, method):
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nX-DEMO:{'伙伴𨋢' * 20}\r\nEND:VCALENDAR\r\n".encode()
    entry = Attachment("seminar.ics", calendar, f"text/calendar; method={method}; charset=utf-8")
    queue(code=kind(attachments=lambda message: [entry]), body="Hello\n")
    drain()
    (mail,) = received(by_smtp)
    assert mail.get_content_type() == "multipart/mixed"
    beside, attached = mail.iter_parts()
    assert beside.get_content_type() == "multipart/alternative"
    text, inline = beside.iter_parts()
    assert text.get_content_type() == "text/plain" and text.get_content().split() == ["Hello"]
    assert dict(inline["Content-Type"].params) == {"method": method, "charset": "utf-8"}
    assert inline.get_content_type() == "text/calendar" and inline["Content-Disposition"] is None
    assert inline.get_payload(decode=True).split() == calendar.split()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "seminar.ics")
    assert attached.is_attachment() and attached.get_payload(decode=True) == calendar


def test_brackets_that_somebody_typed_stay_as_typed(queue, kind, by_smtp):
    queue(code=kind(links=lambda message: {"link": "x"}), body="Demo [[Works]] Ltd [[link]]\n")
    drain()
    (mail,) = received(by_smtp)
    assert mail.get_body().get_content().strip() == "Demo [[Works]] Ltd x"


@pytest.mark.parametrize(("code", "places"), [("knows-no-form", "form status"), ("nobody-knows", "")])
def test_mail_that_a_newer_portal_wrote_waits_for_a_newer_sender(
    queue, kind, by_smtp, caplog, code, places, monkeypatch
):
    """Never sent with its brackets, and not given up: the next sender knows what to fill in."""
    known = kind(links=lambda message: {"status": "https://portal.example/s"})
    row = queue(code=known if places else code, body="See [[form]] or [[status]]\n", places=places)
    before = timezone.now()
    drain()
    row.refresh_from_db()
    assert by_smtp.received == []
    assert (row.state, row.attempts, row.claimed_at) == (State.QUEUED, 0, None)
    assert before < row.not_before <= timezone.now() + timedelta(minutes=1)
    assert row.last_error.startswith("It waits for a newer sender.")
    assert "mail_waits_for_newer_sender" in caplog.text

    new = {"form": "https://portal.example/f", "status": "https://portal.example/s"}
    monkeypatch.setitem(kinds._kinds, row.kind, kinds.Kind(row.kind, links=lambda message: new))
    Message.objects.update(not_before=before)
    drain()
    (mail,) = received(by_smtp)
    assert mail.get_content().split() == ["See", new["form"], "or", new["status"]]


def test_place_that_nobody_fills_in_is_parked_after_the_time_of_a_renewal(queue, kind, by_smtp):
    row = queue(code=kind(), body="See [[form]]\n", places="form")
    Message.objects.update(created_at=timezone.now() - sender.RENEWAL - timedelta(seconds=1))
    drain()
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.PARKED, "Nothing to fill in is known here for: form.")
    assert by_smtp.received == []


def test_mail_that_is_no_longer_due_is_not_sent(queue, kind, by_smtp):
    message = queue(code=kind(still_due=lambda message: False))
    late = queue(expires_at=timezone.now() - timedelta(seconds=1))
    drain()
    for row in (message, late):
        row.refresh_from_db()
        assert row.state == State.SUPPRESSED and row.last_error
    assert by_smtp.received == []


def test_mail_of_an_unknown_kind_or_with_a_broken_kind_is_parked_and_the_queue_moves_on(
    queue, kind, by_smtp, caplog
):
    def broken(message):
        raise LookupError("no such sign-up")

    caplog.set_level(logging.CRITICAL)
    unknown, bad, good = queue(code="nobody-knows"), queue(code=kind(links=broken)), queue()
    long_ago = timezone.now() - sender.RENEWAL - timedelta(seconds=1)
    Message.objects.filter(pk=unknown.pk).update(created_at=long_ago)
    drain()
    for row in (unknown, bad, good):
        row.refresh_from_db()
    assert [row.state for row in (unknown, bad, good)] == [State.PARKED, State.PARKED, State.SENT]
    assert bad.last_error == "LookupError: no such sign-up"


def test_secret_text_is_erased_when_it_is_sent_or_of_no_use(queue, by_smtp):
    sent = queue(is_secret=True, body="123456", html="<p>123456</p>")
    late = queue(is_secret=True, body="654321", expires_at=timezone.now())
    drain()
    for row in (sent, late):
        row.refresh_from_db()
        assert (row.body, row.html) == ("", "")
    assert b"123456" in by_smtp.received[0][2]


def test_texts_are_forgotten_after_thirty_days_and_rows_stay(queue, by_smtp):
    old, fresh, waiting = queue(), queue(), queue(not_before=timezone.now() + timedelta(days=60))
    parked_secret = queue(is_secret=True, body="123", expires_at=timezone.now() - timedelta(hours=1))
    drain()
    Message.objects.filter(pk=parked_secret.pk).update(state=State.PARKED, body="123")
    Message.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=timezone.now() - timedelta(days=31))
    sender.forget_bodies()
    sender.forget_bodies()
    bodies = dict(Message.objects.values_list("pk", "body"))
    assert bodies == {old.pk: "", fresh.pk: "Dear Ada\n", waiting.pk: "Dear Ada\n", parked_secret.pk: ""}


def test_person_may_try_a_parked_mail_again(queue, by_smtp):
    message = queue()
    Message.objects.filter(pk=message.pk).update(state=State.PARKED, rejections=8)
    assert outbox.again(message) and not outbox.again(message)
    drain()
    message.refresh_from_db()
    assert (message.state, len(by_smtp.received)) == (State.SENT, 1)


def test_two_senders_never_take_the_same_mail(queue, by_smtp):
    for n in range(30):
        queue(f"p{n}@demo.example")
    first = sender._claim()
    second = sender._claim()
    assert (len(first), len(second)) == (20, 10)
    assert not {m.pk for m in first} & {m.pk for m in second}
    assert sender._claim() == []


def test_sender_that_lost_its_claim_does_not_send(queue, by_smtp):
    queue()
    (mine,) = sender._claim()
    Message.objects.filter(pk=mine.pk).update(claimed_at=timezone.now() + timedelta(seconds=1))
    assert not sender._still_mine(mine)


def test_mail_that_is_held_waits_and_then_leaves_or_not(queue, kind, by_smtp):
    held, due = [True], [True]
    code = kind(is_held=lambda message: held[0], still_due=lambda message: due[0])
    message, other = queue("one@demo.example", code=code), queue("two@demo.example", code=code)
    due[0] = False  # a hold is asked first: what it waits for may make the mail due again
    drain()
    for each in (message, other):
        each.refresh_from_db()
        assert (each.state, each.attempts) == (State.QUEUED, 0)
    held[0], due[0] = False, True
    assert sender.send_due() == 0, "it is asked again a minute later, not at once"
    for each in (message, other):
        each.refresh_from_db()
        Message.objects.filter(pk=each.pk).update(not_before=each.not_before - timedelta(seconds=61))
    drain()
    assert len(by_smtp.received) == 2

import ast
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone, translation

from portal.mail import outbox
from portal.mail.models import Message
from portal.mail.outbox import Recipient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_backend(settings):
    """Test runners replace it; here it is what is tested."""
    settings.EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"


def put(code, template, **options):
    values = {"key": "k:1", "to": "ada@demo.example", "language": "en", "context": {}, **options}
    with transaction.atomic():
        outbox.put(code, template=template, **values)


def test_message_is_rendered_in_the_language_of_its_reader(kind, letters):
    template = letters("{% load i18n %}{% translate 'Sent' %}", "{% load i18n %}{% translate 'Waiting' %}")
    with translation.override("en"):
        put(kind(priority=10), template, language="zh-hant")
    message = Message.objects.get()
    assert (message.subject, message.body) == ("已發送", "等候發送\n")
    assert (message.language, message.priority, message.state) == ("zh-hant", 10, "queued")


def test_plain_text_is_not_escaped_as_html(kind, letters):
    put(kind(), letters("{{ name }}", "{{ name }}"), context={"name": "Ng & Sons <Ltd>"})
    message = Message.objects.get()
    assert (message.subject, message.body) == ("Ng & Sons <Ltd>", "Ng & Sons <Ltd>\n")


def test_second_message_under_a_key_changes_nothing(kind, letters):
    code = kind()
    put(code, letters(body="first"))
    put(code, letters(body="second"))
    assert [message.body for message in Message.objects.all()] == ["first\n"]


def test_notice_to_many_is_one_insert_rendered_once_per_language(kind, letters, django_assert_num_queries):
    recipients = [
        Recipient(f"notice:{n}", f"p{n}@demo.example", "en" if n % 2 else "zh-hans", uuid.uuid4())
        for n in range(30)  # as many as SQLite takes in one statement, and some to spare
    ]
    code, template = kind(), letters("Moved", "{% load i18n %}{% translate 'Sent' %} [[link]]")
    with django_assert_num_queries(3), transaction.atomic():  # savepoint, insert, release
        outbox.put_many(code, recipients=recipients, template=template, context={})
    with transaction.atomic():
        outbox.put_many(code, recipients=recipients, template=template, context={})
    assert Message.objects.count() == 30
    assert set(Message.objects.values_list("language", "body")) == {
        ("en", "Sent [[link]]\n"),
        ("zh-hans", "已发送 [[link]]\n"),
    }
    assert len(set(Message.objects.values_list("message_id", flat=True))) == 30


def test_messages_queued_together_are_one_insert_and_all_go(kind, letters, django_assert_num_queries):
    code, template = kind(), letters("Moved", "Sent")
    put = {"language": "en", "template": template, "context": {}}
    with django_assert_num_queries(3), transaction.atomic(), outbox.together():  # savepoint, insert, release
        for name in ("ada", "ben", "ada"):
            outbox.put(code, key=f"notice:{name}", to=f"{name}@demo.example", **put)
    assert sorted(Message.objects.values_list("to", flat=True)) == ["ada@demo.example", "ben@demo.example"]


def test_change_that_fails_leaves_none_of_its_messages_for_the_next(kind, letters):
    code, template = kind(), letters("Moved", "Sent")
    put = {"language": "en", "template": template, "context": {}}
    with pytest.raises(ZeroDivisionError), transaction.atomic(), outbox.together():
        outbox.put(code, key="notice:ada", to="ada@demo.example", **put)
        raise ZeroDivisionError
    with transaction.atomic():
        outbox.put(code, key="notice:ben", to="ben@demo.example", **put)
    assert Message.objects.get().to == "ben@demo.example"


def test_message_keeps_the_names_of_its_places_and_takes_no_typed_brackets_for_one(kind, letters):
    """Those of its template and what that includes, or that the caller names; as far as they are there."""
    signature = letters(body="[[signed]]")
    body = "[[link]] {% if 0 %}[[never]]{% endif %} {{ typed }} {% include '" + signature + ".body.txt' %}"
    with transaction.atomic():
        outbox.put_many(
            kind(),
            recipients=[Recipient("places:1", "ada@demo.example", "en")],
            template=letters(body=body),
            context={"typed": "Demo [[Works]] Ltd [[company]]"},
            places=["company", "date"],
        )
    assert Message.objects.get(key="places:1").places == "company link signed"


@pytest.mark.django_db(transaction=True)
def test_message_outside_a_transaction_is_refused(kind, letters):
    with pytest.raises(outbox.OutsideTransaction):
        outbox.put(kind(), key="k", to="a@demo.example", language="en", template=letters(), context={})


@pytest.mark.django_db(transaction=True)
def test_transaction_that_rolls_back_leaves_no_message(kind, letters):
    code, template = kind(), letters()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(code, template)
        raise ZeroDivisionError
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["a@demo.example\r\nBcc: b@demo.example", "a@demo.example\nX: 1"])
def test_address_with_a_line_end_is_refused(kind, letters, address):
    with pytest.raises(ValueError, match="line end"):
        put(kind(), letters(), to=address)


def test_subject_becomes_one_line(kind, letters):
    put(kind(), letters(subject="Hello {{ name }}"), context={"name": "Ada\r\nBcc: eve@demo.example"})
    assert Message.objects.get().subject == "Hello Ada Bcc: eve@demo.example"


def test_mail_of_django_itself_becomes_a_secret_message_per_recipient():
    with translation.override("zh-hant"):
        mail = EmailMultiAlternatives(
            "Your code",
            "123456",
            to=["ada@demo.example"],
            cc=["bob@demo.example"],
            reply_to=["r@demo.example"],
        )
        mail.attach_alternative("<p>123456</p>", "text/html")
        assert mail.send() == 1
    rows = Message.objects.order_by("to")
    assert [(row.to, row.body, row.html) for row in rows] == [
        ("ada@demo.example", "123456", "<p>123456</p>"),
        ("bob@demo.example", "123456", "<p>123456</p>"),
    ]
    assert {(row.is_secret, row.kind, row.priority, row.language, row.reply_to) for row in rows} == {
        (True, "secret", 0, "zh-hant", "r@demo.example")
    }
    assert all(row.expires_at < timezone.now() + timedelta(days=1) for row in rows)


def test_header_injection_through_django_is_stopped_before_the_outbox():
    with pytest.raises(BadHeaderError):
        send_mail("Hi\nBcc: x@demo.example", "text", None, ["ada@demo.example"])
    assert not Message.objects.exists()


def test_mail_of_django_with_an_attachment_is_refused_rather_than_stripped():
    mail = EmailMessage("Hi", "text", to=["ada@demo.example"])
    mail.attach("a.txt", "text")
    with pytest.raises(ValueError, match="attachments"):
        mail.send()


def test_no_module_but_the_sender_and_the_backend_touches_django_mail():
    """One door: a direct mail would leave although the transaction is rolled back."""
    allowed = {"portal/mail/sender.py", "portal/mail/envelope.py", "portal/mail/backend.py"}
    allowed |= {"portal/mail/transports.py"}
    found = set()
    for package in ("portal", "home", "seminars", "applications"):
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = []
                if isinstance(node, ast.ImportFrom):
                    names = [f"{node.module}.{alias.name}" for alias in node.names]
                elif isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.Attribute) and node.attr in {"email_user", "send_mail"}:
                    names = ["django.core.mail.by_attribute"]
                if any(name.startswith(("django.core.mail", "smtplib")) for name in names):
                    found.add(str(path.relative_to(settings.BASE_DIR)))
    assert found == allowed


def test_what_has_not_begun_to_leave_can_be_taken_back(queue):
    first, second, other = (queue(key=key) for key in ("change:7:a", "change:7:b", "change:70:a"))
    assert outbox.withdraw("change:7:")
    for each, state in ((first, "suppressed"), (second, "suppressed"), (other, "queued")):
        each.refresh_from_db()
        assert each.state == state
    Message.objects.filter(pk=second.pk).update(state="sending")
    assert not outbox.withdraw("change:7:"), "one is leaving: the caller rolls back"

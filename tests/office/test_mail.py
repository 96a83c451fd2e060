import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.models import Event
from portal.mail import outbox
from portal.mail.models import Message

pytestmark = pytest.mark.django_db
LIST = "/en/office/mail/"


def mail(to="ada@demo.example", **fields):
    message = Message(
        **{
            "kind": "notice",
            "key": str(uuid.uuid4()),
            "to": to,
            "subject": "Your place",
            "body": "Dear Ada\n\n[[status]]\n",
            "not_before": timezone.now(),
            **fields,
        }
    )
    outbox.add(message)
    return Message.objects.get(key=message.key)


@pytest.mark.parametrize("name", ["officer", "auditor", "root"])
def test_staff_see_every_mail_with_counts_per_state(name, request, client_for):
    mail(), mail("bob@demo.example", state="parked", last_error="550 No such person"), mail(state="parked")
    content = client_for(request.getfixturevalue(name)).get(LIST).content.decode()
    assert "ada@demo.example" in content and "bob@demo.example" in content
    assert "Waiting: 1" in content and "Could not be sent: 2" in content and "3 mails" in content


def test_organisers_see_and_send_again_the_mails_of_seminars_only(client_for, organiser):
    theirs = mail("ada@demo.example", kind="signup.confirmed", state="parked")
    other = mail("bob@demo.example", kind="application.ineligible", state="parked", body="The reason.\n")
    client = client_for(organiser)

    content = client.get(LIST).content.decode()
    assert "ada@demo.example" in content and "bob@demo.example" not in content
    assert "Could not be sent: 1" in content and "1 mail" in content
    assert "bob@demo.example" not in client.get(LIST, {"q": "bob"}).content.decode()
    assert client.get(f"{LIST}{other.uuid}/").status_code == 404
    assert client.post(f"{LIST}{other.uuid}/again/").status_code == 404
    assert client.post(f"{LIST}{theirs.uuid}/again/").status_code == 302
    states = dict(Message.objects.values_list("to", "state"))
    assert states == {"ada@demo.example": "queued", "bob@demo.example": "parked"}


@pytest.mark.parametrize("name", ["editor", "assessor", "record_checker", "releaser", "mei"])
def test_others_are_refused(name, request, client_for):
    message = mail()
    client = client_for(request.getfixturevalue(name))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{message.uuid}/").status_code == 403
    assert client.post(f"{LIST}{message.uuid}/again/").status_code == 403


def test_list_is_filtered_and_searched_by_its_address(client_for, officer):
    (
        mail("ada@demo.example", state="parked"),
        mail("bob@demo.example"),
        mail("eve@demo.example", state="parked"),
    )
    content = client_for(officer).get(LIST, {"state": "parked", "q": "ada"}).content.decode()
    assert "ada@demo.example" in content
    assert "bob@demo.example" not in content and "eve@demo.example" not in content
    assert client_for(officer).get(LIST, {"state": "nonsense", "page": "x"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_a_fixed_number_of_questions(rows, client_for, officer, django_assert_num_queries):
    for _ in range(rows):
        mail()
    client = client_for(officer)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_text_of_a_mail_is_shown_with_its_places_unfilled(client_for, officer):
    content = client_for(officer).get(f"{LIST}{mail().uuid}/").content.decode()
    assert "Dear Ada" in content and "[[status]]" in content


@pytest.mark.parametrize("path", [LIST, LIST + "?q=canary", LIST + "{uuid}/"])
def test_text_and_subject_of_a_secret_mail_are_shown_to_nobody(path, client_for, root):
    secret = mail(
        kind="secret", is_secret=True, subject="canary-subject", body="canary-body", html="canary-html"
    )
    content = client_for(root).get(path.format(uuid=secret.uuid)).content.decode()
    assert "canary-" not in content
    assert ("ada@demo.example" in content) == ("q=" not in path)


def test_mail_that_could_not_be_sent_is_sent_again_once(client_for, officer):
    message = mail(state="parked", last_error="550", rejections=8)
    client = client_for(officer)
    assert "Send again" in client.get(f"{LIST}{message.uuid}/").content.decode()
    for _ in range(2):
        response = client.post(f"{LIST}{message.uuid}/again/", follow=True)
        assert response.status_code == 200
    message.refresh_from_db()
    assert (message.state, message.rejections) == ("queued", 0)
    assert Event.objects.filter(object_uuid=message.uuid, verb="mail.sent_again").count() == 1
    assert "Nothing was changed" in response.content.decode()


def test_reading_does_not_send_and_an_auditor_may_not(client_for, officer, auditor):
    message = mail(state="parked")
    assert client_for(officer).get(f"{LIST}{message.uuid}/again/").status_code == 405
    assert client_for(auditor).post(f"{LIST}{message.uuid}/again/").status_code == 403
    assert "Send again" not in client_for(auditor).get(f"{LIST}{message.uuid}/").content.decode()
    message.refresh_from_db()
    assert message.state == "parked"


def test_mail_that_does_not_exist(client_for, officer):
    client = client_for(officer)
    assert client.get(f"{LIST}{uuid.uuid4()}/").status_code == 404
    assert client.post(f"{LIST}{uuid.uuid4()}/again/").status_code == 404


def test_mail_is_in_three_languages(client_for, officer):
    message = mail(state="parked", created_at=timezone.now() - timedelta(days=1))
    client = client_for(officer)
    assert "未能發送" in client.get(f"/tc/office/mail/{message.uuid}/").content.decode()
    assert "未能发送" in client.get("/sc/office/mail/").content.decode()

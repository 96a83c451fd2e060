import pytest
from django.core.mail import EmailMessage, get_connection

FOLDER_TRANSPORT = "portal.mail.transports.FolderTransport"


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.ROOT_URLCONF = "tests.mail.dev_site"
    return settings.MAIL_FOLDER


def send(subject, body="See https://portal.example/s/abc?x=1&y=2 <now>\n", **options):
    mail = EmailMessage(subject, body, "portal@portal.example", ["ada@demo.example"], **options)
    mail.attach("seminar.ics", b"BEGIN:VCALENDAR", "text/calendar")
    get_connection(FOLDER_TRANSPORT).send_messages([mail])


@pytest.mark.django_db
def test_mail_is_listed_newest_first_and_read_with_links_and_attachments(folder, client):
    send("First 一")
    send("Second")
    content = client.get("/dev/mail").content.decode()
    assert content.index("Second") < content.index("First 一")
    newest = sorted(path.stem for path in folder.iterdir())[-1]
    content = client.get(f"/dev/mail/{newest}").content.decode()
    assert 'href="https://portal.example/s/abc?x=1&amp;y=2"' in content and "&lt;now&gt;" in content
    response = client.get(f"/dev/mail/{newest}/1")
    assert response.content == b"BEGIN:VCALENDAR"
    assert response["Content-Disposition"] == 'attachment; filename="seminar.ics"'


@pytest.mark.django_db
def test_empty_mailbox_and_unknown_mail(folder, client):
    assert "Nothing yet" in client.get("/dev/mail").content.decode()
    assert client.get("/dev/mail/none", follow=True).status_code == 404
    send("One")
    (name,) = (path.stem for path in folder.iterdir())
    assert client.get(f"/dev/mail/{name}/2", follow=True).status_code == 404
    assert client.get(f"/dev/mail/{name}/0", follow=True).status_code == 404


@pytest.mark.django_db
def test_mail_is_dated_in_hong_kong_time(folder, client):
    send("Early", headers={"Date": "Tue, 24 Nov 2026 17:05:00 -0000"})
    assert "Wed 25 November 2026, 01:05" in client.get("/dev/mail").content.decode()


@pytest.mark.django_db
def test_mailbox_does_not_exist_outside_development(client):
    assert client.get("/dev/mail", follow=True).status_code == 404

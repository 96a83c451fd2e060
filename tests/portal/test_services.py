"""The real parts that other tests talk to, seen to be real."""

import smtplib
import urllib.error
import urllib.request
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tests.services.clamd import EICAR


def mail():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@demo.example", "b@demo.example", "Hello"
    message.set_content("Hello")
    return message


def test_mail_server_refuses_goes_down_and_comes_back(smtp):
    def send():
        with smtplib.SMTP(smtp.host, smtp.port, timeout=5) as client:
            client.send_message(mail())

    send()
    smtp.refuse()
    with pytest.raises(smtplib.SMTPDataError):
        send()
    smtp.down()
    with pytest.raises(ConnectionRefusedError):
        send()
    smtp.accept()
    smtp.up()
    send()

    assert [recipients for _, recipients, _ in smtp.received] == [["b@demo.example"], ["b@demo.example"]]


@pytest.mark.s3
def test_store_keeps_a_file_and_refuses_the_nameless(private_s3):
    store = storages["private"]
    name = store.save("probe/文件.txt", ContentFile("內容".encode()))

    with store.open(name) as file:
        assert file.read() == "內容".encode()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{private_s3.endpoint}/{private_s3.bucket}/{quote(name)}")


@pytest.mark.clamd
def test_scanner_knows_its_one_signature(clamd):
    import socket
    import struct

    def verdict(content):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(clamd.socket))
            client.sendall(b"zINSTREAM\0" + struct.pack("!L", len(content)) + content + struct.pack("!L", 0))
            return client.recv(200)

    assert verdict(b"harmless") == b"stream: OK\0"
    assert b"FOUND" in verdict(EICAR)


@pytest.mark.browser
def test_browser_shows_a_page_of_the_live_server(live_server, page):
    page.goto(f"{live_server.url}/static/nothing-here")

    assert "Chrome" in page.evaluate("navigator.userAgent")

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.core import mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal import pdf, retention
from portal.files import store
from portal.files.models import StoredFile
from portal.mail import sender
from portal.mail.models import Message
from seminars import afterwards, attendance, certificates, links, seats, verifying
from seminars.models import AttendanceCertificate, Seminar, SignUp
from seminars.papers import certificate as paper
from tests.seminars.makers import details, ended
from tests.services import unavailable


@pytest.fixture
def past(published, online):
    """Mei, Ken (繁體) and Ada (简体) had a place; Mei and Ken came. Certificates began an hour ago."""
    names = {"mei": ("Demo Mei Lam", "en"), "ken": ("陳小𨋢", "zh-hant"), "ada": ("张伟", "zh-hans")}
    for who, (name, language) in names.items():
        seats.sign_up(published, option=online, details=details(who, who, name=name, language=language))
    Message.objects.all().delete()
    began = timezone.now() - timedelta(hours=1)
    Seminar.objects.filter(pk=published.pk).update(**ended(published), certificates_at=began)
    for who in ("mei", "ken"):
        come(who)
    return Seminar.objects.get(pk=published.pk)


def person(who):
    return SignUp.objects.select_related("seminar").get(email__startswith=who)


def come(who):
    attendance.check_in(person(who), witness=SignUp.Witness.OFFICE)


@pytest.fixture
def issued(past):
    assert certificates.issue_due() == 2
    return {each.sign_up.email.split("@")[0]: each for each in AttendanceCertificate.objects.all()}


@pytest.fixture
def pango(db):
    if not pdf.is_available():
        unavailable("Pango", "WeasyPrint could not be loaded")


def verify(client, code, language="en"):
    page = client.get(f"/{language}/seminars/certificates/", {"code": code})
    return page.content.decode().split("<main")[1].split("</main>")[0]


def answer_to(client, code):
    """What the page says, without what was typed."""
    return verify(client, code).replace(code, "")


# Issuing


def test_clock_issues_once_to_who_came_and_later_to_who_is_ticked_off_later(issued):
    assert issued.keys() == {"mei", "ken"}
    assert certificates.issue_due() == 0
    come("ada")
    assert certificates.issue_due() == 1
    codes = set(AttendanceCertificate.objects.values_list("code", flat=True))
    assert len(codes) == 3 and {each.code for each in issued.values()} < codes


def test_nothing_is_issued_within_the_minute_or_before_the_end(past, organiser):
    Seminar.objects.filter(pk=past.pk).update(certificates_at=None)
    afterwards.start_certificates(past, actor=organiser)
    assert certificates.issue_due() == 0
    afterwards.stop_certificates(past, actor=organiser)
    Seminar.objects.filter(pk=past.pk).update(
        certificates_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1)
    )
    assert certificates.issue_due() == 0 and not AttendanceCertificate.objects.exists()


def test_least_time_counts_where_the_platform_told_it(past):
    Seminar.objects.filter(pk=past.pk).update(certificate_minutes=30)
    come("ada")
    SignUp.objects.filter(email__startswith="ken").update(attended_minutes=29)
    SignUp.objects.filter(email__startswith="ada").update(attended_minutes=30)
    certificates.issue_due()
    found = AttendanceCertificate.objects.values_list("sign_up__email", flat=True)
    assert {each.split("@")[0] for each in found} == {"mei", "ada"}


def test_mail_goes_once_with_the_link_and_the_code_in_the_own_language(issued, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    stored = " ".join(Message.objects.values_list("body", flat=True))
    assert issued["mei"].code not in stored and "/mine/" not in stored
    while sender.send_due():
        pass
    certificates.issue_due()
    while sender.send_due():
        pass
    sent = {each.to[0].split("@")[0]: each for each in mail.outbox}
    assert len(mail.outbox) == 2
    assert sent["mei"].subject == "Your certificate of attendance: Demo seminar"
    for piece in (
        links.address_of(person("mei"), "certificate"),
        verifying.in_groups(issued["mei"].code),
        verifying.address_of(issued["mei"], "en"),
    ):
        assert piece in sent["mei"].body
    assert sent["ken"].subject == "你的出席證明書：示範研討會"


def test_tick_taken_back_ends_certificate_mail_and_code(issued, client, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    attendance.take_back(person("ken"))
    assert not AttendanceCertificate.objects.filter(pk=issued["ken"].pk).exists()
    while sender.send_due():
        pass
    assert [each.to[0].split("@")[0] for each in mail.outbox] == ["mei"]
    assert client.get(links.path_to(person("ken"), "certificate")).status_code == 404
    assert answer_to(client, issued["ken"].code) == answer_to(client, "0000-0000-0000")
    # Ticked off again: another certificate, and a mail of its own.
    come("ken")
    assert certificates.issue_due() == 1
    assert AttendanceCertificate.objects.get(sign_up=person("ken")).code != issued["ken"].code


def test_certificate_goes_with_the_personal_data(pango, issued, client):
    paper.make.call(str(issued["mei"].uuid))
    file = AttendanceCertificate.objects.get(pk=issued["mei"].pk).file
    path = links.path_to(person("mei"), "certificate")
    retention.run(now=timezone.now() + timedelta(days=380))
    assert not AttendanceCertificate.objects.exists()
    assert StoredFile.objects.get(pk=file.pk).state == "removed"
    assert client.get(path).status_code == 404
    assert answer_to(client, issued["mei"].code) == answer_to(client, "0000-0000-0000")


# Verifying


def test_page_says_which_seminar_and_initials_and_no_name(issued, client):
    text = verify(client, issued["mei"].code)
    assert "This certificate was issued" in text and "Demo seminar" in text and "D. M. L." in text
    assert "Lam" not in text and "Limited" not in text and "mei@" not in text
    chinese = verify(client, issued["ken"].code, "tc")
    assert "陳○○" in chinese and "𨋢" not in chinese


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: " ".join(code),
        lambda code: f"{code[:4]}—{code[4:8]}－{code[8:]}",
        lambda code: "".join(chr(ord(each) + 0xFEE0) for each in code),
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
)
def test_code_is_found_as_people_type_it(issued, client, typed):
    AttendanceCertificate.objects.filter(pk=issued["mei"].pk).update(code="7K20M9Q1XD4R")
    assert "D. M. L." in verify(client, typed("7K20M9Q1XD4R"))


@pytest.mark.parametrize("typed", ["x", "0" * 12, "0" * 500, "'; --", "𨋢" * 12, "%00"])
def test_every_wrong_code_has_the_same_answer(issued, client, typed):
    text = verify(client, typed)
    assert "No certificate can be verified with this code" in text and "<dl" not in text


def test_many_codes_from_one_network_are_refused(issued, client):
    for _number in range(30):
        client.get("/en/seminars/certificates/", {"code": "0" * 12})
    answer = client.get("/en/seminars/certificates/", {"code": issued["mei"].code})
    assert answer.status_code == 429 and "D. M. L." not in answer.content.decode()
    assert answer["Retry-After"]
    # The form itself is always there.
    assert client.get("/en/seminars/certificates/").status_code == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Chan Siu Ming", "C. S. M."),
        ("  élodie   d'Arc ", "É. D."),
        ("陳小文", "陳○○"),
        ("𨋢", "𨋢"),
        ("陳小文 Peter", "陳○○ P."),
        ("김민수", "김○○"),
    ],
)
def test_initials(name, shown):
    assert verifying.initials(name) == shown


# The paper


def test_own_page_is_the_certificate_and_leads_to_the_pdf_once_it_is_made(pango, issued, client):
    mei = person("mei")
    page = client.get(links.path_to(mei, "certificate"))
    text = page.content.decode()
    assert 'class="govuk-back-link">Back to your sign-up</a>' in text
    assert "Demo Mei Lam" in text and verifying.in_groups(issued["mei"].code) in text
    assert page["Cache-Control"] == "private, no-store" and page["Referrer-Policy"] == "no-referrer"
    pdf_path = links.path_to(mei, "certificate_pdf")
    assert pdf_path not in text
    assert client.get(pdf_path)["Location"] == links.path_to(mei, "certificate")
    assert paper.make.call(str(issued["mei"].uuid)) == "ready"
    assert paper.make.call(str(issued["mei"].uuid)) == "gone"
    assert pdf_path in client.get(links.path_to(mei, "certificate")).content.decode()
    answer = client.get(pdf_path)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert StoredFile.objects.filter(owner_kind=paper.OWNER_KIND).count() == 1


def test_pdf_is_tagged_and_speaks_three_languages_on_one_sheet(pango, issued):
    paper.make.call(str(issued["ken"].uuid))
    with store.open_key(AttendanceCertificate.objects.get(pk=issued["ken"].pk).file.key) as file:
        content = file.read()
    document = pikepdf.open(io.BytesIO(content))
    assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "zh-Hant-HK"
    pages = pypdfium2.PdfDocument(content)
    assert len(pages) == 1
    text = pages[0].get_textpage().get_text_range()
    for piece in ("出席證明書", "出席证明书", "Certificate of Attendance", "陳小𨋢", "示范研讨会"):
        assert piece in text
    assert verifying.in_groups(issued["ken"].code) in text
    assert text.index("出席證明書") < text.index("Certificate of Attendance")


def test_longest_names_stay_on_one_sheet(pango, issued):
    SignUp.objects.filter(email__startswith="mei").update(name="Wide " * 24, company="Company " * 25)
    Seminar.objects.update(**{f"title_{tag}": "Long title " * 18 for tag in ("en", "zh_hant", "zh_hans")})
    paper.make.call(str(issued["mei"].uuid))
    with store.open_key(AttendanceCertificate.objects.get(pk=issued["mei"].pk).file.key) as file:
        assert len(pypdfium2.PdfDocument(file.read())) == 1


def test_certificate_withdrawn_while_its_pdf_was_made_leaves_nothing(pango, issued, monkeypatch):
    draw = pdf.make

    def slow(*args, **kwargs):
        attendance.take_back(person("mei"))
        return draw(*args, **kwargs)

    monkeypatch.setattr(pdf, "make", slow)
    assert paper.make.call(str(issued["mei"].uuid)) == "gone"
    assert StoredFile.objects.get(owner_kind=paper.OWNER_KIND).state == "removed"


def test_person_without_a_certificate_is_shown_none(issued, client):
    ada, mei = person("ada"), person("mei")
    assert links.path_to(ada, "certificate") not in client.get(links.path_to(ada)).content.decode()
    assert client.get(links.path_to(ada, "certificate")).status_code == 404
    assert links.path_to(mei, "certificate") in client.get(links.path_to(mei)).content.decode()


def test_organiser_issues_takes_back_and_sees_how_many(client_for, organiser, past):
    Seminar.objects.filter(pk=past.pk).update(certificates_at=None)
    browser, act = client_for(organiser), reverse("office_seminars:certificates", args=[past.uuid])
    assert "Take it back" in browser.post(act, follow=True).content.decode()
    browser.post(act, {"act": "stop"})
    assert Seminar.objects.get(pk=past.pk).certificates_at is None
    browser.post(act)
    Seminar.objects.filter(pk=past.pk).update(certificates_at=F("certificates_at") - timedelta(seconds=61))
    certificates.issue_due()
    page = browser.get(reverse("office_seminars:after", args=[past.uuid])).content.decode()
    assert "2 certificates are issued." in page and "Issue no more certificates" in page


def test_mail_is_looked_at_first_and_has_no_code_yet(client_for, organiser, past):
    Seminar.objects.filter(pk=past.pk).update(certificates_at=None)
    answer = client_for(organiser).get(reverse("office_seminars:certificates", args=[past.uuid]))
    english, traditional, simplified = answer.context["preview"].samples
    assert (english.people, traditional.people, simplified.people) == (1, 1, 0)
    assert "Demo Mei Lam" in english.body and "XXXX-XXXX-XXXX" in english.body
    assert "/tc/seminars/mine/…" in traditional.body and simplified.subject.startswith("您的出席证明书")
    page = answer.content.decode()
    assert "[[" not in page and links.token_for(person("mei")) not in page
    assert not AttendanceCertificate.objects.exists()
    Seminar.objects.filter(pk=past.pk).update(ends_at=timezone.now() + timedelta(hours=9))
    page = client_for(organiser).get(reverse("office_seminars:certificates", args=[past.uuid]), follow=True)
    assert "The seminar is not over yet." in page.content.decode()


@pytest.mark.parametrize(("people", "queries"), [(1, 10), (2, 11)])
def test_issuing_costs_one_task_more_for_each(past, people, queries, django_assert_num_queries):
    if people == 1:
        SignUp.objects.filter(email__startswith="ken").update(attended_at=None)
    with django_assert_num_queries(queries):
        certificates.issue_due()

"""Many people at once: checked line by line, all of them added or nobody."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import availability, bulk, seats
from seminars.models import SignUp
from tests.seminars.makers import details

PASTED = """\
姓名\t公司\t電郵\t電話\t參加方式\t語言
示範陳小文\t示範綠洲有限公司\tman@oasis.example\t2123 4567\t示範會堂\t繁
Demo Lee\tDemo Alpha Limited\tLEE@alpha.example\t\tonline\tEnglish
Demo Ho\tDemo Alpha Limited\tho@alpha.example\t\t\t
"""


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


@pytest.fixture
def url(seminar):
    return reverse("office_seminars:add_many", args=[seminar.uuid])


def sent(people, option, **fields):
    values = {"people": people, "option": str(option.uuid), "company_type": "other", "language": "en"}
    return values | fields


def test_checking_reports_line_by_line_and_adds_nobody(staff, url, seminar, online, venue):
    response = staff.post(url, sent(PASTED, online, act="check"))
    rows = response.context["rows"]
    assert response.status_code == 200 and response.context["good"]
    assert [(row.number, row.option, row.details.language) for row in rows] == [
        (2, venue, "zh-hant"),
        (3, online, "en"),
        (4, online, "en"),
    ]
    assert not SignUp.objects.exists() and not Message.objects.exists()
    assert "Add 3 people" in response.content.decode()


def test_pressing_add_enters_all_in_the_order_of_the_lines_once(staff, url, seminar, online, organiser):
    first = staff.post(url, sent(PASTED, online, act="add"))
    assert "3 people are added" in first.content.decode()
    people = list(SignUp.objects.order_by("queue_number"))
    assert [(each.email, each.state, each.source) for each in people] == [
        ("man@oasis.example", "confirmed", "office"),
        ("LEE@alpha.example", "confirmed", "office"),
        ("ho@alpha.example", "confirmed", "office"),
    ]
    assert Message.objects.count() == 3
    assert Event.objects.filter(verb="signup.entered", actor_uuid=organiser.uuid).count() == 3
    again = staff.post(url, sent(PASTED, online, act="add"))
    assert "0 people are added" in again.content.decode()
    assert SignUp.objects.count() == 3 and Message.objects.count() == 3


def test_sheet_of_more_people_than_are_taken_at_once_is_refused_whole(staff, url, online):
    lines = [f"P{number},C,p{number}@alpha.example" for number in range(201)]
    sheet = SimpleUploadedFile("many.csv", "\n".join(["Name,Company,Email", *lines]).encode())
    response = staff.post(url, sent("", online, act="check", sheet=sheet))
    assert response.status_code == 422
    assert response.context["form"].errors["sheet"] == [
        "At most 200 people at once: send the rest afterwards."
    ]
    assert "p0@alpha.example" not in response.content.decode()


def test_one_wrong_line_adds_nobody_and_keeps_what_was_pasted(staff, url, online):
    pasted = PASTED + "\t\tnot-an-address\t\tMoon\t\nDemo Twin\tDemo Beta\tHO@alpha.example\t\t\t"
    response = staff.post(url, sent(pasted, online, act="add"))
    page = response.content.decode()
    assert response.status_code == 422 and not SignUp.objects.exists()
    problems = {row.number: row.problems for row in response.context["rows"] if row.problems}
    assert list(problems) == [5, 6] and len(problems[5]) == 4
    assert problems[6] == ["The same address as in line 4."]
    assert "not-an-address" in page and "Please correct" in page


def test_who_is_signed_up_already_stays_as_is(staff, url, seminar, online, venue):
    seats.sign_up(seminar, option=online, details=details("ho", name="Own Name"))
    response = staff.post(url, sent(PASTED, online, act="add"))
    assert [row.is_known for row in response.context["rows"]] == [False, False, True]
    assert SignUp.objects.get(email_key="ho@alpha.example").name == "Own Name"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Demo Lee, Demo Alpha, lee@alpha.example", ["Demo Lee", " Demo Alpha", " lee@alpha.example"]),
        ('"Lee, Demo";Demo Alpha;lee@alpha.example', ["Lee, Demo", "Demo Alpha", "lee@alpha.example"]),
        ("email\tname\nlee@alpha.example\tDemo Lee", ["lee@alpha.example", "Demo Lee"]),
    ],
)
def test_lines_come_in_several_shapes(text, cells):
    (row,) = bulk.read(text)
    assert list(row.cells.values()) == cells


def test_lines_of_several_mails_stand_together_each_with_its_own_sign():
    rows = bulk.read(
        "Ada, Demo Beta; East, ada@beta.example\n"
        "Mei\tDemo Gamma, Limited\tmei@gamma.example\n"
        "示範陳大文，示範公司，chan@delta.example\n"
        "示范张伟；示范公司，东莞；zhang@omega.example"
    )
    assert [tuple(row.cells[name].strip() for name in ("name", "company", "email")) for row in rows] == [
        ("Ada", "Demo Beta; East", "ada@beta.example"),
        ("Mei", "Demo Gamma, Limited", "mei@gamma.example"),
        ("示範陳大文", "示範公司", "chan@delta.example"),
        ("示范张伟", "示范公司，东莞", "zhang@omega.example"),
    ]


@pytest.mark.parametrize(
    "headings",
    ["Name\tCompany name\tE-mail address", "姓名\t公司名稱\t電郵地址", "参会人姓名\t单位名称\t电子邮件地址"],
)
def test_usual_headings_of_each_language_are_known(headings):
    (row,) = bulk.read(f"{headings}\nAda\tDemo Beta\tada@beta.example")
    assert row.cells == {"name": "Ada", "company": "Demo Beta", "email": "ada@beta.example"}


def test_address_that_looks_mistyped_is_pointed_at_and_added_as_it_stands(staff, url, online):
    lines = "Ada, Demo Beta, ada@gmial.com\nMei, Demo Gamma, mei@gmail.com"
    checked = staff.post(url, sent(lines, online, act="check")).content.decode()
    assert checked.count("Did you mean") == 1 and "Did you mean ada@gmail.com? If so, correct" in checked
    assert "Add 2 people" in checked
    staff.post(url, sent(lines, online, act="add"))
    assert set(SignUp.objects.values_list("email", flat=True)) == {"ada@gmial.com", "mei@gmail.com"}


def test_sheet_is_read_and_shown_for_correction(staff, url, online, venue):
    book = Workbook()
    book.active.append(["Form of the guild", None])
    book.active.append(["Name", "Organisation", "E-mail", "No.", "參加方式", "公司類別"])
    book.active.append(["Demo Lee", "Demo\nAlpha", "lee@alpha.example", 7, "示範會堂", "製造商"])
    stream = io.BytesIO()
    book.save(stream)
    sheet = SimpleUploadedFile("guild.xlsx", stream.getvalue())
    response = staff.post(url, sent("", online, act="check", sheet=sheet))
    assert response.context["good"]
    assert "Demo Lee\tDemo Alpha\tlee@alpha.example" in response.content.decode()
    (row,) = response.context["rows"]
    assert (row.option, row.details.company_type) == (venue, SignUp.CompanyType.FACTORY), (
        "no column is lost on the way"
    )
    wrong = SimpleUploadedFile("guild.csv", b"no,table\n1,2\n")
    refused = staff.post(url, sent("", online, act="check", sheet=wrong))
    assert refused.status_code == 422 and "error-summary" in refused.content.decode()


def test_nothing_pasted_is_said(staff, url, online):
    response = staff.post(url, sent(" \n ", online, act="add"))
    assert response.status_code == 422 and "Paste at least one line" in response.content.decode()


def test_too_many_lines_are_refused_whole(seminar, online):
    rows = bulk.read("\n".join(f"P{n}\tC\tp{n}@alpha.example" for n in range(201)))
    defaults = bulk.Defaults(str(online.uuid), "other", "en")
    assert bulk.check(seminar, rows, defaults, availability.every_open_option(seminar)) is False
    assert "At most 200" in rows[0].problems[0]


def test_adding_stops_whole_when_an_option_closes(seminar, online, venue, organiser):
    entries = [(online, details("mei")), (venue, details("ken", "beta"))]
    type(venue).objects.filter(pk=venue.pk).update(state="cancelled")
    with pytest.raises(seats.SignUpClosed):
        seats.add_many(seminar, entries, actor=organiser)
    assert not SignUp.objects.exists() and not Message.objects.exists()

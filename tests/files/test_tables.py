"""What is read out of an uploaded table, whatever program, encoding and machine it came from."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files import tables
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from tests.files import makers

HEADINGS = {"factory", "工廠", "工厂", "city", "城市"}
TRADITIONAL = [["工廠", "城市"], ["示範印染廠", "東莞"], ["𨋢嘅咗廠", "香港"]]
SIMPLIFIED = [["工厂", "城市"], ["示范印染厂", "东莞"], ["华丽制衣厂", "广州"]]
ENGLISH = [["factory", "city"], ["示範印染廠", "東莞"], ["美麗製衣廠", "廣州"]]


def read(content, name="table.csv"):
    return tables.read(SimpleUploadedFile(name, content), is_heading=lambda text: text.strip() in HEADINGS)


def workbook(rows, *, change=None):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    book.save(file)
    return file.getvalue()


def text(rows, delimiter=",", end="\r\n"):
    return end.join(delimiter.join(row) for row in rows) + end


@pytest.mark.parametrize(
    ("rows", "encoding", "named"),
    [
        (TRADITIONAL, "utf-8", "UTF-8"),
        (TRADITIONAL, "utf-8-sig", "UTF-8"),
        (TRADITIONAL, "utf-16", "UTF-16"),
        (TRADITIONAL, "utf-16-be", "UTF-16"),
        (TRADITIONAL, "big5hkscs", "Big5"),
        (TRADITIONAL[:2], "cp950", "Big5"),
        (TRADITIONAL[:2], "gb18030", "GB18030"),
        (SIMPLIFIED, "utf-8", "UTF-8"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (SIMPLIFIED, "gbk", "GB18030"),
        (ENGLISH, "big5", "Big5"),
        ([ENGLISH[0], *SIMPLIFIED[1:]], "gbk", "GB18030"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_the_encoding_it_came_in(rows, encoding, named, delimiter):
    found = read(text(rows, delimiter).encode(encoding))
    assert found.headings == rows[0]
    assert [cells for _number, cells in found.rows] == rows[1:]
    assert found.encoding == named


def test_row_numbers_are_those_of_the_sheet():
    found = read(b'a title\r\n\r\nfactory,city\r\n\r\nDemo,4419\r\n,\r\n"two\nlines",hk\r\n')
    assert found.heading_row == 3
    assert found.rows == [(5, ["Demo", "4419"]), (7, ["two\nlines", "hk"])]


def test_row_numbers_of_a_workbook_count_empty_rows():
    found = read(workbook([["factory", "city"], [], ["Demo", "hk"]]), "a.xlsx")
    assert (found.heading_row, found.rows) == (1, [(3, ["Demo", "hk"])])


def test_values_of_a_workbook_are_read_as_people_write_them():
    values = [date(2026, 3, 31), datetime(2026, 3, 31, 8, 5), 12, 12.5, 0.1, 1e15, 4419.0, True, " x ", None]
    found = read(workbook([["factory", "city"], values, ["Demo"]]), "a.xlsx")
    expected = ["2026-03-31", "2026-03-31 08:05:00", "12", "12.5", "0.1", "1000000000000000", "4419", "TRUE"]
    assert found.rows == [(2, [*expected, " x "]), (3, ["Demo"])]


def test_formula_is_not_evaluated():
    found = read(workbook([["factory", "city"], ["=1+1", '=HYPERLINK("http://x/")']]), "a.xlsx")
    assert found.rows == [(2, ["=1+1", '=HYPERLINK("http://x/")'])]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>factory</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>city</t></is></c></row>{}</sheetData></worksheet>'
)
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>'

SHARED = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook_of(rows, *, text="x"):
    """A workbook whose sheet is written by hand; the shared text of its cells has the number 0."""
    with makers.zipfile.ZipFile(io.BytesIO(workbook([["x"]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {"xl/worksheets/sheet1.xml": SHEET.format(rows), "xl/sharedStrings.xml": STRINGS.format(text)}
    kinds = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = kinds.replace("</Types>", f"{SHARED}</Types>")
    return makers.archive(parts)


def test_formula_shows_the_value_that_was_saved_with_it():
    row = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>1+2</f></c></row>'
    assert read(workbook_of(row), "a.xlsx").rows == [(2, ["2", "=1+2"])]


def test_second_sheet_is_read_where_the_first_has_no_headings():
    def change(book):
        sheet = book.create_sheet("records", 5)
        sheet.append(["factory", "city"])
        sheet.append(["Demo", "hk"])

    assert read(workbook([["notes"]], change=change), "a.xlsx").rows == [(2, ["Demo", "hk"])]


def test_guard_against_formulas_is_taken_off_again():
    found = read(b"factory,city\r\n'=1+1,''quoted\r\n'plain,'+852\r\n")
    assert found.rows == [(2, ["=1+1", "'quoted"]), (3, ["'plain", "+852"])]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty"),
        (b"factory;nothing else\r\n", "a.csv", "no_table"),
        (b"just a line", "a.csv", "no_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.csv", "mismatch"),
        (makers.pdf(), "a.csv", "mismatch"),
        (makers.spreadsheet(), "a.csv", "mismatch"),
        (makers.old_word_file(), "a.csv", "mismatch"),
        (makers.old_word_file(), "a.xlsx", "mismatch"),
        (makers.encrypted_ole_docx(), "a.xlsx", "password"),
        (b"factory,city\r\n\xff\xff\xff\x80", "a.csv", "text_unreadable"),
        (b"factory,city\r\n", "a.xlsx", "mismatch"),
        (b"factory,city\r\n", "a.xls", "wrong_type"),
        (makers.spreadsheet(), "a.xlsx", "no_table"),
        (makers.spreadsheet(), "a.xlsm", "wrong_type"),
        (makers.office("xlsx"), "a.xlsx", "no_table"),
        (makers.office("xlsx", {"xl/vbaProject.bin": b"x"}), "a.xlsx", "macro"),
        (makers.office("xlsx", {"xl/x.xml": makers.BILLION_LAUGHS}), "a.xlsx", "unsafe"),
        (makers.office("xlsx", {"xl/x.xml": makers.XXE}), "a.xlsx", "unsafe"),
        (makers.office("xlsx", {"xl/big.bin": b"\0" * 90_000_000}), "a.xlsx", "unsafe"),
        (
            makers.office(
                "xlsx",
                {
                    "xl/externalLinks/_rels/externalLink1.xml.rels": makers.RELS.format(
                        '<Relationship Id="r1" Type="http://x/externalLinkPath" Target="file:///x.xlsx" '
                        'TargetMode="External"/>'
                    )
                },
            ),
            "a.xlsx",
            "linked",
        ),
        (
            makers.office("xlsx", {"xl/externalLinks/1.xml": '<x><ddeLink ddeService="cmd"/></x>'}),
            "a.xlsx",
            "linked",
        ),
        (b'factory,city\r\n"' + b"x" * 200_000 + b'",hk', "a.csv", "table_too_large"),
        (b"factory,city\r\n" + b"x" * (5 * 1024 * 1024), "a.csv", "too_big"),
    ],
)
def test_file_that_is_no_honest_table_is_refused(content, name, code):
    with pytest.raises(Refused) as refused:
        read(content, name)
    assert refused.value.code == code
    assert refused.value.name == name
    assert str(refused.value)


def test_text_repeated_without_end_is_refused():
    """One long text, named by very many cells: small in the file, gigabytes where it is written out."""
    row = '<row r="{0}">' + '<c t="s"><v>0</v></c>' * 40 + "</row>"
    content = workbook_of("".join(row.format(number) for number in range(2, 900)), text="x" * 30_000)
    with pytest.raises(Refused) as refused:
        read(content, "a.xlsx")
    assert refused.value.code == "table_too_large"


def test_more_rows_than_are_read_are_only_noticed():
    lines = b"factory,city\r\n" + b"Demo,hk\r\n" * 25_000
    found = read(lines)
    assert found.more
    assert len(found.rows) == tables.MOST


@pytest.mark.parametrize("title_rows", [0, 1, 9])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_one_row_more_than_the_caller_can_use_is_noticed_and_not_read(kind, title_rows):
    def table(count):
        rows = [["A list"]] * title_rows + [["factory", "city"]] + [["Demo", "hk"]] * count
        content = text(rows).encode() if kind == "csv" else workbook(rows)
        found = tables.read(
            SimpleUploadedFile(f"a.{kind}", content), is_heading=lambda cell: cell in HEADINGS, most=2
        )
        return len(found.rows), found.more

    assert [table(count) for count in (1, 2, 3, 40)] == [(1, False), (2, False), (2, True), (2, True)]


def test_long_notes_on_the_first_sheet_leave_room_for_the_table_on_the_second():
    def change(book):
        sheet = book.create_sheet("records", 5)
        sheet.append(["factory", "city"])
        sheet.append(["Demo", "hk"])

    content = workbook([["a line of notes"]] * 40, change=change)
    found = tables.read(
        SimpleUploadedFile("a.xlsx", content), is_heading=lambda cell: cell in HEADINGS, most=2
    )
    assert (found.rows, found.more) == ([(2, ["Demo", "hk"])], False)


@pytest.mark.django_db
def test_nothing_of_a_table_is_stored():
    read(text(TRADITIONAL).encode())
    assert not StoredFile.objects.exists()

"""Many people at once, from forms that came by mail: pasted lines or a spreadsheet, checked row by row."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from portal.files.tables import Table
from portal.forms.mistyped import meant_by
from portal.texts import localized
from seminars.availability import Availability
from seminars.companies import fold_email
from seminars.forms import AddForm
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.seats import Details

MAX_ROWS = 200
ADDRESS = re.compile(r"[^\s,;，；]+@[^\s,;，；]+")
# In the order in which columns are taken where no row of headings stands above them.
HEADINGS = {
    "name": ("name", "full name", "姓名", "名稱", "名称", "參加者", "參加者姓名", "参加者姓名", "参会人姓名"),
    "company": ("company", "company name", "company or organisation", "organisation", "organization", "公司",
                "公司名稱", "公司名称", "公司或機構", "公司或机构", "公司/機構", "公司/机构", "機構", "机构",
                "機構名稱", "机构名称", "單位", "单位", "單位名稱", "单位名称", "企業名稱", "企业名称"),
    "email": ("email", "e-mail", "email address", "e-mail address", "電郵", "電郵地址", "電子郵件",
              "電子郵箱", "电邮", "电邮地址", "邮箱", "邮箱地址", "邮件地址",
              "电子邮件", "电子邮箱", "电子邮件地址"),
    "phone": ("phone", "telephone", "tel", "mobile", "phone number", "電話", "電話號碼", "电话", "电话号码",
              "手機", "手提電話", "手机", "手机号码", "聯絡電話", "联系电话"),
    "company_type": ("type", "type of company", "company type", "公司類別", "公司类别", "公司类型"),
    "option": ("way to attend", "attendance", "venue", "參加方式", "参加方式"),
    "language": ("language", "語言", "语言"),
    "question": ("question", "問題", "问题"),
}  # fmt: skip
COLUMN_OF = {heading: column for column, headings in HEADINGS.items() for heading in headings}
LANGUAGES = {
    "en": ("en", "english", "英文", "英語", "英语"),
    "zh-hant": ("zh-hant", "tc", "traditional chinese", "繁體中文", "繁体中文", "繁體", "繁", "中文"),
    "zh-hans": ("zh-hans", "sc", "simplified chinese", "简体中文", "簡體中文", "简体", "簡體", "简"),
}


@dataclass
class Row:
    number: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)
    option: AttendanceOption | None = None
    details: Details | None = None
    meant: str = ""  # the address that was probably meant, where the one here looks mistyped
    is_known: bool = False  # the address is signed up already: left as it is
    outcome: SignUp | None = None


@dataclass(frozen=True)
class Defaults:
    """What a row without a word of its own gets."""

    option: str
    company_type: str
    language: str


def is_heading(cell: str) -> bool:
    return _fold(cell) in COLUMN_OF


def from_table(table: Table) -> str:
    """The rows of a sheet as lines for the text box, where they can be corrected.

    The headings stay as they were typed: `read` must know again what it meets there.
    """
    columns = {COLUMN_OF[_fold(cell)]: place for place, cell in enumerate(table.headings) if is_heading(cell)}
    lines = ["\t".join(" ".join(table.headings[place].split()) for place in columns.values())]
    for _number, cells in table.rows:
        texts = [cells[place] if place < len(cells) else "" for place in columns.values()]
        lines.append("\t".join(" ".join(text.split()) for text in texts))
    return "\n".join(lines)


def too_many() -> str:
    return _("At most %(count)s people at once: send the rest afterwards.") % {"count": MAX_ROWS}


def read(text: str) -> list[Row]:
    """The rows of pasted lines; tab, semicolon or comma apart, with or without a row of headings.

    Lines of several mails may stand together, each with its own sign between the cells.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return []
    usual = _delimiter(lines[0][1])
    split = [(number, _cells(line, _delimiter(line, usual))) for number, line in lines]
    columns = list(HEADINGS)
    if sum(map(is_heading, split[0][1])) >= 2:
        columns = [COLUMN_OF.get(_fold(cell), "") for cell in split[0][1]]
        split = split[1:]
    return [Row(number, dict(zip(columns, cells, strict=False))) for number, cells in split]


def check(seminar: Seminar, rows: list[Row], defaults: Defaults, places: Availability) -> bool:
    """Write into each row what is wrong with it, or what it will be added with. True where nothing is wrong.

    Rows are counted as they stand in the text box. Nothing is changed.
    """
    if len(rows) > MAX_ROWS:
        rows[0].problems.append(too_many())
        return False
    options = _names_of_options(places)
    first = {}
    for row in rows:
        _check_one(row, defaults, places, options)
        if row.details:
            before = first.setdefault(fold_email(row.details.email), row.number)
            if before != row.number:
                row.problems.append(_("The same address as in line %(line)s.") % {"line": before})
    known = set(seminar.sign_ups.live().filter(email_key__in=list(first)).values_list("email_key", flat=True))
    for row in rows:
        row.is_known = bool(row.details) and fold_email(row.details.email) in known
    return bool(rows) and not any(row.problems for row in rows)


def _check_one(row, defaults, places, options):
    cells = row.cells
    data = {name: cells.get(name, "").strip() for name in ("name", "company", "email", "phone", "question")}
    data["if_full"] = SignUp.IfFull.WAITING_LIST
    data["option"] = _code(cells.get("option", ""), options, defaults.option)
    data["company_type"] = _code(cells.get("company_type", ""), _names_of_types(), defaults.company_type)
    data["language"] = _code(cells.get("language", ""), LANGUAGES, defaults.language)
    form = AddForm(data, availability=places)
    if form.is_valid():
        row.option, row.details = form.chosen_option, form.details(defaults.language)
        row.meant = meant_by(row.details.email)
        return
    row.problems += [message for _anchor, message in form.error_items]


def _code(typed, names, default):
    """The code whose name was typed in any language; what is unknown stays as it is, for the message."""
    folded = _fold(typed)
    return next((code for code, known in names.items() if folded in known), typed) if folded else default


def _names_of_options(places):
    languages = ("en", "zh-hant", "zh-hans")
    return {
        str(each.option.uuid): {
            _fold(localized(each.option, "label", language).text) for language in languages
        }
        | {_fold(each.option.mode)}
        for each in places.options
    }


def _names_of_types():
    names = {code: {_fold(code)} for code in SignUp.CompanyType.values}
    for language in ("en", "zh-hant", "zh-hans"):
        with translation.override(language):
            for code, label in SignUp.CompanyType.choices:
                names[code].add(_fold(label))
    return names


def _delimiter(line, usual=""):
    """The sign that leaves an address as a cell of its own; `usual` where none does, as in a heading."""
    signs = [sign for sign in dict.fromkeys((usual, *"\t;；,，")) if sign and sign in line] or [usual or "\t"]
    good = (sign for sign in signs if any(ADDRESS.fullmatch(cell.strip()) for cell in _cells(line, sign)))
    return next(good, signs[0])


def _cells(line, delimiter):
    return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])


def _fold(text):
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().split()).strip(" :*")

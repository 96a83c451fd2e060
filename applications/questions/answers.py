"""What an answer is, per kind of question: how it is cleaned, judged and shown.

Answers are kept as typed. Shapes: text kinds, `yes_no`, `one_of` and `declaration` are strings; `several_of`
a list of codes; `money` {"amount", "currency"}; `date` {"day", "month", "year"}; `table` a list of
{column code: text}.
"""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.forms.text import count_characters
from portal.texts import localized

CURRENCIES = {"HKD": gettext_lazy("Hong Kong dollars (HK$)"), "CNY": gettext_lazy("renminbi (RMB)")}
CURRENCY_SIGNS = {"HKD": "HK$", "CNY": "RMB"}
YES_NO = {"yes": pgettext_lazy("answer", "Yes"), "no": pgettext_lazy("answer", "No")}
SHORT_LIMIT = 300
# Up to here a line that somebody types may well be too long, so the page counts it before it is refused.
TIGHT_LIMIT = 100
LONG_LIMIT = 3000
ROW_LIMIT = 20


def as_typed(text: str) -> str:
    """The text byte for byte, but without NUL (no database takes it) and with line ends as LF."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def length(text: str) -> int:
    """Characters as a reader counts them here: code points, a line end as one. The page counts alike."""
    return count_characters(as_typed(text))


def is_tight(question: dict) -> bool:
    """A short text whose limit is said before anybody types; others hear of it when they exceed it."""
    return question["kind"] == "short_text" and bool(question["limit"]) and question["limit"] <= TIGHT_LIMIT


def is_blank(value) -> bool:
    if isinstance(value, dict):
        return all(is_blank(each) for each in value.values())
    if isinstance(value, list):
        return all(is_blank(each) for each in value)
    return not (value or "").strip()


def plain(value) -> str:
    """An answer of any kind as one text, exactly as typed."""
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(map(plain, value)) if isinstance(value, list) else value or ""


def differ(one, other) -> bool:
    """Two blanks of different shapes say the same."""
    return one != other and not (is_blank(one) and is_blank(other))


def applies(question: dict, values: dict) -> bool:
    """Is the question asked at all, given the answers to the questions its condition names?

    A condition carries the one of the question it names, so that an answer left over from a branch that was
    given up asks for nothing.
    """
    condition = question.get("only_if")
    if not condition:
        return True
    answer = values.get(condition["key"])
    is_given = condition["value"] in answer if isinstance(answer, list) else answer == condition["value"]
    return is_given and applies(condition, values)


def problem(question: dict, value) -> str | None:
    """What to do about this answer, as a sentence in the active language; None where all is well."""
    label = str(localized(question, "label"))
    if question["kind"] == "declaration":
        needed = question["required"] and value != "yes"
        return _("Tick “%(label)s” if you agree to it.") % {"label": label} if needed else None
    if is_blank(value):
        return _missing(question, label) if question["required"] else None
    return JUDGES[question["kind"]](question, value, label)


def _missing(question, label):
    if question["kind"] in {"one_of", "yes_no"}:
        return _("Choose an answer to “%(label)s”.") % {"label": label}
    if question["kind"] == "several_of":
        return _("Choose at least one answer to “%(label)s”.") % {"label": label}
    return _("Answer “%(label)s”.") % {"label": label}


def plain_number(text: str) -> Decimal | None:
    """A number typed with full-width digits, spaces or thousands commas; None if it is not one."""
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None


def typed_date(value: dict) -> date | None:
    try:
        return date(*(int(unicodedata.normalize("NFKC", value[part])) for part in ("year", "month", "day")))
    except (KeyError, ValueError, OverflowError):
        return None


def _judge_text(question, value, label):
    default = LONG_LIMIT if question["kind"] == "long_text" else SHORT_LIMIT
    limit = question["limit"] or default
    over = length(value) - limit
    if over <= 0:
        return None
    return _("Shorten “%(label)s” by %(over)d characters: at most %(limit)d are taken.") % {
        "label": label,
        "over": over,
        "limit": limit,
    }


def _judge_number(question, value, label):
    number = plain_number(value)
    if number is None or number < 0:
        return _("Enter “%(label)s” as a number, for example 12 or 12.5.") % {"label": label}
    return None


def _judge_money(question, value, label):
    amount = plain_number(value.get("amount", ""))
    if amount is None or amount < 0:
        return _("Enter the amount for “%(label)s” as a number, for example 120,000.") % {"label": label}
    if value.get("currency") not in CURRENCIES:
        return _("Choose the currency for “%(label)s”.") % {"label": label}
    return None


def _judge_date(question, value, label):
    if typed_date(value) is None:
        return _("Enter “%(label)s” as a real date with day, month and year, for example 31 3 2026.") % {
            "label": label
        }
    return None


def _judge_choice(question, value, label):
    codes = YES_NO if question["kind"] == "yes_no" else [each["code"] for each in question["choices"]]
    chosen = value if isinstance(value, list) else [value]
    return None if all(code in codes for code in chosen) else _missing(question, label)


def _judge_email(question, value, label):
    try:
        validate_email(unicodedata.normalize("NFKC", value).strip())
    except ValidationError:
        return _("Enter “%(label)s” like name@example.com.") % {"label": label}
    return None


def _judge_telephone(question, value, label):
    digits = sum(character.isdigit() for character in value)
    if not 8 <= digits <= 20:
        return _("Enter “%(label)s” with its area code, for example 2345 6789 or +86 755 1234 5678.") % {
            "label": label
        }
    return None


def _judge_table(question, value, label):
    rows = filled_rows(value)
    limit = question["limit"] or ROW_LIMIT
    if len(rows) > limit:
        return _("Keep at most %(limit)d rows in “%(label)s”.") % {"limit": limit, "label": label}
    cells = [text for row in rows for text in row.values()]
    if any(length(text) > SHORT_LIMIT for text in cells):
        return _("Shorten each entry of “%(label)s” to at most %(limit)d characters.") % {
            "label": label,
            "limit": SHORT_LIMIT,
        }
    return None


JUDGES = {
    "short_text": _judge_text,
    "long_text": _judge_text,
    "number": _judge_number,
    "money": _judge_money,
    "date": _judge_date,
    "yes_no": _judge_choice,
    "one_of": _judge_choice,
    "several_of": _judge_choice,
    "email": _judge_email,
    "telephone": _judge_telephone,
    "table": _judge_table,
}


def filled_rows(value: list[dict]) -> list[dict]:
    return [row for row in value if not is_blank(row)]


def shown(question: dict, value) -> str:
    """The answer in words of the active language; empty where nothing was answered. Tables: `shown_table`."""
    if is_blank(value):
        return ""
    return SHOW.get(question["kind"], lambda question, value: value)(question, value)


def shown_table(question: dict, value) -> tuple[list[str], list[list[str]]]:
    """Column heads in the active language, and the filled rows."""
    heads = [str(localized(column, "label")) for column in question["columns"]]
    rows = [
        [row.get(column["code"], "") for column in question["columns"]] for row in filled_rows(value or [])
    ]
    return heads, rows


def _show_number(question, value):
    unit = str(localized(question, "unit"))
    return f"{value} {unit}" if unit else value


def _show_money(question, value):
    return f"{CURRENCY_SIGNS.get(value.get('currency'), '')} {value.get('amount', '')}".strip()


def _show_date(question, value):
    day = typed_date(value)
    # What cannot be a date is shown as typed.
    return format_date(day, _("j F Y")) if day else " ".join(filter(None, value.values()))


def _show_choices(question, value):
    chosen = value if isinstance(value, list) else [value]
    words = {each["code"]: str(localized(each, "label")) for each in question["choices"]}
    return "\n".join(words.get(code, code) for code in chosen)


SHOW = {
    "number": _show_number,
    "money": _show_money,
    "date": _show_date,
    "one_of": _show_choices,
    "several_of": _show_choices,
    "yes_no": lambda question, value: str(YES_NO.get(value, value)),
    "declaration": lambda question, value: (
        str(pgettext_lazy("declaration", "Agreed")) if value == "yes" else ""
    ),
}

"""Amounts as a reader of the active language writes them. None is rounded: some are long instead."""

from decimal import Decimal

from portal.dates import language_now

MONEY = {
    "en": {"HKD": "HK${}", "CNY": "RMB {}"},
    "zh-hant": {"HKD": "{}港元", "CNY": "人民幣{}元"},
    "zh-hans": {"HKD": "{}港元", "CNY": "人民币{}元"},
}
# The units people count large sums in, largest first; the amount is then given to two decimals at most.
LARGE = {
    "en": ((1_000_000, " million"),),
    "zh-hant": ((100_000_000, "億"), (10_000, "萬")),
    "zh-hans": ((100_000_000, "亿"), (10_000, "万")),
}


def money(amount: Decimal | int, currency: str) -> str:
    """`HK$1.2 million`, `120萬港元`, `人民币120万元`."""
    return MONEY[language_now()][currency].format(_short(Decimal(amount)))


def number(amount: Decimal | int) -> str:
    """`12,345.5`: with commas, without zeros that say nothing."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(amount):
    for size, word in LARGE[language_now()]:
        if amount >= size and amount % (size // 100) == 0:
            return f"{number(amount / size)}{word}"
    return number(amount)

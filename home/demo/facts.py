"""What of the demonstration pages does not depend on a language, and the rows that they name."""

import datetime
from decimal import Decimal

from home.models import CaseTerm

# kind, code, English, Traditional, Simplified
TERMS = [
    ("process", "printing-coating", "Printing and coating", "印刷及塗佈", "印刷和涂布"),
    ("process", "dyeing", "Dyeing and finishing", "染整", "染整"),
    ("process", "surface-treatment", "Surface treatment", "表面處理", "表面处理"),
    ("technology", "low-voc", "Low-solvent materials", "低溶劑物料", "低溶剂原料"),
    ("technology", "heat-recovery", "Heat recovery", "熱能回收", "热能回收"),
    ("technology", "water-recycling", "Water recycling", "循環用水", "水循环利用"),
]


def load_terms() -> dict[str, CaseTerm]:
    for kind, code, en, zh_hant, zh_hans in TERMS:
        labels = {"label_en": en, "label_zh_hant": zh_hant, "label_zh_hans": zh_hans}
        CaseTerm.objects.get_or_create(code=code, defaults={"kind": kind, **labels})
    return {term.code: term for term in CaseTerm.objects.all()}


def case(industry, process, technology, currency, investment, yearly_saving, **results):
    """An invented case; `process` and `technology` are codes, the results amounts a year."""
    return (
        ("industry", industry),
        ("process", process),
        ("technology", technology),
        ("currency", currency),
        ("investment", Decimal(investment)),
        ("yearly_saving", Decimal(yearly_saving)),
        ("results", [("result", {"kind": kind, "number": number}) for kind, number in results.items()]),
        ("as_of", datetime.date(2025, 3, 1)),
        ("illustrative", True),
    )

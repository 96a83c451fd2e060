"""Documents of the demonstration's library: made by us, plainly no forms of the real programme."""

import datetime
import io
from pathlib import Path

from django.core.files.base import ContentFile
from openpyxl import Workbook
from openpyxl.styles import Font
from wagtail.documents.models import Document

from home.models import Resource, ResourceFile

FILES = Path(__file__).with_name("files")
LOG_COLUMNS = [
    ("Month", "月份", "月份"),
    ("Electricity (kWh)", "電力（千瓦時）", "电力（千瓦时）"),
    ("Gas (m³)", "燃氣（立方米）", "燃气（立方米）"),
    ("Water (m³)", "用水（立方米）", "用水（立方米）"),
    ("Solid waste (tonnes)", "固體廢物（公噸）", "固体废物（吨）"),
    ("Output (pieces)", "產量（件）", "产量（件）"),
]
CHECKLIST = {
    "group": Resource.Group.GUIDES,
    "title_en": "Before you apply: what to have at hand",
    "title_zh_hant": "申請前的準備清單",
    "title_zh_hans": "申请前的准备清单",
    "note_en": "One page, to print. Made for this demonstration; the real programme has its own papers.",
    "note_zh_hant": "一頁，可列印。為本示範網站製作；真正計劃另有文件。",
    "note_zh_hans": "一页，可打印。为本演示网站制作；真正计划另有文件。",
    "version": "1.0",
    "dated": datetime.date(2025, 3, 1),
}
LOG = {
    "group": Resource.Group.FORMS,
    "title_en": "Monthly log of energy, water and waste",
    "title_zh_hant": "能源、用水及廢物每月記錄表",
    "title_zh_hans": "能源、用水和废物每月记录表",
    "note_en": "An empty table for twelve months, to compare a year before a project with a year after it.",
    "note_zh_hant": "十二個月的空白表格，用以比較項目前後一年的用量。",
    "note_zh_hans": "十二个月的空白表格，用于比较项目前后一年的用量。",
    "version": "1.1",
    "dated": datetime.date(2025, 4, 15),
}


def load() -> None:
    """Nothing where the library holds something already."""
    if Resource.objects.exists():
        return
    checklist = Resource.objects.create(**CHECKLIST)
    for language in ("en", "zh-hant", "zh-hans"):
        name = f"before-you-apply-{language}.pdf"
        _add(checklist, language, name, (FILES / name).read_bytes())
    log = Resource.objects.create(**LOG)
    _add(log, ResourceFile.Language.SEVERAL, "monthly-log.xlsx", _log_book())
    _add(log, ResourceFile.Language.EN, "monthly-log.csv", _log_csv())


def _add(resource, language, name, content):
    document = Document.objects.create(
        title=f"{resource.title_en} ({name})", file=ContentFile(content, name=name)
    )
    ResourceFile.objects.create(resource=resource, language=language, document=document)


def _log_book():
    book = Workbook()
    sheet = book.active
    sheet.title = "Log"
    for number, labels in enumerate(LOG_COLUMNS, start=1):
        cell = sheet.cell(row=1, column=number, value=" / ".join(dict.fromkeys(labels)))
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 30
    for month in range(1, 13):
        sheet.cell(row=month + 1, column=1, value=month)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _log_csv():
    lines = [",".join(labels[0] for labels in LOG_COLUMNS)]
    lines += [f"{month}{',' * (len(LOG_COLUMNS) - 1)}" for month in range(1, 13)]
    return "\r\n".join([*lines, ""]).encode()

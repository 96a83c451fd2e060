"""Reply templates, and what the demonstration companies have asked the Secretariat."""

from uuid import uuid4

from applications.models import Application, ReplyTemplate, Thread
from applications.support import reply_templates, threads
from portal.accounts.models import Membership

TEMPLATES = [
    {
        "name": "Scans",
        "text_en": "A clear colour scan or photo is enough; the original is not needed. All four corners of "
        "each page must be visible.",
        "text_zh_hant": "清晰的彩色掃描或照片已足夠，無須提交正本。每頁的四角必須清楚可見。",
        "text_zh_hans": "清晰的彩色扫描件或照片即可，无须提交原件。每页的四角必须清楚可见。",
    },
    {
        "name": "More than one language",
        "text_en": "You may answer in English or in Chinese, and need not translate your documents.",
        "text_zh_hant": "你可以用中文或英文作答，文件無須翻譯。",
        "text_zh_hans": "您可以用中文或英文作答，文件无须翻译。",
    },
]
ASKED = {
    "en": "Demonstration question: may one project stand in our application and in that of our partner?",
    "zh-hant": "示範問題：證書副本可否用照片代替掃描？",
    "zh-hans": "示范问题：证书副本可否用照片代替扫描件？",
}


def load(application: Application, officer, *, place: str, is_answered: bool) -> None:
    """One thread, asked by the owner; nothing where the company has asked already."""
    if Thread.objects.filter(application=application).exists():
        return
    member = Membership.objects.select_related("user", "provider").get(
        provider=application.provider, role=Membership.Role.OWNER
    )
    language = member.user.language
    thread = threads.ask(
        application, member=member, place=place, text=ASKED[language], key=uuid4(), language=language
    )
    if is_answered:
        text = reply_templates.filled(ReplyTemplate.objects.get(name="Scans"), language, "").text
        threads.answer(thread, officer=officer, text=text, key=uuid4())


def load_templates(officer) -> None:
    for values in TEMPLATES:
        if not ReplyTemplate.objects.filter(name=values["name"]).exists():
            reply_templates.add(values | {"is_retired": False}, officer=officer)

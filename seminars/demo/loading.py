"""Loads the demonstration seminars. What stands already, whoever edited it since, is left alone."""

import uuid

from django.db import transaction
from wagtail.models import Locale, Page

from home.models import HomePage
from seminars import drafts, seats
from seminars.demo import announced, invented
from seminars.models import AttendanceOption, RundownItem, Seminar, SeminarIndexPage

ANNOUNCED = uuid.UUID("5a0c2f5e-77a4-4a0f-9d1b-2f6f3e2a0625")
INVENTED = uuid.UUID("c1d0b7a2-3f64-4d83-8a5e-90a1be7d2026")
INDEX = uuid.UUID("e4b0a3c6-9d27-4a58-8f3b-6f0d52c1a9e7")
INDEX_WORDS = {
    "en": (
        "Seminars",
        "What the programme and the commendation are about, and how others applied. Free of charge.",
    ),
    "zh-hant": ("研討會", "認識計劃及標誌，並了解其他公司的申請經驗。費用全免。"),
    "zh-hans": ("研讨会", "了解计划和标志，并听取其他企业的申请经验。费用全免。"),
}


@transaction.atomic
def load():
    load_index()
    load_seminar(ANNOUNCED, announced, [announced.OPTION], state=Seminar.State.HELD)
    seminar = load_seminar(INVENTED, invented, invented.OPTIONS, **_dates())
    if seminar:
        sign_people_up(seminar, invented.PEOPLE)


def _dates():
    return {} if Seminar.objects.filter(uuid=INVENTED).exists() else invented.when()


def load_index():
    for code, (title, introduction) in INDEX_WORDS.items():
        locale = Locale.objects.get(language_code=code)
        if Page.objects.filter(translation_key=INDEX, locale=locale).exists():
            continue
        index = SeminarIndexPage(
            title=title,
            introduction=introduction,
            slug="events",
            locale=locale,
            translation_key=INDEX,
            show_in_menus=True,
            live=False,
        )
        home = HomePage.objects.get(locale=locale)
        # Third in the menu, after the programme and its commendation.
        before = home.get_children().filter(slug="recognition-scheme").first()
        if before:
            before.add_sibling(pos="right", instance=index)
        else:
            home.add_child(instance=index)
        index.save_revision().publish()
        drafts.let_organisers_work_below(index)


def load_seminar(identity, words, options, **fields):
    """The seminar with its published pages; None where it stands already."""
    if Seminar.objects.filter(uuid=identity).exists():
        return None
    seminar = Seminar.objects.create(uuid=identity, **{**words.SEMINAR, **fields})
    for option in options:
        AttendanceOption.objects.create(seminar=seminar, **option)
    for line in words.RUNDOWN:
        RundownItem.objects.create(seminar=seminar, **line)
    for page in sorted(
        drafts.make_drafts(seminar, slug=words.SLUG), key=lambda page: page.locale.language_code
    ):
        for name, text in words.PAGES[page.locale.language_code].items():
            setattr(page, name, text)
        page.save_revision().publish()
    return seminar


def sign_people_up(seminar, people):
    options = {option.mode: option for option in seminar.options.all()}
    for number, (name, company, domain, kind, language, mode) in enumerate(people, 1):
        seats.sign_up(
            seminar,
            option=options[mode],
            details=seats.Details(
                name=name,
                company=company,
                company_type=kind,
                email=f"person{number}@{domain}",
                language=language,
            ),
        )

import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale

from home.models import HomePage
from portal.texts import localized
from seminars import drafts
from seminars.demo import loading
from seminars.models import AttendanceOption, Seminar, SeminarIndexPage, SeminarPage, SignUp
from seminars.seats import Details


def make_seminar(*, starts_in=timedelta(days=10), online=3, venue=1, cap=2, **fields):
    """A seminar with an online option of `online` places and, unless None, a venue of `venue` places."""
    now = timezone.now().replace(microsecond=0)
    values = {
        "title_en": "Demo seminar",
        "title_zh_hant": "示範研討會",
        "title_zh_hans": "示范研讨会",
        "venue_en": "Online, or at the Demo Hall.",
        "venue_zh_hant": "網上或示範會堂。",
        "venue_zh_hans": "线上或示范会堂。",
        "starts_at": now + starts_in,
        "ends_at": now + starts_in + timedelta(hours=1),
        "sign_up_opens_at": now - timedelta(days=20),
        "sign_up_closes_at": now + starts_in - timedelta(hours=1),
        "company_cap": cap,
        "languages_of_delivery": ["cantonese", "english"],
        "enquiry_name_en": "Demo Secretariat",
        "enquiry_name_zh_hant": "示範秘書處",
        "enquiry_name_zh_hans": "示范秘书处",
        "enquiry_telephone": "+852 2000 0000",
        "enquiry_email": "events@portal.example",
    }
    seminar = Seminar.objects.create(**{**values, **fields})
    AttendanceOption.objects.create(
        seminar=seminar,
        mode="online",
        label_en="Online",
        label_zh_hant="網上參加",
        label_zh_hans="线上参加",
        capacity=online,
    )
    if venue is not None:
        AttendanceOption.objects.create(
            seminar=seminar,
            mode="hong_kong",
            label_en="Demo Hall",
            label_zh_hant="示範會堂",
            label_zh_hans="示范会堂",
            address_en="1 Demo Street, Kowloon",
            address_zh_hant="九龍示範街1號",
            address_zh_hans="九龙示范街1号",
            capacity=venue,
        )
    return seminar


def make_index():
    """The index pages of the three languages, live at once: nobody drafted them, no search knows them."""
    now = timezone.now()
    for locale in Locale.objects.all():
        title, introduction = loading.INDEX_WORDS[locale.language_code]
        page = HomePage.objects.get(locale=locale).add_child(
            instance=SeminarIndexPage(
                title=title,
                introduction=introduction,
                slug="events",
                locale=locale,
                translation_key=loading.INDEX,
                show_in_menus=True,
                first_published_at=now,
                last_published_at=now,
            )
        )
        drafts.let_organisers_work_below(page)


def make_pages(seminar):
    """Its pages below the index pages, live at once: nobody drafted them, no search knows them."""
    now, key, slug = timezone.now(), uuid.uuid4(), slugify(seminar.title_en)
    if SeminarPage.objects.filter(slug=slug).exists():
        slug = f"{slug}-{seminar.pk}"
    for index in SeminarIndexPage.objects.select_related("locale"):
        index.add_child(
            instance=SeminarPage(
                seminar=seminar,
                title=localized(seminar, "title", index.locale.language_code).text,
                slug=slug,
                locale=index.locale,
                translation_key=key,
                first_published_at=now,
                last_published_at=now,
            )
        )
    return seminar


def details(who, company="alpha", **fields):
    """What `who` of `company` types; the address is under the company's own domain."""
    values = {
        "name": f"Demo {who.title()}",
        "company": f"Demo {company.title()} Limited",
        "company_type": "provider",
        "email": f"{who}@{company}.example",
        "language": "en",
    }
    return Details(**{**values, **fields})


def make_crowd(seminar, number):
    """So many people with a place online, of one company named after their number; through no door."""
    now, option = timezone.now(), seminar.options.get(mode="online")
    first = SignUp.objects.filter(seminar=seminar).count() + 1000
    return SignUp.objects.bulk_create(
        [
            SignUp(
                seminar=seminar,
                option=option,
                state=SignUp.State.CONFIRMED,
                queue_number=first + each,
                name=f"Demo Person {each}",
                company=f"Crowd {number} Limited",
                company_key=f"name:crowd {number}",
                company_type="factory",
                email=f"p{each}@crowd{number}.example",
                email_key=f"p{each}@crowd{number}.example",
                language=("en", "zh-hant", "zh-hans")[each % 3],
                consented_at=now,
                created_at=now,
                confirmed_at=now,
                anonymise_on=seminar.anonymise_on,
            )
            for each in range(number)
        ],
        batch_size=500,
    )


def ended(seminar, ago=timedelta(hours=2)):
    """The columns of a seminar that began `ago` and lasted an hour: people sign up first, then it is held."""
    start = timezone.now().replace(microsecond=0) - ago
    return {
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "sign_up_closes_at": start - timedelta(hours=1),
        "state": "held",
    }

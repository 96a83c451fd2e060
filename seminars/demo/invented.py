"""A coming seminar that is plainly invented, about three weeks after the first load, with a few "
"sign-ups."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SEMINAR = {
    "kind_en": "Demonstration seminar",
    "kind_zh_hant": "示範研討會",
    "kind_zh_hans": "示范研讨会",
    "title_en": "Demonstration seminar: from project record to application",
    "title_zh_hant": "示範研討會：由項目記錄到遞交申請",
    "title_zh_hans": "示范研讨会：从项目记录到提交申请",
    "venue_en": "Online, or at the Demonstration Hall in Hong Kong (an invented place).",
    "venue_zh_hant": "網上，或香港的示範會堂（虛構地點）。",
    "venue_zh_hans": "线上，或香港的示范会堂（虚构地点）。",
    "company_cap": 3,
    "languages_of_delivery": ["cantonese", "putonghua"],
    "topics": ["commendation"],
    "enquiry_name_en": "Demonstration Secretariat",
    "enquiry_name_zh_hant": "示範秘書處",
    "enquiry_name_zh_hans": "示范秘书处",
    "enquiry_telephone": "+852 2000 0000",
    "enquiry_email": "seminars@portal.example",
}
OPTIONS = [
    {
        "mode": "online",
        "label_en": "Online",
        "label_zh_hant": "網上參加",
        "label_zh_hans": "线上参加",
        "capacity": 60,
    },
    {
        "mode": "hong_kong",
        "label_en": "Demonstration Hall",
        "label_zh_hant": "示範會堂",
        "label_zh_hans": "示范会堂",
        "address_en": "2/F, Demonstration Building, 1 Example Street, Kowloon (invented)",
        "address_zh_hant": "九龍例子街1號示範大廈2樓（虛構）",
        "address_zh_hans": "九龙例子街1号示范大厦2楼（虚构）",
        "capacity": 20,
        "weather_triggers": ["typhoon_8", "black_rain"],
        "weather_decision_time": time(11, 0),
        "weather_effect": "move_online",
    },
]
RUNDOWN = [
    {
        "starts": time(14, 30),
        "ends": time(15, 30),
        "activities_en": (
            "What a project record should show\nFrom record to answer: a case made up for this demonstration"
        ),
        "activities_zh_hant": "項目記錄應包括的內容\n由記錄到答案：為示範而編寫的個案",
        "activities_zh_hans": "项目记录应包括的内容\n从记录到答案：为示范而编写的个案",
    },
    {
        "starts": time(15, 30),
        "ends": time(16, 0),
        "activities_en": "Questions and answers",
        "activities_zh_hant": "問答環節",
        "activities_zh_hans": "问答环节",
    },
]
PAGES = {
    "en": {
        "lead": "How the projects you have carried out become the answers of an application.",
        "introduction": (
            "<p>This seminar is invented, so that signing up, the waiting list and the organiser’s "
            "screens can "
            "be tried. Nobody will speak, and no seat is real.</p>"
        ),
    },
    "zh-hant": {
        "lead": "示範如何把已完成的項目寫成申請表的答案。",
        "introduction": (
            "<p>本研討會純屬虛構，供試用報名、輪候名單及主辦機構頁面之用，不會有講者，座位亦非真實。</p>"
        ),
    },
    "zh-hans": {
        "lead": "示范如何把已完成的项目写成申请表的答案。",
        "introduction": (
            "<p>本研讨会纯属虚构，供试用报名、候补名单和主办方页面之用，不会有讲者，座位也并非真实。</p>"
        ),
    },
}
SLUG = "demonstration-seminar"
# Name, company, its address, type, language, way to attend. The fourth of one company has to wait.
PEOPLE = [
    ("Demo Chan Siu Ming", "Demo Blue Harbour Limited", "harbour.example", "provider", "en", "online"),
    ("Demo Wong Ka Yan", "Demo Blue Harbour Limited", "harbour.example", "provider", "en", "hong_kong"),
    ("Demo Lee Wai Man", "Demo Blue Harbour Limited", "harbour.example", "provider", "en", "online"),
    ("Demo Ho Mei Ling", "Demo Blue Harbour Limited", "harbour.example", "provider", "en", "online"),
    ("示範陳小文", "示範綠洲節能有限公司", "oasis.example", "provider", "zh-hant", "hong_kong"),
    ("示范张伟", "示范清流科技（东莞）有限公司", "current.example", "factory", "zh-hans", "online"),
    ("示范李娜", "示范清流科技（东莞）有限公司", "current.example", "factory", "zh-hans", "online"),
    ("示範林志明", "示範工業協會", "association.example", "association", "zh-hant", "hong_kong"),
]


def when():
    """Dates relative to the first load: a Thursday about three weeks ahead, in the afternoon."""
    day = timezone.localdate() + timedelta(days=21)
    day += timedelta(days=(3 - day.weekday()) % 7)
    start = timezone.make_aware(datetime.combine(day, time(14, 30)))
    return {
        "starts_at": start,
        "ends_at": start + timedelta(minutes=90),
        "sign_up_opens_at": timezone.now() - timedelta(days=1),
        "sign_up_closes_at": timezone.make_aware(datetime.combine(day - timedelta(days=1), time(17, 0))),
    }

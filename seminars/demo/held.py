"""An invented seminar of about four weeks before the first load: who came, a material, certificates."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SEMINAR = {
    "kind_en": "Demonstration seminar",
    "kind_zh_hant": "示範研討會",
    "kind_zh_hans": "示范研讨会",
    "title_en": "Demonstration seminar: keeping records of a project",
    "title_zh_hant": "示範研討會：如何保存項目記錄",
    "title_zh_hans": "示范研讨会：如何保存项目记录",
    "venue_en": "Online, or at the Demonstration Hall in Hong Kong (an invented place).",
    "venue_zh_hant": "網上，或香港的示範會堂（虛構地點）。",
    "venue_zh_hans": "线上，或香港的示范会堂（虚构地点）。",
    "languages_of_delivery": ["cantonese", "english"],
    "topics": ["commendation", "energy"],
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
    },
]
RUNDOWN = [
    {
        "starts": time(15, 0),
        "ends": time(16, 0),
        "activities_en": "What to keep while a project runs\nA folder made up for this demonstration",
        "activities_zh_hant": "項目進行期間應保存的資料\n為示範而編製的檔案夾",
        "activities_zh_hans": "项目进行期间应保存的资料\n为示范而编制的文件夹",
    },
]
PAGES = {
    "en": {
        "lead": "What to keep while a project runs, so that its record can be written later.",
        "introduction": (
            "<p>This past seminar is invented, so that attendance, materials and certificates can be tried. "
            "Nobody spoke, and nobody attended.</p>"
        ),
    },
    "zh-hant": {
        "lead": "項目進行期間應保存哪些資料，以便日後填寫記錄。",
        "introduction": "<p>這個過往研討會純屬虛構，供試用出席登記、資料及證明書，並沒有講者或出席者。</p>",
    },
    "zh-hans": {
        "lead": "项目进行期间应保存哪些资料，以便日后填写记录。",
        "introduction": "<p>这个往期研讨会纯属虚构，供试用出席登记、资料和证明书，并没有讲者或出席者。</p>",
    },
}
SLUG = "demonstration-records"
# Name, company, its address, type, language, way to attend, and whether the person came.
PEOPLE = [
    ("Demo Yip Tsz Kin", "Demo Amber Quay Limited", "quay.example", "provider", "en", "hong_kong", True),
    ("Demo Ng Hoi Yan", "Demo Amber Quay Limited", "quay.example", "provider", "en", "online", False),
    ("示範郭詠詩", "示範晴川環保有限公司", "brook.example", "provider", "zh-hant", "hong_kong", True),
    ("示范王磊", "示范远山科技（佛山）有限公司", "ridge.example", "factory", "zh-hans", "online", True),
    ("示範何家豪", "示範商會", "chamber.example", "association", "zh-hant", "online", False),
]
SIGNED_UP_BEFORE = timedelta(days=12)
MINUTES_ONLINE = 58
SLIDES = {
    "title_en": "Slides: what to keep while a project runs",
    "title_zh_hant": "簡報：項目進行期間應保存的資料",
    "title_zh_hans": "演示文稿：项目进行期间应保存的资料",
    "audience": "public",
}
HANDOUT = {
    "title_en": "Handout: an example folder",
    "title_zh_hant": "講義：檔案夾示例",
    "title_zh_hans": "讲义：文件夹示例",
    "audience": "attendees",
}


def while_open():
    """People can sign up only for what is to come."""
    now = timezone.now()
    return {
        "starts_at": now + timedelta(days=1),
        "ends_at": now + timedelta(days=1, hours=1),
        "sign_up_opens_at": now - timedelta(days=60),
        "sign_up_closes_at": now + timedelta(hours=1),
    }


def when():
    """A Tuesday about four weeks before the first load, in the afternoon."""
    day = timezone.localdate() - timedelta(days=28)
    day -= timedelta(days=(day.weekday() - 1) % 7)
    start = timezone.make_aware(datetime.combine(day, time(15, 0)))
    return {
        "starts_at": start,
        "ends_at": start + timedelta(minutes=60),
        "sign_up_closes_at": timezone.make_aware(datetime.combine(day - timedelta(days=1), time(17, 0))),
    }

"""What readers look for, and exactly what they find, in order; the same on both databases."""

import pytest

from portal.search import query, searching
from portal.search.models import SearchEntry
from tests.search import corpus

LANGUAGES = {"en": "en", "tc": "zh-hant", "sc": "zh-hans"}
PREFIXES = {code: prefix for prefix, code in LANGUAGES.items()}
# Query -> what it finds, best first. "@tc": in another language than the reader's. "~": nothing has it all.
EXPECTED = {
    "en": {
        "cleaner production": "scheme programme",
        "Cleaner Production Partnership Programme": "programme",
        "program": "programme news-extension",
        "programmes": "programme news-extension",
        "recognition scheme": "scheme seminar-2025",
        "Hong Kong-Guangdong": "scheme",
        "Hong Kong – Guangdong": "scheme",
        '"Hong Kong Guangdong"': "scheme",
        "hong kong": "seminar-2025 who-may scheme programme",
        "apply": "who-may seminar-2025 news-round fee",
        "applying": "who-may seminar-2025 news-round fee",
        "how do I apply": "who-may seminar-2025 news-round fee",
        "application deadline": "deadline",
        "deadline": "deadline",
        "who can apply": "who-may seminar-2025 news-round fee",
        "free": "seminar-2025 fee",
        "seminar": "seminar-2026 seminar-2025 fee",
        "seminars 2026": "~ seminar-2026 seminar-2025 fee",
        "project records": "seminar-2026",
        "label": "news-awards scheme",
        "labels": "news-awards scheme",
        "ISO14001": "iso",
        "iso 14001": "iso",
        "ISO-50001": "iso",
        "CO2": "iso",
        "pm 2.5": "iso",
        "PM2.5": "iso",
        "VOC": "programme",
        "voc nitrogen": "programme",
        "café": "water",
        "cafe": "water",
        "ＣＡＦＥ": "water",
        "organizations": "news-extension",
        "color": "news-extension",
        "enquiries": "contact",
        "inquiry": "contact",
        "100%": "news-extension",
        "30%": "water",
        "10_000": "water",
        "%": "",
        "_": "",
        "12.5": "water",
        "HK$100 million": "news-extension",
        "2027": "news-extension programme",
        "commend": "who-may scheme",
        "decarbon": "",
        "quantum banana": "",
        "water banana": "~ water",
        "provid": "seminar-2025 who-may scheme",
        "Standards": "iso",
        "清洁生产": "scheme@sc programme@sc",
        "標誌": "seminar-2025@tc scheme@tc news-awards@tc",
        "𨋢": "typhoon@tc",
        "印染": "water@tc",
        "cleaner factories guangdong": "programme",
        '"recognition scheme"': "scheme seminar-2025",
        "“technology service”": "news-awards who-may scheme",
        "guangdong hong kong partners": "scheme",
        "environmental-technology": "who-may scheme",
        "nitrogen oxide": "programme",
        "manufacturer": "scheme",
        "payback": "water",
        "shenzhen ceremony": "news-awards",
        "seminar online": "seminar-2025 seminar-2026",
    },
    "tc": {
        "清潔生產": "scheme programme",
        "清洁生产": "scheme programme",
        "清潔生產夥伴計劃": "programme",
        "清潔生產伙伴計劃": "programme",
        "伙伴": "scheme programme",
        "夥伴": "scheme programme",
        "夥計": "inside",
        "標誌": "seminar-2025 scheme news-awards",
        "標志": "seminar-2025 scheme news-awards",
        "标志": "seminar-2025 scheme news-awards",
        "標志計劃": "scheme seminar-2025",
        "裏": "inside",
        "裡的": "inside",
        "裏的空氣": "inside",
        "台北": "typhoon",
        "臺北": "typhoon",
        "颱風": "typhoon",
        "台风": "typhoon",
        "着手": "water",
        "著手": "water",
        "著名": "contact",
        "著": "contact water",
        "申請截止日期": "~ deadline",
        "截止日期": "deadline",
        "申請 費用": "seminar-2025 fee",
        "費用全免": "seminar-2025 fee",
        "環境技術服務": "who-may scheme",
        "水": "water",
        "東莞": "water",
        "东莞 印染厂": "water",
        "2025年5月": "news-round",
        "5月14日": "news-round",
        "𨋢": "typhoon",
        "升降機": "typhoon",
        "cookie": "privacy",
        "ISO": "iso@en",
        "ISO 14001": "iso@en",
        "１４００１": "iso@en",
        "VOC": "programme",
        "「標誌計劃」": "scheme seminar-2025",
        "香港生產力促進局": "seminar-2025",
        "生產力": "seminar-2025",
        "力促": "seminar-2025",
        "量子計算": "",
        "粵港清潔生產伙伴": "scheme",
        "粵港 伙伴": "scheme",
        "揮發性有機化合物": "programme",
        "挥发性有机化合物": "programme",
        "第五期": "programme",
        "裏面": "",
        "里": "inside",
        "工厂里的空气": "inside",
        "臺灣": "",
        "鍋爐": "water",
        "衞生": "",
        "節水 印染": "water",
        "收費": "fee",
        "1億港元": "news-extension",
        "１億港元": "news-extension",
        "誰可以申請": "who-may",
        # The words of another region; those of the reader's own still do.
        "軟件": "meters",
        "軟體": "meters",
        "软件": "meters",
        "網絡": "meters",
        "網路": "meters",
        "影片": "meters",
        "視頻": "meters",
        "视频": "meters",
        "列印": "meters",
        "打印": "meters",
        "資訊": "meters privacy@sc",
        "信息": "privacy@sc meters",
        "空氣質素": "meters",
        "空气质量": "meters",
        "空氣品質": "meters",
        "慳電": "meters",
        "塑料": "meters",
        "電路板": "meters",
        "儀錶軟體 列印": "meters",
        "節能": "",
        "程式": "",
    },
    "sc": {
        "清潔生產夥伴": "scheme programme",
        "标志计划": "scheme seminar-2025",
        "隐私": "privacy",
        "私隱": "privacy@tc",
        "个人信息": "privacy",
        "個人資料": "privacy@tc",
        "线上": "seminar-2025 seminar-2026 typhoon",
        "网上": "seminar-2025@tc seminar-2026@tc news-round@tc typhoon@tc",
        "施政报告": "news-extension",
        "研讨会 免费": "fee",
        "工廠裏": "inside@tc",
        "占21个": "news-awards",
        "佔21個": "news-awards",
        "裡": "inside@tc",
        "着手": "water",
        "著手": "water",
        "锅炉": "water",
        "標誌計劃 研討會": "seminar-2025",
        "“标志计划”": "scheme seminar-2025",
        "何時截止申請": "~ deadline@tc",
        "12.5吨": "water",
        "VOC 氮氧化物": "programme",
        "PM2.5": "iso@en",
        "軟體": "meters",
        "软件": "meters",
        "网路": "meters",
        "影片": "meters",
        "列印": "meters",
        "资讯": "meters privacy",
        "质素": "meters",
        "節電": "meters",
        "线路板": "meters",
        "挥发性有机物": "programme",
        "污水": "",
    },
}

pytestmark = pytest.mark.both_databases


@pytest.fixture
def places(db):
    SearchEntry.objects.all().delete()
    corpus.write()
    return {entry.pk: entry for entry in SearchEntry.objects.all()}


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_readers_find_what_they_look_for(prefix, places):
    found = {typed: answer(typed, prefix, places) for typed in EXPECTED[prefix]}

    assert found == EXPECTED[prefix]


def test_at_least_a_hundred_queries_are_tried():
    assert sum(map(len, EXPECTED.values())) > 100


def answer(typed, prefix, places):
    found = searching.search(query.read(typed), LANGUAGES[prefix])
    entries = [places[hit.pk] for hit in found.hits]
    names = [
        entry.family + ("" if entry.language == LANGUAGES[prefix] else f"@{PREFIXES[entry.language]}")
        for entry in entries
    ]
    return " ".join(["~"] * (found.is_loose and bool(names)) + names)

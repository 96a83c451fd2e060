"""The seminar of 25 June 2025 with every fact of its public announcement, in words of our own.

The announcement names no organiser and does not say when sign-up opened or closed: the two instants below
only close the window; they stand on no page.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

SEMINAR = {
    "kind_en": "Online sharing seminar",
    "kind_zh_hant": "網上分享會",
    "kind_zh_hans": "线上分享会",
    "title_en": "New Phase of Cleaner Production Partnership Programme (2025–2027)",
    "title_zh_hant": "清潔生產伙伴計劃新階段（2025–2027）",
    "title_zh_hans": "清洁生产伙伴计划新阶段（2025–2027）",
    "venue_en": (
        "Online. Participants need to register online to attend; the link is sent later to the email "
        "address "
        "with which they registered."
    ),
    "venue_zh_hant": "網上舉行。參加者須於網上登記，連結稍後發送至登記時填寫的電郵地址。",
    "venue_zh_hans": "线上举行。参加者须在网上登记，链接稍后发送至登记时填写的电子邮件地址。",
    "starts_at": datetime(2025, 6, 25, 10, 30, tzinfo=HONG_KONG),
    "ends_at": datetime(2025, 6, 25, 11, 30, tzinfo=HONG_KONG),
    "sign_up_opens_at": datetime(2025, 5, 14, tzinfo=HONG_KONG),
    "sign_up_closes_at": datetime(2025, 6, 24, 17, 0, tzinfo=HONG_KONG),
    "languages_of_delivery": ["putonghua", "cantonese"],
    "topics": ["commendation", "funding"],
    "enquiry_name_en": "Secretariat of the Cleaner Production Partnership Programme",
    "enquiry_name_zh_hant": "清潔生產伙伴計劃秘書處",
    "enquiry_name_zh_hans": "清洁生产伙伴计划秘书处",
    "enquiry_telephone": "+852 2788 5588",
    "enquiry_email": "event@cleanerproduction.hk",
}
OPTION = {
    "mode": "online",
    "label_en": "Online",
    "label_zh_hant": "網上參加",
    "label_zh_hans": "线上参加",
    "capacity": None,
    "weather_triggers": ["typhoon_8", "black_rain"],
    "weather_decision_time": time(11, 0),
    "weather_if_in_force": True,
    "weather_if_hoisted_later": True,
    "weather_effect": "postpone_or_cancel",
}
RUNDOWN = [
    {
        "starts": time(10, 30),
        "ends": time(11, 15),
        "activities_en": (
            "Introduction of Cleaner Production Partnership Programme\n"
            "“Hong Kong – Guangdong Cleaner Production Partners (Technology Service)” commendation\n"
            "Sharing of experiences of applications for the new phase of the Cleaner Production "
            "Partnership "
            "Programme"
        ),
        "activities_zh_hant": (
            "清潔生產伙伴計劃簡介\n「粵港清潔生產伙伴（技術服務）」標誌\n清潔生產伙伴計劃新階段申請經驗分享"
        ),
        "activities_zh_hans": (
            "清洁生产伙伴计划简介\n“粤港清洁生产伙伴（技术服务）”标志\n清洁生产伙伴计划新阶段申请经验分享"
        ),
    },
    {
        "starts": time(11, 15),
        "ends": time(11, 30),
        "activities_en": "Questions and answers",
        "activities_zh_hant": "問答環節",
        "activities_zh_hans": "问答环节",
    },
]
PAGES = {
    "en": {
        "lead": (
            "What the new phase of the programme brings, and what helps an application for the Technology "
            "Service commendation."
        ),
        "introduction": (
            "<p>The Cleaner Production Partnership Programme was launched in 2008. By funding projects and "
            "promoting technology it has encouraged Hong Kong-owned factories in Hong Kong and Guangdong "
            "Province to take up cleaner production technologies and practices. Because the "
            "environment has "
            "gained by it, the Chief Executive announced in the 2024 Policy Address another HK$100 "
            "million to "
            "extend the Programme until 2027. It goes on supporting the green transformation of Hong "
            "Kong-invested manufacturers, in line with the national drive for high-quality development.</p>"
            "<p>The new round of the Partnership Programme and of the Hong Kong – Guangdong Cleaner "
            "Production "
            "Partners Recognition Scheme has taken applications since 14 May. Eligible environmental "
            "technology "
            "service providers can apply for the “Hong Kong – Guangdong Cleaner Production Partners "
            "(Technology "
            "Service)” commendation. The Secretariat shares what it has learnt from applications, for "
            "service "
            "providers to draw on.</p>"
        ),
    },
    "zh-hant": {
        "lead": "介紹計劃新階段，並分享申請「粵港清潔生產伙伴（技術服務）」標誌的經驗。",
        "introduction": (
            "<p>清潔生產伙伴計劃於2008年推出，一直透過資助項目及推廣技術，鼓勵在香港及廣東省的港資工廠"
            "採用清潔生產技術"
            "和作業方式。鑑於計劃為環境帶來裨益，行政長官在2024年《施政報告》宣布額外撥款1億港元，將計"
            "劃延續至2027年，"
            "繼續支援港資製造商綠色轉型，配合國家高質量發展的步伐。</p>"
            "<p>新一輪「伙伴計劃」及「粵港清潔生產伙伴」標誌計劃已於5月14日開始接受申請。合資格的環境"
            "技術服務供應商可申請"
            "「粵港清潔生產伙伴（技術服務）」標誌。秘書處會分享有關申請的經驗，供服務供應商參考。</p>"
        ),
    },
    "zh-hans": {
        "lead": "介绍计划新阶段，并分享申请“粤港清洁生产伙伴（技术服务）”标志的经验。",
        "introduction": (
            "<p>清洁生产伙伴计划于2008年推出，一直通过资助项目和推广技术，鼓励位于香港和广东省的港资工"
            "厂采用清洁生产技术"
            "和作业方式。鉴于计划为环境带来的益处，行政长官在2024年《施政报告》中宣布额外拨款1亿港元，"
            "将计划延续至2027年，"
            "继续支持港资制造商绿色转型，配合国家高质量发展的步伐。</p>"
            "<p>新一轮“伙伴计划”和“粤港清洁生产伙伴”标志计划已于5月14日开始接受申请。符合资格的环境技"
            "术服务供应商可申请"
            "“粤港清洁生产伙伴（技术服务）”标志。秘书处会分享有关申请的经验，供服务供应商参考。</p>"
        ),
    },
}
SLUG = "new-phase-2025"

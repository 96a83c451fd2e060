"""A small site to be searched: what editors of the programme would write, in three languages.

Each line: name of the thing, kind, day, and per language the title and the text.
"""

from datetime import date

from portal.search import index

EN, TC, SC = "en", "zh-hant", "zh-hans"
PLACES = [
    (
        "programme",
        "page",
        date(2025, 4, 1),
        {
            EN: (
                "The programme",
                "The Cleaner Production Partnership Programme helps Hong Kong-owned factories in Hong Kong "
                "and Guangdong to adopt cleaner production technologies.\nPhase five runs from 2025 to 2027. "
                "Volatile organic compounds (VOC) and nitrogen oxides have special weight.",
            ),
            TC: (
                "計劃簡介",
                "「清潔生產伙伴計劃」協助香港及廣東省的港資工廠採用清潔生產技術。\n"
                "第五期由2025年至2027年。揮發性有機化合物（VOC）及氮氧化物尤其重要。",
            ),
            SC: (
                "计划简介",
                "“清洁生产伙伴计划”协助香港及广东省的港资工厂采用清洁生产技术。\n"
                "第五期由2025年至2027年。挥发性有机化合物（VOC）及氮氧化物尤其重要。",
            ),
        },
    ),
    (
        "scheme",
        "page",
        date(2025, 5, 1),
        {
            EN: (
                "Recognition scheme",
                "The Hong Kong–Guangdong Cleaner Production Partners Recognition Scheme commends "
                "manufacturers, sourcing enterprises and environmental technology service providers. "
                "Commended companies may use the label for two years.",
            ),
            TC: (
                "標誌計劃",
                "「粵港清潔生產伙伴」標誌計劃嘉許製造業、採購業及環境技術服務企業。獲嘉許企業可使用標誌兩年。",
            ),
            SC: (
                "标志计划",
                "“粤港清洁生产伙伴”标志计划嘉许制造业、采购业及环境技术服务企业。获嘉许企业可使用标志两年。",
            ),
        },
    ),
    (
        "privacy",
        "page",
        date(2024, 2, 1),
        {
            EN: ("Privacy", "How personal data is collected, used and kept. Cookies are needed to sign in."),
            TC: ("私隱政策", "本網站如何收集、使用及保存個人資料。登入時需要 Cookie。"),
            SC: ("隐私政策", "本网站如何收集、使用和保存个人信息。登录时需要 Cookie。"),
        },
    ),
    (
        "contact",
        "page",
        date(2024, 3, 1),
        {
            EN: (
                "Contact",
                "Telephone, email and address of the Secretariat. Enquiry hours: Monday to Friday.",
            ),
            TC: (
                "聯絡我們",
                "秘書處的電話、電郵和地址。查詢時間：星期一至星期五。\n地址：九龍塘達之路，近著名商場。",
            ),
            SC: ("联系我们", "秘书处的电话、电邮和地址。咨询时间：星期一至星期五。"),
        },
    ),
    (
        "water",
        "page",
        date(2023, 6, 1),
        {
            EN: (
                "Case: dyeing with less water",
                "An invented dyeing factory in Dongguan recycles 30% of its rinsing water and saves 12.5 "
                "tonnes of steam a day. Payback: 2.5 years. The team visited a café with 10_000 guests.",
            ),
            TC: (
                "個案：印染節水",
                "東莞一間虛構的印染廠把三成漂洗水循環再用，每日節省12.5公噸蒸汽，回本期2.5年。工程師着手改裝鍋爐。",
            ),
            SC: (
                "案例：印染节水",
                "东莞一家虚构的印染厂将三成漂洗水循环利用，每天节省12.5吨蒸汽，回本期2.5年。工程师着手改造锅炉。",
            ),
        },
    ),
    (
        "iso",
        "page",
        date(2022, 6, 1),
        {
            EN: (
                "Standards",
                "ISO 14001 is about environmental management; ISO 50001 about energy. "
                "PM2.5 and CO₂ are measured.",
            ),
        },
    ),
    (
        "typhoon",
        "page",
        date(2022, 7, 1),
        {
            TC: (
                "惡劣天氣安排",
                "颱風信號或黑色暴雨警告生效時，研討會改於網上舉行。\n升降機（𨋢）暫停服務。臺北代表改期。",
            ),
            SC: ("恶劣天气安排", "台风信号或黑色暴雨警告生效时，研讨会改为线上举行。电梯暂停服务。"),
        },
    ),
    (
        "inside",
        "page",
        date(2021, 1, 1),
        {TC: ("工廠裏的空氣", "廠房裡的通風系統。夥計要戴口罩。")},
    ),
    (
        "who-may",
        "question",
        date(2025, 5, 2),
        {
            EN: (
                "Who can apply for the commendation?",
                "Providers of environmental technology services registered in Hong Kong or Guangdong.",
            ),
            TC: ("誰可以申請嘉許？", "在香港或廣東省註冊的環境技術服務企業。"),
            SC: ("谁可以申请嘉许？", "在香港或广东省注册的环境技术服务企业。"),
        },
    ),
    (
        "deadline",
        "question",
        date(2025, 5, 3),
        {
            EN: (
                "What is the deadline for applications?",
                "Each round has its own closing date. Late applications are not accepted.",
            ),
            TC: ("申請的截止日期是何時？", "每輪各有截止日期，逾期恕不受理。"),
            SC: ("申请的截止日期是什么时候？", "每轮各有截止日期，逾期不予受理。"),
        },
    ),
    (
        "fee",
        "question",
        date(2025, 5, 4),
        {
            EN: ("Does it cost anything?", "No. Applying is free of charge, and so are the seminars."),
            TC: ("需要收費嗎？", "不需要。申請及研討會費用全免。"),
            SC: ("需要收费吗？", "不需要。申请及研讨会均免费。"),
        },
    ),
    (
        "seminar-2025",
        "seminar",
        date(2025, 6, 25),
        {
            EN: (
                "Online sharing seminar on the recognition scheme",
                "How other providers applied. Speakers from the Hong Kong Productivity Council. "
                "Free of charge.",
            ),
            TC: ("標誌計劃網上分享研討會", "其他企業如何申請。香港生產力促進局代表主講。費用全免。"),
            SC: ("标志计划线上分享研讨会", "其他企业如何申请。香港生产力促进局代表主讲。费用全免。"),
        },
    ),
    (
        "seminar-2026",
        "seminar",
        date(2026, 12, 10),
        {
            EN: (
                "Demonstration seminar: from project record to application",
                "What a project record should show. Online, or at the Demonstration Hall.",
            ),
            TC: ("示範研討會：由項目記錄到遞交申請", "項目記錄應包括的內容。網上或示範會堂。"),
            SC: ("示范研讨会：从项目记录到提交申请", "项目记录应包括的内容。线上或示范会堂。"),
        },
    ),
    (
        "news-extension",
        "news",
        date(2024, 10, 16),
        {
            EN: (
                "HK$100 million more, and on to 2027",
                "The Policy Address extends the programme. Organisations of the colour industry welcomed it.",
            ),
            TC: ("額外撥款1億港元，延續至2027年", "《施政報告》宣布延續計劃。"),
            SC: ("增加拨款1亿港元，延续至2027年", "《施政报告》宣布延续计划。"),
        },
    ),
    (
        "meters",
        "page",
        date(2025, 6, 1),
        {
            EN: ("Readings on a screen", "A film shows how to print them."),
            TC: (
                "儀表軟件",
                "附影片，示範如何列印讀數，並經網絡傳送空氣質素資訊以節電。塑膠外殼，線路板可更換。",
            ),
            SC: (
                "仪表软件",
                "附视频，示范如何打印读数，并经网络传送空气质量信息以省电。塑料外壳，电路板可更换。",
            ),
        },
    ),
    (
        "news-awards",
        "news",
        date(2024, 10, 31),
        {
            EN: (
                "215 labels awarded, 21 of them for technology services",
                "The ceremony was held in Shenzhen.",
            ),
            TC: ("215個標誌獲頒授，技術服務佔21個", "頒授典禮在深圳舉行。"),
            SC: ("215个标志获颁授，技术服务占21个", "颁授典礼在深圳举行。"),
        },
    ),
    (
        "news-round",
        "news",
        date(2025, 5, 14),
        {
            EN: ("New round open for applications", "Companies may apply online from 14 May 2025."),
            TC: ("新一輪申請開始", "企業可由2025年5月14日起在網上申請。"),
            SC: ("新一轮申请开始", "企业可从2025年5月14日起在线申请。"),
        },
    ),
]
PREFIX = {EN: "en", TC: "tc", SC: "sc"}


def write() -> None:
    for name, kind, day, languages in PLACES:
        for language, (title, text) in languages.items():
            entry = index.Entry(
                kind=kind,
                language=language,
                family=name,
                title=title,
                text=text,
                url=f"/{PREFIX[language]}/{name}/",
                date=day,
            )
            index.replace(f"corpus:{name}-{language}", [entry])

"""The demonstration round. Every parameter is invented: the real ones are not public and change yearly."""

from applications.demo import guidance

NAMES = {
    "name_en": "Demonstration round: Cleaner Production Partners (Technology Service)",
    "name_zh_hant": "示範申請期：清潔生產伙伴（技術服務）",
    "name_zh_hans": "示范申请期：清洁生产伙伴（技术服务）",
    "introduction_en": "An invented round for trying the portal. Nothing sent here is an application to the "
    "real programme.",
    "introduction_zh_hant": "此申請期純屬虛構，只供試用本網站。在此遞交的資料並非真正計劃的申請。",
    "introduction_zh_hans": "此申请期纯属虚构，仅供试用本网站。在此提交的资料并非真正计划的申请。",
    "declaration_en": "We declare that what is stated in this application is true and complete to the best "
    "of our knowledge. We agree that the reviewing bodies in Hong Kong and Guangdong may check it, and we "
    "will tell the Secretariat at once if anything changes.",
    "declaration_zh_hant": "我們聲明，盡我們所知，本申請所載資料真實完整。"
    "我們同意粵港兩地的評審機構核實有關資料；如有任何改變，會立即通知秘書處。",
    "declaration_zh_hans": "我们声明，尽我们所知，本申请所载资料真实完整。"
    "我们同意粤港两地的评审机构核实有关资料；如有任何改变，会立即通知秘书处。",
    "signing_bodies_en": "Demo Bureau One\nDemo Department Two",
    "signing_bodies_zh_hant": "示範第一局\n示範第二廳",
    "signing_bodies_zh_hans": "示范第一局\n示范第二厅",
}

ELIGIBILITY = [
    (
        "Is your company registered in Hong Kong or in the Mainland?",
        "貴公司是否在香港或內地註冊？",
        "贵企业是否在香港或内地注册？",
    ),
    (
        "Has it given environmental technology services to factories for at least two years?",
        "貴公司是否已為工廠提供環境技術服務至少兩年？",
        "贵企业是否已为工厂提供环境技术服务至少两年？",
    ),
    (
        "Has it completed at least one cleaner production project with a Hong Kong-owned factory?",
        "貴公司是否已與港資工廠完成至少一個清潔生產項目？",
        "贵企业是否已与港资工厂完成至少一个清洁生产项目？",
    ),
]

CRITERIA = [
    ("Service to factories", "對工廠的服務", "对工厂的服务", 40),
    ("Results of projects", "項目成效", "项目成效", 30),
    ("Promotion of the programme", "推廣計劃的工作", "推广计划的工作", 20),
    ("Management and compliance", "管理及合規", "管理及合规", 10),
]

SERVICE_AREAS = """\
energy | Energy saving | 節能 | 节能
voc_nox | VOC and NOx reduction | 減少揮發性有機化合物及氮氧化物 | 减少挥发性有机化合物及氮氧化物
air | Other air pollutants | 其他空氣污染物 | 其他空气污染物
effluent | Effluent treatment | 污水處理 | 污水处理
water | Water saving | 節水 | 节水
waste | Solid waste | 固體廢物 | 固体废物
monitoring | Monitoring and digital systems | 監測及數碼系統 | 监测及数字系统
audit | Audit and consultancy | 審核及顧問服務 | 审核及顾问服务"""
INDUSTRIES = """\
chemical | Chemical products | 化學製品業 | 化学制品业
food | Food and beverage | 食品和飲品製造業 | 食品和饮品制造业
furniture | Furniture | 傢具製造業 | 家具制造业
metal | Metal and metal products | 金屬和金屬製品業 | 金属和金属制品业
mineral | Non-metallic mineral products | 非金屬礦產品業 | 非金属矿产品业
paper | Paper and paper products | 造紙和紙品業 | 造纸和纸品业
printing | Printing and publishing | 印刷和出版業 | 印刷和出版业
textiles | Textiles | 紡織業 | 纺织业"""
AREAS = """\
hk | Hong Kong | 香港 | 香港
delta | Pearl River Delta | 珠江三角洲 | 珠江三角洲
rest | Other cities of Guangdong | 廣東其他城市 | 广东其他城市"""
RESPONSE = """\
day | Within one working day | 一個工作天內 | 一个工作日内
three | Within three working days | 三個工作天內 | 三个工作日内
week | Within a week | 一星期內 | 一周内
longer | Longer | 更長時間 | 更长时间"""
SYSTEMS = """\
iso9001 | ISO 9001 quality management | ISO 9001 質量管理 | ISO 9001 质量管理
iso14001 | ISO 14001 environmental management | ISO 14001 環境管理 | ISO 14001 环境管理
iso45001 | ISO 45001 occupational health and safety | ISO 45001 職業健康及安全 | ISO 45001 职业健康安全
iso50001 | ISO 50001 energy management | ISO 50001 能源管理 | ISO 50001 能源管理"""
ACTIVITIES = """\
when | Month and year | 年月 | 年月
what | Activity | 活動 | 活动
place | Place or medium | 地點或媒體 | 地点或媒体
role | Your part in it | 貴公司的角色 | 贵企业的角色"""
REFEREES = """\
factory | Factory | 工廠 | 工厂
name | Name and post | 姓名及職位 | 姓名及职位
contact | Telephone or email | 電話或電郵 | 电话或电子邮件"""
EARLIER = """\
year | Year | 年份 | 年份
number | Certificate number | 證書編號 | 证书编号"""

PEOPLE = {"unit_en": "people", "unit_zh_hant": "人", "unit_zh_hans": "人"}
FACTORIES = {"unit_en": "factories", "unit_zh_hant": "間工廠", "unit_zh_hans": "家工厂"}
TIMES = {"unit_en": "factories", "unit_zh_hant": "間工廠", "unit_zh_hans": "家工厂"}


def question(key, kind, english, traditional, simplified, **more):
    return {
        "key": key,
        "kind": kind,
        "label_en": english,
        "label_zh_hant": traditional,
        "label_zh_hans": simplified,
    } | more


def hint(english, traditional, simplified):
    return {"hint_en": english, "hint_zh_hant": traditional, "hint_zh_hans": simplified}


def only_if(key):
    return {"only_if_key": key, "only_if_value": "yes"}


CHOOSE = hint("Choose all that apply", "可選多項", "可选多项")
KEPT = hint(
    "Longer text is kept, and you can shorten it later",
    "較長的文字也會保留，可稍後刪短",
    "较长的文字也会保留，可稍后删短",
)

SECTIONS = [
    (
        "work",
        ("Services and staff", "服務範圍及人員", "服务范围及人员"),
        [
            question("service_areas", "several_of", "Service areas", "服務範圍", "服务范围",
                     choices=SERVICE_AREAS, **CHOOSE),
            question("industries", "several_of", "Industries served", "所服務的行業", "所服务的行业",
                     choices=INDUSTRIES, **CHOOSE),
            question("areas", "several_of", "Where you gave service", "提供服務的地區", "提供服务的地区",
                     choices=AREAS, **CHOOSE),
            question("technical_staff", "number", "Technical staff who serve factories",
                     "為工廠服務的技術人員數目", "为工厂服务的技术人员数目", **PEOPLE,
                     **hint("Count people on 31 December of last year, in Hong Kong and Guangdong together",
                            "按去年12月31日計算，香港及廣東合計", "按去年12月31日计算，香港及广东合计")),
            question("service_turnover", "money", "Turnover from these services last year",
                     "去年有關服務的營業額", "去年有关服务的营业额", required=False),
        ],
    ),
    (
        "work",
        ("Service to factories", "對工廠的服務", "对工厂的服务"),
        [
            question("first_service", "date", "Date of your first service to a factory",
                     "首次為工廠提供服務的日期", "首次为工厂提供服务的日期"),
            question("factories_served", "number", "Factories served in the last two years",
                     "過去兩年服務的工廠數目", "过去两年服务的工厂数目", **FACTORIES),
            question("response_time", "one_of", "How soon you answer when a factory calls",
                     "工廠求助時的回應時間", "工厂求助时的响应时间", choices=RESPONSE),
            question("approach", "long_text", "How you find out what a factory needs",
                     "如何了解工廠的需要", "如何了解工厂的需要", limit=1500, **KEPT, **guidance.APPROACH),
            question("after_service", "long_text", "How you support a factory after a project ends",
                     "項目完成後如何繼續支援工廠", "项目完成后如何继续支持工厂", limit=1500, **KEPT),
        ],
    ),
    (
        "work",
        ("Promoting the programme", "推廣計劃", "推广计划"),
        [
            question("activities", "table", "Seminars, visits, articles and exhibitions",
                     "研討會、參觀、文章及展覽", "研讨会、参观、文章及展览", columns=ACTIVITIES, limit=15),
            question("promotion", "long_text", "How you encouraged factories to join",
                     "如何鼓勵工廠參加", "如何鼓励工厂参加", limit=1500, **KEPT),
            question("referrals", "number", "Factories that joined on your advice",
                     "經貴公司介紹而參加的工廠數目", "经贵企业介绍而参加的工厂数目", required=False, **TIMES),
        ],
    ),
    (
        "work",
        ("Results", "成效", "成效"),
        [
            question("best_result", "long_text", "The result you are most proud of",
                     "最值得分享的成效", "最值得分享的成效", limit=1500, **KEPT, **guidance.BEST_RESULT),
            question("verified", "yes_no", "Were results verified by a third party?",
                     "成效是否經第三方核實？", "成效是否经第三方核实？"),
            question("verifier", "short_text", "Who verified them", "核實機構", "核实机构",
                     **only_if("verified")),
            question("innovation", "long_text", "New technology or methods",
                     "新技術或新方法", "新技术或新方法",
                     required=False, limit=1500, **KEPT),
        ],
    ),
    (
        "work",
        ("Feedback from factories", "工廠意見", "工厂意见"),
        [
            question("referees", "table", "Referees whom we may call", "可供聯絡的諮詢人", "可供联系的咨询人",
                     columns=REFEREES, limit=5),
            question("complaints", "yes_no", "Did a factory complain in the last two years?",
                     "過去兩年是否曾有工廠投訴？", "过去两年是否曾有工厂投诉？"),
            question("complaint_handling", "long_text", "What the complaint was and how it was settled",
                     "投訴內容及處理結果", "投诉内容及处理结果", limit=1000, **only_if("complaints"), **KEPT),
        ],
    ),
    (
        "declaration",
        ("Compliance", "合規情況", "合规情况"),
        [
            question("systems", "several_of", "Certified management systems", "已獲認證的管理體系",
                     "已获认证的管理体系", required=False, choices=SYSTEMS, **CHOOSE),
            question("penalties", "yes_no",
                     "Was your company penalised in Hong Kong or Guangdong in the last three years?",
                     "貴公司過去三年是否曾在香港或廣東受罰？", "贵企业过去三年是否曾在香港或广东受罚？"),
            question("penalty_details", "long_text", "Date, authority and reason of each penalty",
                     "每宗處罰的日期、機關及原因", "每宗处罚的日期、机关及原因", limit=1000,
                     **only_if("penalties"), **KEPT),
            question("incidents", "yes_no", "Was there a safety incident at work in the last three years?",
                     "過去三年是否曾發生工業安全事故？", "过去三年是否曾发生工业安全事故？"),
        ],
    ),
    (
        "declaration",
        ("Earlier commendations and consent", "過往嘉許及同意書", "过往嘉许及同意书"),
        [
            question("earlier", "yes_no", "Was your company commended before?", "貴公司以往曾否獲嘉許？",
                     "贵企业以往曾否获嘉许？"),
            question("earlier_list", "table", "Earlier commendations", "過往獲嘉許紀錄", "过往获嘉许记录",
                     columns=EARLIER, limit=10, **only_if("earlier")),
            question("conflict", "short_text", "Ties to people who take part in the review",
                     "與參與評審人士的關係", "与参与评审人士的关系", required=False,
                     **hint("Leave it empty if there are none", "如沒有，可留空", "如没有，可留空")),
            question("publication", "yes_no", "May the name of your company be published if it is commended?",
                     "如獲嘉許，可否公布貴公司名稱？", "如获嘉许，可否公布贵企业名称？"),
            question("checks", "declaration",
                     "We agree that both sides may check our record of violations and penalties",
                     "我們同意兩地機構查核本公司的違規及處罰紀錄",
                     "我们同意两地机构查核本企业的违规及处罚记录"),
        ],
    ),
]  # fmt: skip

DOCUMENTS = [
    {
        "name_en": "Company registration",
        "name_zh_hant": "公司註冊文件",
        "name_zh_hans": "企业注册文件",
        "help_en": "Business registration certificate or Mainland business licence.",
        "help_zh_hant": "商業登記證或內地營業執照。",
        "help_zh_hans": "商业登记证或内地营业执照。",
        "types": "pdf,jpg,png",
        "max_files": 1,
    },
    {
        "name_en": "Evidence of completed projects",
        "name_zh_hant": "已完成項目的證明",
        "name_zh_hans": "已完成项目的证明",
        "help_en": "Acceptance reports, completion letters or contract pages.",
        "help_zh_hant": "驗收報告、完工函件或合約頁。",
        "help_zh_hans": "验收报告、完工函件或合同页。",
        "types": "pdf,docx,xlsx,jpg,png",
        "max_files": 10,
    },
    {
        "name_en": "Letters from factories",
        "name_zh_hant": "工廠推薦信",
        "name_zh_hans": "工厂推荐信",
        "help_en": "Letters or feedback forms from factories you served.",
        "help_zh_hant": "曾服務工廠的信件或意見表。",
        "help_zh_hans": "曾服务工厂的信件或意见表。",
        "types": "pdf,docx,jpg,png",
        "max_files": 5,
    },
    {
        "name_en": "Proof of promotion work",
        "name_zh_hant": "推廣工作的證明",
        "name_zh_hans": "推广工作的证明",
        "help_en": "Seminar programmes, photographs or slides.",
        "help_zh_hant": "研討會程序表、照片或簡報。",
        "help_zh_hans": "研讨会议程、照片或演示文稿。",
        "types": "pdf,pptx,jpg,png",
        "max_files": 5,
        "required": False,
    },
    {
        "name_en": "Signed declaration",
        "name_zh_hant": "已簽署的聲明書",
        "name_zh_hans": "已签署的声明书",
        "help_en": "Signed by the authorised signatory, with the company chop.",
        "help_zh_hant": "由獲授權簽署人簽署並蓋上公司印章。",
        "help_zh_hans": "由获授权签署人签署并加盖企业公章。",
        "types": "pdf,jpg,png",
        "max_files": 1,
    },
]

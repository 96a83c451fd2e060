"""Which company somebody belongs to, for the per-company cap.

An address under a company's own domain says it best; a free-mail address says nothing, and the name counts.
What people of one seminar have in common, and what the organiser has merged, is looked up by seminars.seats.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.forms.mistyped import meant_by

# Addresses here say nothing about the company.
FREE_MAIL = frozenset(
    (
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "live.hk",
        "live.cn",
        "msn.com",
        "yahoo.com",
        "yahoo.com.hk",
        "yahoo.com.cn",
        "yahoo.cn",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "gmx.net",
        "mail.com",
        "zoho.com",
        "fastmail.com",
        "yandex.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "188.com",
        "139.com",
        "189.cn",
        "wo.cn",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "21cn.com",
        "tom.com",
        # Internet providers, whose customers are of any company.
        "netvigator.com",
        "hkbn.net",
        "i-cable.com",
        "ctimail.com",
        "ctm.net",
    )
)
# Labels that stand between a country and its registrants: example.com.hk, example.gov.cn, example.co.uk.
SECOND_LEVEL = frozenset(
    (
        *("com", "co", "net", "ne", "org", "or", "edu", "ac", "gov", "go", "idv", "gd"),
        # 公司.香港 and its sisters, as they stand in the name system.
        *(label.encode("idna").decode() for label in ("公司", "組織", "網絡", "教育", "政府", "個人")),
    )
)
# What people write who come for nobody but themselves: they share no places.
NO_COMPANY = frozenset(
    (
        *("na", "none", "nil", "no", "null", "self", "selfemployed", "freelance", "freelancer"),
        *("individual", "personal", "private", "student", "retired"),
        *("无", "没有", "不适用", "自雇", "自雇人士", "自由职业", "个人", "私人", "学生", "退休"),
    )
)
LEGAL_FORMS = (
    "companylimited",
    "corporationlimited",
    "coltd",
    "limited",
    "ltd",
    "incorporated",
    "inc",
    "corporation",
    "corp",
    "llc",
    "plc",
    "privatelimited",
    "pteltd",
    "company",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "公司",
)
# Simplified forms of the characters that company names use most: the same company writes itself both ways.
_TRADITIONAL = (
    "環術機電廠業東廣國際實發資訊節綠藍顧問設備應貿華龍豐興聯寶創態氣淨潔產協會學團總責務建築"
    "開區門產車運輸製造鋼鐵銅鋁紡織漿紙塗裝飾燈飾傢具玩飲藥醫療護檢測驗監測統計劃營銷經濟財"
    "銀鑽緣園藝壓縮熱爐鍋處圳莞慶陽瀋寧蘇無錫溫臺灣澳門萬億達遠順凱歐亞愛麗偉傑強勝進連雲"
    "鴻鵬飛馬鳳鶴維綱網絡絲線紅紀級約續綜繼納純練組終結給統絕範風動廢塵噴對長張黃鄭陳劉"
    "個僱職員屬證據與於從來時書電話號點頭師權條項類級現場東範僑馮趙葉吳謝鍾盧蕭羅鄧許賴顏"
)
_SIMPLIFIED = (
    "环术机电厂业东广国际实发资讯节绿蓝顾问设备应贸华龙丰兴联宝创态气净洁产协会学团总责务建筑"
    "开区门产车运输制造钢铁铜铝纺织浆纸涂装饰灯饰家具玩饮药医疗护检测验监测统计划营销经济财"
    "银钻缘园艺压缩热炉锅处圳莞庆阳沈宁苏无锡温台湾澳门万亿达远顺凯欧亚爱丽伟杰强胜进连云"
    "鸿鹏飞马凤鹤维纲网络丝线红纪级约续综继纳纯练组终结给统绝范风动废尘喷对长张黄郑陈刘"
    "个雇职员属证据与于从来时书电话号点头师权条项类级现场东范侨冯赵叶吴谢钟卢萧罗邓许赖颜"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Company:
    """What somebody's address and typed name say about the company; either may say nothing."""

    domain: str
    name: str

    @property
    def keys(self) -> list[str]:
        """The stronger first."""
        pairs = (("domain", self.domain), ("name", self.name))
        return [f"{kind}:{value}"[:255] for kind, value in pairs if value]


def company_of(company: str, email: str) -> Company:
    domain = registrable_domain(email)
    name = fold_name(company)
    # Of gmial.com as of gmail.com: who mistyped the same way is of no common company.
    is_free = domain in FREE_MAIL or meant_by(f"@{domain}") != ""
    return Company("" if is_free else domain, "" if name in NO_COMPANY else name)


def company_key(company: str, email: str) -> str:
    """The key that what was typed gives by itself; somebody without a company shares one with nobody."""
    keys = company_of(company, email).keys
    return keys[0] if keys else f"person:{fold_email(email)}"[:255]


def who_counts_with(key: str) -> str:
    """In the active language: with whom somebody of this key shares the places of a company."""
    kind, _colon, value = key.partition(":")
    if kind == "domain":
        return _("everyone at %(domain)s") % {"domain": _as_written(value)}
    return _("everyone who gave this name") if kind == "name" else _("nobody else")


def fold_email(email: str) -> str:
    """Trimmed, width- and case-folded, its domain as the name system writes it.

    Dots and plus signs stay: they are other people's addresses.
    """
    local, at, domain = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    return f"{local}{at}{_in_ascii(domain)}"


def fold_name(name: str) -> str:
    """A company's name without case, width, script, punctuation and legal form; never empty for a name."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ").translate(_TO_SIMPLIFIED)
    bare = _NOT_A_LETTER.sub("", folded)
    for form in LEGAL_FORMS:
        if bare.endswith(form) and bare != form:
            bare = bare.removesuffix(form)
            break
    return bare or folded.strip()


def registrable_domain(email: str) -> str:
    labels = fold_email(email).rpartition("@")[2].strip(".").split(".")
    of_a_country = len(labels[-1]) == 2 or labels[-1].startswith("xn--")
    long_suffix = len(labels) > 2 and of_a_country and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if long_suffix else labels[-2:])


def _as_written(domain):
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return domain


def _in_ascii(domain):
    """`例子.香港` and `xn--fsqu00a.xn--j6w193g` are one domain; what is no domain stays as it is."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain

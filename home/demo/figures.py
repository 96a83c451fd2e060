"""Sets of figures of the demonstration, with the source of public ones; what is invented says so."""

import datetime

from home.models import Figure, FigureSet

LABELS = ("Labels", "標誌數目", "标志数量")
YEAR = ("Year", "年度", "年度")
PROPOSED = ("Proposed list, before confirmation", "建議名單，尚待確認", "拟嘉许名单，尚待确认")


def in_three(name, texts):
    return {
        f"{name}_{suffix}": text for suffix, text in zip(("en", "zh_hant", "zh_hans"), texts, strict=True)
    }


def set_of(code, position, as_of, heads, title, source, note=("", "", ""), **fields):
    label_head, number_head = heads
    return {
        "code": code,
        "position": position,
        "as_of": as_of,
        **in_three("label_head", label_head),
        **in_three("number_head", number_head),
        **in_three("title", title),
        **in_three("source", source),
        **in_three("note", note),
        **fields,
    }


def figure(labels, number, note=("", "", ""), precision=Figure.Precision.EXACT):
    return {
        **in_three("label", labels),
        **in_three("note", note),
        "number": number,
        "precision": precision,
    }


def of_year(year, number, note=("", "", "")):
    return figure((str(year), f"{year}年", f"{year}年"), number, note)


def projects_by(label, number, note):
    return figure(label, number, note, precision=Figure.Precision.OVER)


SETS = [
    (
        set_of(
            "technology-service-labels",
            10,
            datetime.date(2024, 10, 31),
            (YEAR, LABELS),
            (
                "Technology Service labels by year",
                "歷年「技術服務」類別標誌數目",
                "历年“技术服务”类别标志数量",
            ),
            (
                "Public announcements and notices of the years shown",
                "所列年度的公布及公示",
                "所列年度的公布和公示",
            ),
            (
                "The category began in 2010. Years without a public number are left out.",
                "類別於2010年設立。沒有公開數字的年度並無列出。",
                "该类别于2010年设立。没有公开数字的年度未列出。",
            ),
        ),
        [
            of_year(2010, 20),
            of_year(2011, 20),
            of_year(2012, 24, PROPOSED),
            of_year(2015, 13),
            of_year(2016, 16),
            of_year(2017, 16),
            of_year(2019, 25, PROPOSED),
            of_year(2022, 13),
            of_year(2024, 21),
        ],
    ),
    (
        set_of(
            "labels-2024",
            20,
            datetime.date(2024, 10, 31),
            (("Category", "類別", "类别"), LABELS),
            ("Labels presented in 2024, by category", "2024年各類別頒授的標誌", "2024年各类别颁授的标志"),
            (
                "Press reports of the ceremony on 31 October 2024",
                "2024年10月31日頒授儀式的新聞報道",
                "2024年10月31日颁授仪式的新闻报道",
            ),
        ),
        [
            figure(("Excellent Partners (Manufacturing)", "優越伙伴（製造業）", "优越伙伴（制造业）"), 42),
            figure(("Partners (Manufacturing)", "伙伴（製造業）", "伙伴（制造业）"), 149),
            figure(("Supply chain", "伙伴（供應鏈）", "伙伴（供应链）"), 3),
            figure(("Partners (Technology Service)", "伙伴（技術服務）", "伙伴（技术服务）"), 21),
        ],
    ),
    (
        set_of(
            "projects",
            30,
            datetime.date(2024, 10, 31),
            (("By", "截至", "截至"), ("Projects", "項目數目", "项目数量")),
            (
                "Projects of the programme, from its beginning",
                "計劃自推出以來的項目數目",
                "计划推出以来的项目数量",
            ),
            (
                "Public statements named beside each figure",
                "各項數字旁註明的公開資料",
                "各项数字旁注明的公开资料",
            ),
        ),
        [
            projects_by(
                ("30 September 2009", "2009年9月30日", "2009年9月30日"),
                330,
                ("Policy Address 2009-10", "2009至10年施政報告", "2009至10年施政报告"),
            ),
            projects_by(
                ("29 October 2015", "2015年10月29日", "2015年10月29日"),
                2500,
                ("news.gov.hk of that day", "當日政府新聞網", "当日政府新闻网"),
            ),
            projects_by(
                ("27 October 2017", "2017年10月27日", "2017年10月27日"),
                2800,
                ("news.gov.hk of that day", "當日政府新聞網", "当日政府新闻网"),
            ),
            projects_by(
                ("31 October 2024", "2024年10月31日", "2024年10月31日"),
                4200,
                ("Press reports of that day", "當日新聞報道", "当日新闻报道"),
            ),
        ],
    ),
    (
        set_of(
            "example-dye-house",
            40,
            datetime.date(2025, 3, 1),
            (("Quarter", "季度", "季度"), ("Gas (m³)", "燃氣（立方米）", "燃气（立方米）")),
            ("Gas used by one dye house", "一間染廠的燃氣用量", "一家染厂的燃气用量"),
            (
                "Invented to show a chart with columns",
                "為展示柱形圖而虛構",
                "为展示柱形图而虚构",
            ),
            (
                "Heat recovery begins to run in the third quarter.",
                "熱能回收系統於第三季開始運作。",
                "热能回收系统于第三季度开始运行。",
            ),
            shape=FigureSet.Shape.COLUMNS,
            illustrative=True,
        ),
        [
            figure(("Q1", "第一季", "一季度"), 18_400),
            figure(("Q2", "第二季", "二季度"), 18_900),
            figure(("Q3", "第三季", "三季度"), 13_200),
            figure(("Q4", "第四季", "四季度"), 11_800),
        ],
    ),
]


def load() -> None:
    """Nothing where an editor has figures already."""
    if FigureSet.objects.exists():
        return
    for fields, rows in SETS:
        figure_set = FigureSet.objects.create(**fields)
        for order, row in enumerate(rows):
            Figure.objects.create(figure_set=figure_set, sort_order=order, **row)

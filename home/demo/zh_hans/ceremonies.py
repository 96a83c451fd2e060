"""Ceremonies in Simplified Chinese. Dates and numbers are from public pages; the pictures are drawings of ours."""

from home.demo.shapes import heading, photo, table, text

INDEX = {
    "title": "颁授仪式",
    "lead": "香港和广东省共同颁授标志，仪式往往与专责小组会议同日举行。",
}
NO_PHOTOS = "<p>本演示网站没有仪式的照片。下列图画均为本网站绘制。</p>"
CATEGORIES = (
    "清洁生产优越伙伴（制造业）",
    "清洁生产伙伴（制造业）",
    "清洁生产伙伴（供应链）",
    "清洁生产伙伴（技术服务）",
)

YEAR_2024 = {
    "title": "2024年颁授仪式",
    "summary": "专责小组会议当天，共颁授215个标志。",
    "photos": [
        photo("stage", "图画：七个人站在台上，每人手持一块标志牌。", "图画，并非照片：获嘉许企业合影"),
        photo("certificate", "图画：一张证书，有印章和两行签署位置。", "图画：每张证书由粤港双方签署"),
        photo("delta", "图画：一条河流分成许多水道，环绕绿色小岛。", "图画：粤港共处的三角洲"),
    ],
    "body": [
        heading("本年度标志", "labels"),
        table(
            "2024年颁授的标志",
            [["类别", "标志数量"], *map(list, zip(CATEGORIES, ("42", "149", "3", "21"), strict=True))],
        ),
        text(NO_PHOTOS),
    ],
}

YEAR_2015 = {
    "title": "2015年颁授仪式",
    "summary": "共颁授163个标志，其中13个属于技术服务类别。",
    "photos": [
        photo("delta", "图画：一条河流分成许多水道，环绕绿色小岛。", "图画，并非照片：粤港共处的三角洲")
    ],
    "body": [
        heading("本年度标志", "labels"),
        table(
            "2015年颁授的标志",
            [["类别", "标志数量"], *map(list, zip(CATEGORIES, ("73", "74", "3", "13"), strict=True))],
        ),
        text(NO_PHOTOS),
    ],
}

PAGES = {"ceremonies": INDEX, "ceremony-2024": YEAR_2024, "ceremony-2015": YEAR_2015}

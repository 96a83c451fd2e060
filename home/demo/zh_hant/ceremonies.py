"""Ceremonies in Traditional Chinese. Dates and numbers are from public pages; the pictures are drawings of ours."""

from home.demo.shapes import heading, photo, table, text

INDEX = {
    "title": "頒授儀式",
    "lead": "香港和廣東省共同頒授標誌，儀式往往與專責小組會議同日舉行。",
}
NO_PHOTOS = "<p>本示範網站沒有儀式的照片。下列圖畫均為本網站繪製。</p>"
CATEGORIES = (
    "清潔生產優越伙伴（製造業）",
    "清潔生產伙伴（製造業）",
    "清潔生產伙伴（供應鏈）",
    "清潔生產伙伴（技術服務）",
)

YEAR_2024 = {
    "title": "2024年頒授儀式",
    "summary": "專責小組會議當日，共頒授215個標誌。",
    "photos": [
        photo("stage", "圖畫：七人站在台上，每人手持一個標誌牌。", "圖畫，並非照片：獲嘉許企業合照"),
        photo("certificate", "圖畫：一張證書，有印章和兩行簽署位置。", "圖畫：每張證書由粵港雙方簽署"),
        photo("delta", "圖畫：一條河流分成許多水道，環繞綠色小島。", "圖畫：粵港共處的三角洲"),
    ],
    "body": [
        heading("本年度標誌", "labels"),
        table(
            "2024年頒授的標誌",
            [["類別", "標誌數目"], *map(list, zip(CATEGORIES, ("42", "149", "3", "21"), strict=True))],
        ),
        text(NO_PHOTOS),
    ],
}

YEAR_2015 = {
    "title": "2015年頒授儀式",
    "summary": "共頒授163個標誌，其中13個屬技術服務類別。",
    "photos": [
        photo("delta", "圖畫：一條河流分成許多水道，環繞綠色小島。", "圖畫，並非照片：粵港共處的三角洲")
    ],
    "body": [
        heading("本年度標誌", "labels"),
        table(
            "2015年頒授的標誌",
            [["類別", "標誌數目"], *map(list, zip(CATEGORIES, ("73", "74", "3", "13"), strict=True))],
        ),
        text(NO_PHOTOS),
    ],
}

PAGES = {"ceremonies": INDEX, "ceremony-2024": YEAR_2024, "ceremony-2015": YEAR_2015}

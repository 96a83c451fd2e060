"""Success cases in Traditional Chinese, in Hong Kong wording. All three are made up, and the pages say so."""

from home.demo.shapes import call, heading, link, text

SOURCE = "為本示範網站虛構"

INDEX = {
    "title": "成功個案",
    "lead": "工廠作了什麼改變、花了多少、節省多少，可按行業、工序和技術查閱。",
}

PRINTING = {
    "title": "印刷廠改用水性油墨",
    "summary": "一間印刷廠改用水性油墨，並以密閉設備清洗，溶劑用量減少一半。",
    "company": "示範印刷廠",
    "place": "東莞",
    "source": SOURCE,
    "body": [
        heading("原有問題", "problem"),
        text(
            "<p>溶劑型油墨和敞開的清洗槽散發揮發性有機化合物，員工投訴氣味難聞，工廠每星期都要添購溶劑。</p>"
        ),
        heading("改善措施", "measures"),
        text(
            "<ul><li>三台印刷機中，有兩台改用水性油墨，並配備合適的烘乾設備。</li>"
            "<li>墨輥改在密閉的清洗機內清洗，溶劑可循環再用。</li>"
            "<li>在排放口裝設儀錶，當值人員隨時看到排放量。</li></ul>"
        ),
        heading("值得借鑑", "lessons"),
        text("<p>客戶希望先看樣本。三星期的試印物有所值：沒有一張訂單因改用油墨而流失。</p>"),
        call(
            "貴廠有類似的項目嗎？",
            "採用新清潔生產技術，可申請資助。",
            link("計劃資助什麼", page="programme"),
        ),
    ],
}

DYEING = {
    "title": "染廠熱水用兩次",
    "summary": "一間染廠回收廢水的熱能，用來加熱下一缸染液，減少燃氣用量。",
    "company": "示範染廠",
    "place": "佛山",
    "source": SOURCE,
    "body": [
        heading("原有問題", "problem"),
        text(
            "<p>每缸染液在攝氏70度或以上便排走，下一缸卻由冷水開始加熱。最後一次漂洗的水仍相當乾淨，也一併排走。</p>"
        ),
        heading("改善措施", "measures"),
        text(
            "<ul><li>在排水管和染缸供水管之間裝設熱交換器。</li>"
            "<li>以儲水缸保存最後一次漂洗的水，供下一批布首次漂洗之用。</li>"
            "<li>為喉管和儲水缸加上隔熱層。</li></ul>"
        ),
        heading("值得借鑑", "lessons"),
        text("<p>首個月纖維堵塞了熱交換器。訂購設備時，便應包括可在運作期間清洗的過濾器。</p>"),
    ],
}

PLATING = {
    "title": "電鍍線的漂洗水循環再用",
    "summary": "一間金屬表面處理廠在廠內處理漂洗水，大部分循環再用。",
    "company": "示範金屬表面處理廠",
    "place": "香港",
    "source": SOURCE,
    "body": [
        heading("原有問題", "problem"),
        text("<p>電鍍後的漂洗全用食水。經處理的廢水雖然符合排放標準，但水量大，污泥也多。</p>"),
        heading("改善措施", "measures"),
        text(
            "<ul><li>漂洗由一級改為三級逆流。</li>"
            "<li>以離子交換和薄膜處理，讓水回到漂洗槽。</li>"
            "<li>加裝滴液盤，把滴下的鍍液引回鍍槽。</li></ul>"
        ),
        heading("值得借鑑", "lessons"),
        text("<p>先做簡單的步驟，處理設備便可以比原先計劃的小：單是滴液盤，已節省五分之一漂洗水。</p>"),
    ],
}

PAGES = {"cases": INDEX, "case-printing": PRINTING, "case-dyeing": DYEING, "case-plating": PLATING}

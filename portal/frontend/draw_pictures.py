"""Draws the pictures that other sites and telephones show of this one; their results are kept in favicon/.

Run it where Chromium and the Noto faces are, after a change of the mark, the art or the programme's name:
    python portal/frontend/draw_pictures.py
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
WORDS = {
    "en": (
        "en",
        "Cleaner Production<br>Partnership Programme",
        "Cleaner factories on both sides of the delta",
    ),
    "tc": ("zh-Hant-HK", "清潔生產伙伴計劃", "清流兩岸，粵港同行"),
    "sc": ("zh-Hans", "清洁生产伙伴计划", "清流两岸，粤港同行"),
}
SHARE = """<!doctype html><html lang="{lang}"><style>
  body {{ margin: 0; width: 1200px; height: 630px; position: relative; overflow: hidden;
          background: #06343a; color: #fff }}
  .art {{ position: absolute; inset: 0 0 0 auto; width: 1440px; height: 630px; right: -320px }}
  .art svg {{ width: 100%; height: 100% }}
  .text {{ position: absolute; left: 80px; top: 0; bottom: 0; width: 720px; display: flex;
           flex-direction: column; justify-content: center; gap: 28px }}
  .mark svg {{ width: 108px; height: 108px }}
  h1 {{ margin: 0; font: 600 60px/1.16 "Source Serif 4", "Noto Serif", "Noto Serif CJK HK", serif }}
  p {{ margin: 0; color: #cfe3e0; font: 30px/1.4 "Noto Sans", "Noto Sans CJK HK", sans-serif }}
  :lang(zh) h1 {{ font: 700 76px/1.35 "Noto Serif CJK HK", serif; letter-spacing: .03em }}
  :lang(zh-Hans) h1 {{ font-family: "Noto Serif CJK SC", serif }}
  :lang(zh-Hans) p {{ font-family: "Noto Sans CJK SC", sans-serif }}
</style><div class="art">{art}</div>
<div class="text"><div class="mark">{mark}</div><h1>{name}</h1><p>{line}</p></div>"""
# The whole square is ground, so that a telephone may cut it round; the mark keeps to the safe middle.
ICON = """<!doctype html><style>
  body {{ margin: 0; display: grid; place-items: center; width: {size}px; height: {size}px;
          background: #06343a; color: #fff }}
  svg {{ width: 56%; height: 56% }}
</style>{mark}"""


def _few_colours(picture):
    """A third of the weight, and nobody sees it: the picture is made of a dozen flat colours."""
    return Image.open(BytesIO(picture)).convert("RGB").quantize(128, dither=Image.Dither.NONE)


def draw():
    mark = (HERE / "marks/brand.svg").read_text()
    art = (HERE / "marks/delta.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for code, (lang, name, line) in WORDS.items():
            page = browser.new_page(viewport={"width": 1200, "height": 630})
            page.set_content(SHARE.format(lang=lang, art=art, mark=mark, name=name, line=line))
            _few_colours(page.screenshot()).save(HERE / f"favicon/share-{code}.png", optimize=True)
        for size in (192, 512):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(ICON.format(size=size, mark=mark))
            page.screenshot(path=HERE / f"favicon/icon-{size}.png")
        browser.close()


if __name__ == "__main__":
    draw()

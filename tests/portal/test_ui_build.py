"""What the build gives out, and what no template and no style may hold."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from portal.office import palette

ROOT = Path(settings.BASE_DIR)
ASSETS = ROOT / "var" / "assets"
TEMPLATES = [
    path
    for folder in (
        ROOT / "templates",
        *(ROOT / name for name in ("portal", "home", "applications", "seminars")),
    )
    for path in sorted(folder.rglob("*.html"))
    if "node_modules" not in path.parts
]


def built(name):
    path = ASSETS / name
    assert path.exists(), f"{path} is missing: run npm run build"
    return path.read_bytes()


def zipped(*names):
    return sum(len(gzip.compress(built(name), 9)) for name in names)


def test_styles_and_scripts_stay_within_their_budgets():
    assert zipped("portal.css", "site.js") <= 40 * 1024
    assert zipped("portal.css", "portal.js") <= 45 * 1024
    art = zipped("marks/delta.svg", "favicon.svg")
    assert zipped("portal.css", "site.js") + art <= 60 * 1024  # leaves room for the page in 100 KB


@pytest.mark.parametrize("name", ["portal.css", "site.js", "portal.js", "door.js"])
def test_the_build_holds_no_marks_of_another_government_and_no_other_host(name):
    text = built(name).decode()
    for word in ("gov.uk", "gds transport", "crown", "@font-face"):
        assert word not in text.lower()
    assert not re.search(r"https?://(?!www\.w3\.org/)\w", text)


def test_the_faces_reach_the_browser_with_their_quotes():
    css = built("portal.css").decode()
    assert re.search(r'--font-text:\s*"?Segoe UI"?', css)
    for face in ("PingFang HK", "PingFang SC", "Microsoft JhengHei", "Microsoft YaHei", "Source Sans 3"):
        assert re.search(rf'["\']{face}["\']|{face},', css), face
    assert "line-break:strict" in css


def test_art_and_icons_are_served():
    for name in ("favicon.ico", "favicon.svg", "touch-icon.png", "marks/delta.svg", "marks/current-wide.svg"):
        assert built(name)


FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*(?:\bsrc=|application/json))", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "other host": re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"']https?://", re.I),
    "raw date filter": re.compile(r"\|(?:date|time)(?!:[\"'](?:c|Y-m-d)[\"'])\b"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_that_the_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    faults = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    if {"admin", "wagtailadmin"} & set(path.parts):
        faults = [name for name in faults if name == "other host"]
    assert not faults


def test_every_template_loads_the_tags_it_uses():
    engine = engines["django"].engine
    for path in (ROOT / "templates").rglob("*.*"):
        engine.get_template(str(path.relative_to(ROOT / "templates")))


# What is translated as a whole brings its own marks.
TRANSLATED = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)


def test_values_are_joined_by_the_colon_of_the_language():
    ours = [path for path in TEMPLATES if "admin" not in path.parts and not path.name.startswith("dev_")]
    latin = re.compile(r"(?:%\}|\}\}|</strong>): \{")

    assert [path.name for path in ours if latin.search(TRANSLATED.sub("{{ }}", path.read_text()))] == []


def test_there_are_templates_to_check():
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize(("front", "ground", "least"), palette.pairs())
def test_colours_that_meet_can_be_told_apart(front, ground, least):
    assert palette.contrast(front, ground) >= least


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


WIDE_TABLES = [
    "applications/office/queue_table.html",
    "applications/office/threads_table.html",
    "applications/rounds/index.html",
    "office/mail.html",
    "seminars/office/people.html",
]


def test_wide_tables_of_the_office_become_blocks_by_the_room_they_have():
    """Beside filters a window of 1024 px leaves 666 to a table that needs 900; it must not scroll."""
    css = built("portal.css").decode()
    frame = r"\.cp-office \.cp-tablewrap\{container:table ?/ ?inline-size\}"
    assert re.search(frame, css)
    rule = re.search(r"@container table \((?:max-width: ?|width<=)55em\)\{(.*?)\}", css)
    assert rule and ".cp-table--wide" in rule[1] and "display:block" in rule[1]


@pytest.mark.parametrize("name", WIDE_TABLES)
def test_wide_table_names_each_value_where_it_is_a_block(name):
    page = (ROOT / "templates" / name).read_text()
    table = page[page.index("cp-table--wide") :]
    assert 'class="cp-tablewrap' in page[: page.index("cp-table--wide")]
    cells = re.findall(r"<td[^>]*>", table[: table.index("</table>")])
    assert sum("data-label" in cell for cell in cells) >= 3

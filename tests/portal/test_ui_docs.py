"""What docs/design.md says of the tokens is what the style sheet holds."""

import re
from pathlib import Path

from django.conf import settings

from portal.office import palette

DOCS = (Path(settings.BASE_DIR) / "docs" / "design.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w-]+)` \| `#([0-9a-f]{6})` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
PAIR = re.compile(r"([a-z]+(?:-[a-z0-9]+)*) (\d+\.\d)")


def test_every_colour_stands_in_the_docs_with_its_value():
    assert {name: digits for name, digits, _on in ROW.findall(DOCS)} == palette.colours()


def test_every_pair_stands_in_the_docs_with_its_contrast():
    told = {(name, ground): ratio for name, _, on in ROW.findall(DOCS) for ground, ratio in PAIR.findall(on)}

    assert told == {
        (front, ground): f"{palette.contrast(front, ground):.1f}" for front, ground, _least in palette.pairs()
    }


def test_no_colour_of_the_style_sheets_stands_outside_the_tokens():
    """One that is written out in a rule is in no table, and no test knows what it meets."""
    stray = {
        path.name: found
        for path in sorted(palette.TOKENS.parent.glob("*.scss"))
        if path != palette.TOKENS and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text()))
    }
    assert {name: set(found) for name, found in stray.items()} == {"_print.scss": {"#000", "#fff", "#777"}}

"""The colours of the style sheets, as their file gives them, and which of them may meet."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[1] / "frontend" / "scss" / "_tokens.scss"
COLOUR = re.compile(r"^\$([\w-]+):\s*#([0-9a-f]{3}|[0-9a-f]{6})\b", re.MULTILINE)

LIGHT = ("white", "paper", "sand")
# Text, and the grounds that it may stand on.
TEXT = {
    "ink": (*LIGHT, "teal-wash", "water-wash", "leaf-wash", "sun-wash", "clay-wash", "stone"),
    "ink-2": (*LIGHT, "teal-wash"),
    "teal": (*LIGHT, "teal-wash"),
    "teal-hover": LIGHT,
    "visited": LIGHT,
    "water": (*LIGHT, "water-wash"),
    "leaf": (*LIGHT, "leaf-wash"),
    "amber": (*LIGHT, "sun-wash"),
    "clay": (*LIGHT, "clay-wash"),
    "white": ("deep", "teal", "teal-hover", "clay", "clay-hover"),
    "teal-mist": ("deep",),
    "deep": ("sun", "sun-hover", "teal-mist"),
}
# Borders, rings and drawings that mean something.
SIGNS = {
    "edge": LIGHT,
    "ink": LIGHT,  # inner focus ring
    "sun": ("deep", "teal", "ink"),  # outer focus ring
    "aqua": ("deep",),
    "leaf-bright": ("deep",),
}
LEAST_TEXT, LEAST_SIGN = 4.5, 3.0


@cache
def colours() -> dict[str, str]:
    """Six digits by name, without the mark in front."""
    found = COLOUR.findall(TOKENS.read_text(encoding="utf-8"))
    return {name: digits if len(digits) == 6 else "".join(d * 2 for d in digits) for name, digits in found}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours, by name."""
    values = colours()
    light, dark = sorted((_luminance(values[one]), _luminance(values[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(digits):
    def linear(part):
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(digits[at : at + 2]) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def pairs() -> list[tuple[str, str, float]]:
    """(front, ground, least contrast) of everything that meets."""
    text = [(front, ground, LEAST_TEXT) for front, grounds in TEXT.items() for ground in grounds]
    return text + [(front, ground, LEAST_SIGN) for front, grounds in SIGNS.items() for ground in grounds]

"""Every [[place]] of a mail template has somebody who fills it: a reader must never see the brackets."""

import re

import pytest
from django.conf import settings

PACKAGES = {"accounts": "portal/accounts", "applications": "applications", "seminars": "seminars"}
PLACES = sorted(
    {
        (path.parts[-3], name)
        for path in (settings.BASE_DIR / "templates").glob("*/emails/*.txt")
        for name in re.findall(r"\[\[(\w+)\]\]", path.read_text())
    }
)


def test_there_are_places_to_look_at():
    assert {package for package, _ in PLACES} == set(PACKAGES)


@pytest.mark.parametrize(("package", "name"), PLACES)
def test_place_of_a_mail_template_is_filled_by_its_kind(package, name):
    modules = [path.read_text() for path in (settings.BASE_DIR / PACKAGES[package]).rglob("*.py")]
    kinds_of_mail = [text for text in modules if "kinds.Kind(" in text]
    assert any(f'"{name}"' in text for text in kinds_of_mail)

"""Loads redirects from a table with the columns `old` and `new`; it may be loaded again at any time.

What stands already, whoever changed it since, is left alone. `new` is the address of a page here, which the
redirect then follows wherever the page moves, or a whole address elsewhere.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.models import HomePage
from portal.languages import LANGUAGE_OF, split_prefix

SHIPPED = Path(__file__).with_name("old_addresses.csv")
is_web_address = URLValidator(schemes=["https", "http"])


@dataclass
class Outcome:
    made: int = 0
    standing: int = 0
    problems: list[str] = field(default_factory=list)


def load_file(path: Path, *, overwrite: bool = False) -> Outcome:
    # Excel begins its UTF-8 tables with a mark.
    with path.open(encoding="utf-8-sig", newline="") as table:
        return load(csv.DictReader(table), overwrite=overwrite)


@transaction.atomic
def load(table: csv.DictReader, *, overwrite: bool = False) -> Outcome:
    """Lines that cannot be used are named in `problems`, and the others are loaded."""
    outcome = Outcome()
    for row in table:
        old, new = ((row.get(name) or "").strip() for name in ("old", "new"))
        try:
            changed = _load_one(old, new, overwrite)
        except ValidationError as error:
            outcome.problems.append(f"Line {table.line_num}: {error.message}")
            continue
        outcome.made += changed
        outcome.standing += not changed
    return outcome


def load_shipped() -> None:
    """For the demonstration, whose pages the shipped table names."""
    load_file(SHIPPED)


def _load_one(old, new, overwrite):
    if not old.startswith("/"):
        raise ValidationError(f"“{old}” does not begin with /.")
    path, target = Redirect.normalise_path(old), _target(new)
    standing = Redirect.objects.filter(old_path=path).order_by("pk").first()
    if standing and not overwrite:
        return False
    redirect = standing or Redirect(old_path=path)
    wanted = {"redirect_page": None, "redirect_link": "", "redirect_page_route_path": "", **target}
    if standing and all(getattr(standing, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(redirect, name, value)
    redirect.save()
    return True


def _target(new):
    if page := _page_at(new):
        return {"redirect_page": page}
    try:
        is_web_address(new)
    except ValidationError:
        raise ValidationError(f"No page stands at “{new}”.") from None
    return {"redirect_link": new}


def _page_at(address):
    """The live page that readers find under this address of the default site."""
    prefix, rest = split_prefix(address)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if prefix not in LANGUAGE_OF or site is None:
        return None
    homes = HomePage.objects.filter(
        translation_key=site.root_page.translation_key, locale__language_code=LANGUAGE_OF[prefix]
    )
    home = homes.first()
    below = rest.strip("/")
    url_path = home and home.url_path + (f"{below}/" if below else "")
    return Page.objects.filter(url_path=url_path).live().first() if home else None

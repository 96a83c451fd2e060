"""Translation catalogues: which strings the sources hold, and what `<package>/locale` says about them.

Every package has its own catalogue for `zh_Hant` and `zh_Hans`; strings of the floor and of shared templates
stand in `portal/locale` and are not repeated in the apps. Babel does the work: no gettext tools are needed.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGES = ("portal", "home", "applications", "seminars")
LOCALES = ("zh_Hant", "zh_Hans")
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}


class OurCatalog(Catalog):
    """A catalogue whose header holds nothing that changes from run to run."""

    header_comment = ""

    @property
    def mime_headers(self):
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
        ]


def catalogue_path(package: str, locale: str) -> Path:
    return settings.BASE_DIR / package / "locale" / locale / "LC_MESSAGES" / "django.po"


def sources(package: str) -> Iterator[Path]:
    """Every file of ours whose strings belong to the package's catalogue."""
    for path in sorted((settings.BASE_DIR / package).rglob("*")):
        if "migrations" in path.parts:
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts):
            yield path
    templates = settings.BASE_DIR / "templates"
    apps = set(PACKAGES) - {"portal"}
    for path in sorted(templates.rglob("*")):
        if path.suffix not in TEMPLATE_SUFFIXES:
            continue
        folder = path.relative_to(templates).parts[0]
        if (folder if folder in apps else "portal") == package:
            yield path


def messages_of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of a template is no Python block structure: indentation must not matter.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    found = extract("python", io.BytesIO(text.encode()), CALLS, comment_tags=("Translators:",))
    for _line, ids, comments, context in found:
        if ids:
            yield Message(ids, auto_comments=comments, context=context)


def used(package: str) -> dict[tuple, Message]:
    """The package's messages by (context, id); what the floor says already is left out of an app."""
    inherited = {} if package == "portal" else used("portal")
    found = {}
    for path in sources(package):
        for message in messages_of(path):
            if key(message) not in inherited:
                found.setdefault(key(message), message)
    return found


def key(message: Message) -> tuple:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def load(package: str, locale: str) -> dict[tuple, Message]:
    path = catalogue_path(package, locale)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {key(message): message for message in read_po(file, locale=locale) if message.id}


def update() -> list[str]:
    """Bring every catalogue in line with the sources; returns what it still wants translated."""
    for locale in LOCALES:
        known = {package: load(package, locale) for package in PACKAGES}
        anywhere = {}
        for messages in known.values():
            anywhere.update({name: message for name, message in messages.items() if is_translated(message)})
        for package in PACKAGES:
            catalogue = OurCatalog(locale=locale, fuzzy=False)
            for name, message in used(package).items():
                old = known[package].get(name)
                if not old or not is_translated(old):
                    old = anywhere.get(name, old)
                add(catalogue, message, old)
            save(catalogue, catalogue_path(package, locale))
    return problems()


def add(catalogue: Catalog, message: Message, old: Message | None) -> None:
    plural = not isinstance(message.id, str)
    if old is None:
        string = ("",) if plural else ""
    elif plural:
        string = old.string if isinstance(old.string, tuple) else (old.string,)
    else:
        string = old.string if isinstance(old.string, str) else old.string[0]
    flags = {"fuzzy"} if old is not None and old.fuzzy else set()
    catalogue.add(
        message.id, string, auto_comments=message.auto_comments, flags=flags, context=message.context
    )


def save(catalogue: Catalog, path: Path) -> None:
    text = io.BytesIO()
    write_po(text, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=0)
    if len(catalogue) == 0 and not path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != text.getvalue():
        path.write_bytes(text.getvalue())


def is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return bool(strings) and all(strings)


def problems() -> list[str]:
    """One line for everything that keeps a catalogue from being complete and in line with the sources."""
    found = []
    for package in PACKAGES:
        wanted = used(package)
        for locale in LOCALES:
            known = load(package, locale)
            where = f"{package}/locale/{locale}"
            found += [f"{where}: not in the catalogue: {show(name)}" for name in wanted.keys() - known.keys()]
            found += [f"{where}: no longer used: {show(name)}" for name in known.keys() - wanted.keys()]
            for name in wanted.keys() & known.keys():
                found += [f"{where}: {what}: {show(name)}" for what in faults(known[name])]
    return sorted(found)


def faults(message: Message) -> Iterator[str]:
    if not is_translated(message):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    originals = [message.id] if isinstance(message.id, str) else message.id
    strings = [message.string] if isinstance(message.string, str) else message.string
    allowed = [set(PLACEHOLDER.findall(original)) for original in originals]
    if any(set(PLACEHOLDER.findall(string)) not in allowed for string in strings):
        yield "placeholders differ"


def show(name: tuple) -> str:
    context, text = name
    return f"{text!r}" + (f" ({context})" if context else "")


def compile_all() -> int:
    """Write each .mo that is missing or older than its .po; returns how many were written."""
    written = 0
    for path in sorted(settings.BASE_DIR.glob("*/locale*/*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parents[1].name)
        partial = compiled.with_suffix(".partial")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(compiled)
        written += 1
    return written

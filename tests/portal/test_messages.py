import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from portal import catalogues


@pytest.fixture
def project(tmp_path, settings):
    """An empty project with the four packages; `project(path, text)` writes a file."""
    settings.BASE_DIR = tmp_path
    for package in catalogues.PACKAGES:
        (tmp_path / package).mkdir()

    def write(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def po(package, locale="zh_Hant"):
    return catalogues.catalogue_path(package, locale)


def translate(package, msgid, msgstr):
    for locale in catalogues.LOCALES:
        text = po(package, locale).read_text()
        old = f'msgid "{msgid}"\nmsgstr ""'
        assert old in text
        po(package, locale).write_text(text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"'))


def test_strings_of_python_and_templates_go_to_their_packages(project):
    project("portal/a.py", 'from django.utils.translation import gettext as _\n_("Floor")\n')
    project("templates/base.html", '{% load i18n %}\n  {% translate "Shared" %}\n{% trans "%" %}')
    project("home/a.py", 'pgettext_lazy("a context", "Home")')
    project("templates/seminars/a.html", "{% blocktranslate %}{{ n }} seats{% endblocktranslate %}")
    project("templates/seminars/emails/a.body.txt", '{% translate "Mail" %}')
    project("applications/migrations/0001.py", '_("Never")')

    assert set(catalogues.used("portal")) == {(None, "Floor"), (None, "Shared"), (None, "%%")}
    assert set(catalogues.used("home")) == {("a context", "Home")}
    assert set(catalogues.used("seminars")) == {(None, "%(n)s seats"), (None, "Mail")}
    assert set(catalogues.used("applications")) == set()


def test_plurals_are_one_message_with_one_chinese_form(project):
    project("home/a.py", 'ngettext("%(n)s seat", "%(n)s seats", n)')

    catalogues.update()

    assert 'msgid_plural "%(n)s seats"\nmsgstr[0] ""' in po("home").read_text()


def test_an_app_does_not_repeat_what_the_floor_says(project):
    project("portal/a.py", '_("Save")')
    project("home/a.py", '_("Save"); _("Page")')

    assert set(catalogues.used("home")) == {(None, "Page")}


def test_update_keeps_translations_drops_what_is_gone_and_has_no_line_numbers(project):
    project("home/a.py", '_("Kept"); _("Gone")')
    catalogues.update()
    translate("home", "Kept", "留下")

    project("home/a.py", '\n\n_("New"); _("Kept")')
    catalogues.update()

    text = po("home").read_text()
    assert 'msgid "Kept"\nmsgstr "留下"' in text
    assert "Gone" not in text
    assert "a.py" not in text
    assert text.index('msgid "Kept"') < text.index('msgid "New"')


def test_update_twice_changes_nothing(project):
    project("home/a.py", '_("One"); ngettext("%d a", "%d b", 1)')
    catalogues.update()
    before = po("home").read_bytes()

    catalogues.update()

    assert po("home").read_bytes() == before


def test_a_string_that_moves_to_the_floor_takes_its_translation_along(project):
    project("home/a.py", '_("Save")')
    catalogues.update()
    translate("home", "Save", "儲存")

    project("portal/a.py", '_("Save")')
    catalogues.update()

    assert 'msgstr "儲存"' in po("portal").read_text()
    assert "Save" not in po("home").read_text()


def test_check_names_missing_unused_fuzzy_and_broken_texts(project):
    project("home/a.py", '_("Hello %(name)s"); _("Same"); _("Empty"); _("Doubtful")')
    catalogues.update()
    translate("home", "Hello %(name)s", "你好 %(nam)s")
    translate("home", "Same", "一樣")
    translate("home", "Doubtful", "疑")
    for locale in catalogues.LOCALES:
        text = po("home", locale).read_text().replace('msgid "Doubtful"', '#, fuzzy\nmsgid "Doubtful"')
        po("home", locale).write_text(text)
    project("home/b.py", '_("Late")')
    project("home/a.py", '_("Hello %(name)s"); _("Empty"); _("Doubtful")')

    hant = [line for line in catalogues.problems() if "zh_Hant" in line]

    assert hant == [
        "home/locale/zh_Hant: marked fuzzy: 'Doubtful'",
        "home/locale/zh_Hant: no longer used: 'Same'",
        "home/locale/zh_Hant: not in the catalogue: 'Late'",
        "home/locale/zh_Hant: not translated: 'Empty'",
        "home/locale/zh_Hant: placeholders differ: 'Hello %(name)s'",
    ]
    with pytest.raises(CommandError, match="10 translations need work"):
        call_command("messages", "--check")


def test_compile_writes_only_what_is_out_of_date(project):
    project("home/a.py", '_("Save")')
    catalogues.update()
    translate("home", "Save", "儲存")

    assert catalogues.compile_all() == 2
    assert "儲存".encode() in po("home").with_suffix(".mo").read_bytes()
    assert catalogues.compile_all() == 0


def test_no_text_hides_behind_a_name_that_the_catalogues_do_not_read():
    hidden = re.compile(r"import n?p?gettext\w* as (?!_$)", re.MULTILINE)
    modules = [
        path for package in catalogues.PACKAGES for path in (settings.BASE_DIR / package).rglob("*.py")
    ]
    found = [path for path in modules if hidden.search(path.read_text(encoding="utf-8"))]
    # Its words are Wagtail's, which has translations of its own.
    assert [str(path.relative_to(settings.BASE_DIR)) for path in found] == ["home/admin_words.py"]


def test_chinese_has_no_space_between_characters_and_figures():
    spaced = re.compile(
        r"[\u3400-\u9fff] \d|\d [\u3400-\u9fff]|[\u3400-\u9fff] %\((?:count|number|days|total)\)"
    )
    texts = [
        text
        for package in catalogues.PACKAGES
        for locale in catalogues.LOCALES
        for message in catalogues.load(package, locale).values()
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert texts
    assert [text for text in texts if spaced.search(text)] == []

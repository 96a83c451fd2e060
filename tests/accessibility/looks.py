"""Everything that is looked at on one page, as it stands and as readers set it for themselves."""

from pathlib import Path

from tests.journeys.probe import AXE, LANGUAGES, RUN_AXE

SCRIPT = Path(__file__).with_name("looks.js")
DESK = {"width": 1280, "height": 1024}
PHONE = {"width": 320, "height": 640}
# 1280 x 1024 enlarged to 200 % and to 400 %.
ENLARGED = {"200 %": {"width": 640, "height": 512}, "400 %": {"width": 320, "height": 256}}


class Look:
    """Looks at the page before it; `problems` says what is wrong, and where."""

    def __init__(self, page, where, *, office):
        self.page, self.where, self.office, self.problems = page, where, office, []
        page.evaluate(AXE.read_text())
        page.evaluate(SCRIPT.read_text())

    def see(self, how, *functions, **options):
        for each in functions:
            found = self.page.evaluate(f"options => looks.{each}(options)", options)
            self.problems += [f"{self.where}, {how}: {problem}" for problem in found]

    def ask_axe(self, how):
        self.problems += [f"{self.where}, {how}: {found}" for found in self.page.evaluate(RUN_AXE)]

    def set(self, name, value):
        self.page.evaluate(f"value => looks.{name}(value)", value)

    def quickly(self):
        """A page in a passing state: what a reader meets first, on a phone."""
        self.page.set_viewport_size(PHONE)
        self.language()
        self.see("as it is", "structure", "tables", "fields")
        self.see("phone", "wide", "cut")
        self.ask_axe("phone")
        return self.problems

    def whole(self):
        self.page.set_viewport_size(DESK)
        self.language()
        self.see("as it is", "structure", "tables", "fields", "motion", *([] if self.office else ["help"]))
        for how, size in {"desk": DESK, "phone": PHONE}.items():
            self.page.set_viewport_size(size)
            self.see(how, "wide", "cut", "overlapping")
            self.ask_axe(how)
            self.page.keyboard.press("Tab")
            self.see(how, "focus")
            self.adapted("spaced", f"{how}, text spaced")
        self.see("phone", "targets")
        self.page.set_viewport_size(DESK)
        self.adapted("large", "text twice as large")
        for how, size in ENLARGED.items():
            self.page.set_viewport_size(size)
            self.see(how, "wide", "cut", "overlapping")
        self.in_own_colours()
        return self.problems

    def language(self):
        prefix = self.page.evaluate("location.pathname").split("/")[1]
        lang = self.page.get_attribute("html", "lang")
        if lang != LANGUAGES.get(prefix, "en"):
            self.problems.append(f"{self.where}: lang is {lang}")
        violations = self.page.evaluate("() => window.__violations")
        self.problems += [f"{self.where}, policy: {each}" for each in violations]

    def adapted(self, name, how):
        """As a reader has set text for all pages."""
        self.set(name, True)
        self.see(how, "wide", "cut", "overlapping")
        self.set(name, False)

    def in_own_colours(self):
        self.page.emulate_media(forced_colors="active", reduced_motion="reduce")
        self.page.keyboard.press("Tab")
        self.see("forced colours", "lines")
        self.see("forced colours", "focus", bare=True)
        self.page.emulate_media(forced_colors="none", reduced_motion="reduce")

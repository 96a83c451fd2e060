"""What every visited page must pass: axe, the content policy, the console, reflow, language and origin."""

import os
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {320: {"width": 320, "height": 640}, 1280: {"width": 1280, "height": 800}}
LANGUAGES = {"en": "en", "tc": "zh-Hant-HK", "sc": "zh-Hans"}
EVERY_VIEW = [(prefix, width) for prefix in LANGUAGES for width in WIDTHS]
# `make audit` looks at every page in all six ways, a daily run at public pages in two and at others in one:
# which, the address decides. What passed in an earlier journey is not looked at again then.
PAIRS = [[("en", 320), ("tc", 1280)], [("tc", 320), ("sc", 1280)], [("sc", 320), ("en", 1280)]]
SIGNED_IN = ("apply/", "office/", "company/", "account/")
passed = set()
NUMBERED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")

LISTEN = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event => {
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
RUN_AXE = """
async () => {
  const found = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {'target-size': {enabled: true}},
    resultTypes: ['violations'],
  });
  const places = rule => rule.nodes.map(node => node.target.join(' ')).slice(0, 4).join(' | ');
  return found.violations.map(rule => `${rule.id}: ${places(rule)}`);
}
"""
WIDER_THAN_SCREEN = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > width + 1)
    .slice(0, 4).map(e => e.outerHTML.slice(0, 120));
}
"""


def kind_of(url):
    """The same for all pages of one kind, whatever their numbers and language."""
    return NUMBERED.sub("", urlsplit(url).path.partition("/")[2].partition("/")[2])


def views_of(url):
    if os.environ.get("EVERY_VIEW"):
        return EVERY_VIEW
    kind = kind_of(url)
    if kind in passed:
        return []
    number = zlib.crc32(kind.encode())
    pair = PAIRS[number % len(PAIRS)]
    return pair[number // 7 % 2 :][:1] if kind.startswith(SIGNED_IN) else pair


def widths_here(url):
    """Both in `make audit`, one in a daily run."""
    both = tuple(WIDTHS)
    return both if os.environ.get("EVERY_VIEW") else both[zlib.crc32(kind_of(url).encode()) % 2 :][:1]


@dataclass
class Probe:
    """Collects what is wrong on the pages it is shown; `verdict` is an empty list when all is well."""

    origin: str
    problems: list[str] = field(default_factory=list)
    seen: set[tuple] = field(default_factory=set)
    looked_at: set[str] = field(default_factory=set)
    tabs: dict = field(default_factory=dict)

    def attach(self, context):
        context.add_init_script(LISTEN)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message):
        # A deliberate 4xx answer is reported by the browser as a console error; scripts of ours never are.
        # Wagtail reports there too what its checks find in what an editor wrote.
        wanted = ("Failed to load resource", "axe.run results")
        if message.type == "error" and not any(words in message.text for words in wanted):
            self.problems.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.problems.append(f"third-party request: {request.url}")

    def check(self, page):
        """Check the page as it stands, in its own state, language and width."""
        where = f"{urlsplit(page.url).path} at {page.viewport_size['width']} px"
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text())
        self._add(where, page.evaluate(RUN_AXE))
        self._add(f"{where} overflows", page.evaluate(WIDER_THAN_SCREEN))
        self._add(f"{where} policy", page.evaluate("() => window.__violations"))
        prefix = urlsplit(page.url).path.split("/")[1]
        lang = page.get_attribute("html", "lang")
        if prefix in LANGUAGES and lang != LANGUAGES[prefix]:
            self.problems.append(f"{where}: lang is {lang}")
        if page.locator("h1").count() != 1:
            self.problems.append(f"{where}: {page.locator('h1').count()} h1 elements")

    def everywhere(self, page):
        """Check the page's address in its languages and widths, in the window's second tab."""
        addresses = {}
        for link in page.locator("link[rel=alternate][hreflang]").all():
            addresses[urlsplit(link.get_attribute("href")).path.split("/")[1]] = link.get_attribute("href")
        self._look(self._second_tab(page.context), page.url, addresses)

    def at(self, context, path):
        """The same for a page that is found at this address in every language."""
        self._look(self._second_tab(context), self.origin + path, {})

    def _second_tab(self, context):
        """One for all pages of a window: to open it and give it axe takes as long as loading some pages."""
        if context not in self.tabs:
            self.tabs[context] = context.new_page()
            self.tabs[context].add_init_script(path=AXE)
        return self.tabs[context]

    def _look(self, tab, url, addresses):
        for prefix, width in views_of(url):
            path = self._in_language(url, prefix, addresses)
            if (path, width) in self.seen:
                continue
            self.seen.add((path, width))
            tab.set_viewport_size(WIDTHS[width])
            answer = tab.goto(path)
            if answer.status >= 400:
                self.problems.append(f"{path} answers {answer.status}")
            self.check(tab)
        # What a page does while it stands open is none of the journey's business.
        tab.goto("about:blank")
        self.looked_at.add(kind_of(url))

    def _in_language(self, url, prefix, addresses):
        known = addresses.get(prefix)
        if known:
            return self.origin + urlsplit(known).path
        parts = urlsplit(url)
        segments = parts.path.split("/")
        segments[1] = prefix
        return self.origin + "/".join(segments) + (f"?{parts.query}" if parts.query else "")

    def _add(self, where, findings):
        self.problems += [f"{where}: {finding}" for finding in findings]

    def verdict(self):
        if not self.problems:
            passed.update(self.looked_at)
        return sorted(set(self.problems))

"""What a page costs the one who opens it: bytes and requests, at first and again."""

import re
from dataclasses import dataclass

from tests.bench.chromium import DESK, KINDS, LANGUAGES, PHONE, Kind, Line, chromium, visitor
from tests.bench.measuring import NotThere

YEAR = 365 * 24 * 60 * 60
NAMED_BY_CONTENT = re.compile(r"/static/.+\.[0-9a-f]{12}\.\w+$")
HEADS = ("KB", "pictures", "css + js", "requests", "KB again", "requests")


@dataclass(frozen=True)
class Weighed:
    name: str
    kind: Kind
    cold: Line
    warm: Line

    @property
    def pictures(self):
        return self.cold.size("Image")

    @property
    def is_asked_again(self):
        """A browser that knows a public page hears that it is the same; others are made for one person."""
        return not self.kind.is_public or self.warm.requests[0].status == 304


def measure(report):
    print("\n" + " " * 34 + "".join(f"{head:>10}" for head in HEADS))
    try:
        with chromium() as (_playwright, browser):
            weighed = list(weigh_all(browser, report.address))
    except NotThere as reason:
        print(f"{'weight of pages':<34}  not measured: {reason}")
        return
    hold(report, weighed)


def weigh_all(browser, address):
    for kind in KINDS:
        for prefix in LANGUAGES:
            for size, options in {"phone": PHONE, "desk": DESK}.items():
                with visitor(browser, kind, address, **options) as context:
                    url = address + kind.path(prefix)
                    found = Weighed(
                        f"{kind.name}, {prefix}, {size}", kind, load(context, url), load(context, url)
                    )
                if not program(found.cold):
                    raise RuntimeError(f"{found.name} came without a style sheet")
                tell(found)
                yield found


def load(context, url):
    page = context.new_page()
    line = Line(context, page)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(100)  # the last bits of what is told
    page.close()
    if line.failed or not line.requests:
        raise RuntimeError(f"{url} asks for what is not there: {line.failed or url}")
    return line


def tell(found):
    cold, warm = found.cold, found.warm
    numbers = (
        cold.size(),
        found.pictures,
        program(cold),
        len(cold.requests),
        warm.size(),
        len(warm.requests),
    )
    print(f"{found.name:<34}" + "".join(f"{number:>10.4g}" for number in numbers), flush=True)


def program(line):
    return line.size("Stylesheet", "Script")


def hold(report, weighed):
    """Each bar against the page that comes nearest to it."""
    public = [each for each in weighed if each.kind.is_public]
    forms = [each for each in weighed if not each.kind.is_public]

    def bar(name, of, value, most, unit=""):
        worst = max(of, key=value)
        report.bar(f"{name} ({worst.name})", value(worst), most, unit=unit, hard=True)

    bar("public page without pictures", public, lambda each: each.cold.size() - each.pictures, 100, " KB")
    bar("public page with pictures", public, lambda each: each.cold.size(), 400, " KB")
    bar("form or list", forms, lambda each: each.cold.size(), 90, " KB")
    bar("form or list, again", forms, lambda each: each.warm.size(), 20, " KB")
    bar("style and scripts", weighed, lambda each: program(each.cold), 45, " KB")
    bar("requests", weighed, lambda each: len(each.cold.requests), 15)
    bar("requests, again", weighed, lambda each: len(each.warm.requests), 3)
    bar("fonts and other hosts", weighed, lambda each: len(each.cold.strangers + each.warm.strangers), 0)
    bar("static files not kept for a year", weighed, lambda each: len(forgotten(each.cold)), 0)
    bar("public pages sent twice", public, lambda each: not each.is_asked_again, 0)


def forgotten(line):
    """Static files that a browser asks for again, or that may change under their name."""
    static = [each for each in line.requests if "/static/" in each.url]
    return [each.url for each in static if not (NAMED_BY_CONTENT.search(each.url) and is_kept(each.headers))]


def is_kept(headers):
    told = headers.get("cache-control", "")
    seconds = re.search(r"max-age=(\d+)", told)
    return "immutable" in told and seconds is not None and int(seconds[1]) >= YEAR

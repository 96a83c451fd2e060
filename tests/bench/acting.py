"""How soon a page can be used, and how long it keeps somebody waiting who acts on it, on a slow phone."""

import socket
import statistics
from contextlib import contextmanager

from tests.bench.chromium import (
    HOME,
    KINDS,
    PHONE,
    SECTION,
    SIGN_UP,
    chromium,
    launched,
    slow_page,
    visitor,
)
from tests.bench.measuring import NotThere

LOADS = 5
PAIRS = 20
# Milliseconds within which an answer must be on the screen, and be counted.
SHOWN = 500
SCRIPTS = "**/static/*.js"
# The longest that somebody waited from a press to its answer on the screen.
WATCH = """
window.longest = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (entry.interactionId) window.longest = Math.max(window.longest, entry.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint').length"
# What a person is to fill in or press. A trap for programs is hidden from people on purpose.
OUT_OF_REACH = """
() => [...document.querySelectorAll('main form :is(input, select, textarea, button)')]
  .filter(each => each.type !== 'hidden' && !each.closest('[aria-hidden=true]'))
  .filter(each => each.disabled || !each.checkVisibility({visibilityProperty: true}) || !each.offsetWidth)
  .map(each => each.outerHTML.slice(0, 100))
"""


def measure(report):
    try:
        with chromium() as (playwright, browser):
            measure_scripts(report, browser)
            measure_acts(report, browser)
            measure_first_paint(report, browser)
            measure_alone(report, playwright)
    except NotThere as reason:
        print(f"{'use of pages':<34}  not measured: {reason}")


def measure_scripts(report, browser):
    for kind in KINDS:
        taken = [script_time(browser, kind, report.address) for _load in range(LOADS)]
        report.bar(f"{kind.name}, scripts on a slow phone", statistics.median(taken), 100, unit=" ms")


def script_time(browser, kind, address):
    with visitor(browser, kind, address, **PHONE) as context:
        page, tools = slow_page(context, address)
        tools.send("Performance.enable")
        page.goto(address + kind.path("en"), wait_until="networkidle")
        told = {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}
    return (told["ScriptDuration"] + told["V8CompileDuration"]) * 1000


def measure_acts(report, browser):
    acts = {
        "menu opens": (HOME, open_menu),
        "row added": (SECTION, add_row),
        "saving begins": (SECTION, save),
    }
    for name, (kind, act) in acts.items():
        waited = [waiting_time(browser, kind, act, report.address) for _load in range(LOADS)]
        report.bar(f"{name} on a slow phone", statistics.median(waited), 200, unit=" ms")


def waiting_time(browser, kind, act, address):
    with visitor(browser, kind, address, **PHONE) as context:
        context.add_init_script(WATCH)
        page, _tools = slow_page(context, address)
        page.goto(address + kind.path("en"), wait_until="networkidle")
        act(page)
        page.wait_for_timeout(SHOWN)
        return page.evaluate("longest")


def open_menu(page):
    page.locator(".cp-nav__menu").click()
    page.locator("#main-menu.is-open").wait_for()


def add_row(page):
    rows = page.locator("[data-row]")
    before = rows.count()
    page.locator("[data-add-row]").first.click()
    rows.nth(before).wait_for()


def save(page):
    """What is sent gets no answer yet, so that the page stays and can be asked."""
    with held_back(page, "**"):
        page.locator("[data-row] input").first.fill("Demonstration of a visit")
        page.locator("form#typed .govuk-button").first.click(no_wait_after=True)
        page.locator("[data-savebar].cp-savebar--wait").wait_for()
        page.wait_for_timeout(SHOWN)


def measure_first_paint(report, browser):
    for kind in (SIGN_UP, SECTION):
        without = out_of_reach(browser, kind, report.address, java_script_enabled=False)
        report.bar(f"{kind.name} without script, fields out of reach", len(without), 0, hard=True)
        waiting = out_of_reach(browser, kind, report.address)
        report.bar(f"{kind.name} before its script came, fields out of reach", len(waiting), 0, hard=True)


def out_of_reach(browser, kind, address, **options):
    """At the first paint, while the scripts are still on their way."""
    with visitor(browser, kind, address, **PHONE, **options) as context:
        page = context.new_page()
        with held_back(page, SCRIPTS):
            page.goto(address + kind.path("en"), wait_until="commit")
            page.locator("main form button").last.wait_for()
            page.wait_for_function(FIRST_PAINT)
            return page.evaluate(OUT_OF_REACH)


@contextmanager
def held_back(page, pattern):
    """What the page asks for is on its way, and does not come."""
    held = []
    page.route(pattern, lambda route: held.append(route))
    yield
    for route in held:
        route.abort()
    page.unroute_all()


def measure_alone(report, playwright):
    """Every other host takes what it is asked and never answers: nothing may wait for one."""
    with silent_host() as port, launched(playwright) as usual, launched(playwright, elsewhere(port)) as alone:
        for kind in (HOME, SIGN_UP, SECTION):
            taken = {usual: [], alone: []}
            for number in range(PAIRS):
                # Whoever is first finds a colder machine.
                for browser in (usual, alone) if number % 2 else (alone, usual):
                    taken[browser].append(ready(browser, kind, report.address))
            ratio = quick_load(taken[alone]) / quick_load(taken[usual])
            report.bar(f"{kind.name} ready, cut off from other hosts against the usual", ratio, 1.05)


def quick_load(taken):
    """The lower quartile: waiting for a host would be in every load, what disturbs the machine is in some."""
    return statistics.quantiles(taken, n=4)[0]


@contextmanager
def silent_host():
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server.getsockname()[1]


def elsewhere(port):
    return f"--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1"


def ready(browser, kind, address):
    """Milliseconds until all scripts have run, so that whatever is pressed answers."""
    with visitor(browser, kind, address, **PHONE) as context:
        page = context.new_page()
        page.goto(address + kind.path("en"), wait_until="load")
        return page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")

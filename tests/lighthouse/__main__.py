"""Lighthouse as a slow phone sees the public pages: the median of three looks at each, held against the bars.

`python -m tests.lighthouse --only home` looks at one kind of page, `--language tc` at one language.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys

import django

from tests.bench import server
from tests.services import REQUIRE_ALL
from tests.services.browser import NAMES

LIGHTHOUSE = server.ROOT / "node_modules" / ".bin" / "lighthouse"
BARS = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 95}
TIMES = 3
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu"
# What is said of a page beside its scores: metric -> what makes it readable.
METRICS = {
    "largest-contentful-paint": lambda value: f"LCP {value / 1000:.1f} s",
    "total-blocking-time": lambda value: f"TBT {value:.0f} ms",
    "cumulative-layout-shift": lambda value: f"CLS {value:.3f}",
    "total-byte-weight": lambda value: f"{value / 1000:.0f} KB",
}


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=__doc__)
    parser.add_argument("--only", choices=("home", "text", "pictures", "seminar"), help="one kind of page")
    parser.add_argument("--language", choices=("en", "tc", "sc"), help="one language")
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, reversed(NAMES))), None)
    for missing in [*([] if chromium else ["Chromium"]), *([] if LIGHTHOUSE.exists() else ["npm ci"])]:
        print(f"\n!!! NOT MEASURED: Lighthouse needs {missing}, which is not here.\n", file=sys.stderr)
        sys.exit(1 if REQUIRE_ALL else 0)
    server.prepare(None)
    django.setup()
    with server.web() as web:
        missed = measure(web.address, asked, chromium)
    if missed:
        sys.exit("\n  ".join(["Missed:", *missed]))


def measure(address, asked, chromium):
    # Its models can be imported only now.
    from tests.lighthouse.pages import addresses

    print("\n" + " " * 16 + "".join(f"{name:>16}" for name in BARS))
    missed = []
    for kind, prefix, path in addresses():
        if asked.only not in {None, kind} or asked.language not in {None, prefix}:
            continue
        looks = [look(address + path, chromium) for _time in range(TIMES)]
        scores = {name: statistics.median(score(each, name) for each in looks) for name in BARS}
        said = [tell(statistics.median(each["audits"][name]["numericValue"] for each in looks))
                for name, tell in METRICS.items()]  # fmt: skip
        said.append(f"speed of this machine {statistics.median(map(speed, looks)):.0f}")
        numbers = "".join(f"{score:>16.0f}" for score in scores.values())
        print(f"{kind + ' ' + prefix:<16}{numbers}   {', '.join(said)}", flush=True)
        for name, least in BARS.items():
            if scores[name] < least:
                found = "; ".join(faults(looks[-1], name))
                missed.append(f"{path}: {name} {scores[name]:.0f}, at least {least}. {found}")
    return missed


def look(url, chromium):
    """What Lighthouse says of a first visit, on a phone of medium price and a slow mobile network."""
    command = [LIGHTHOUSE, url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(BARS)}", "--no-enable-error-reporting"]
    answer = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, timeout=180,
        check=False,
    )  # fmt: skip
    if answer.returncode:
        sys.exit(f"Lighthouse could not look at {url}:\n{answer.stderr[-2000:]}")
    report = json.loads(answer.stdout)
    if error := report.get("runtimeError"):
        sys.exit(f"Lighthouse could not look at {url}: {error['message']}")
    return report


def score(report, name):
    return report["categories"][name]["score"] * 100


def speed(report):
    """Lighthouse's own measure of how much of the machine was left to it."""
    return report["environment"]["benchmarkIndex"]


def faults(report, name):
    """What takes points away."""
    for part in report["categories"][name]["auditRefs"]:
        audit = report["audits"][part["id"]]
        if part["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['title']} ({audit.get('displayValue') or audit['score']})"


main()

"""`make bench`: every row beside a bare Django view under the same server in the same run."""

import argparse
import signal
import sys

import django

from tests.bench import server
from tests.bench.measuring import Report, Row

SUBJECTS = ("weight", "pages", "readers", "edge", "letters", "feed", "office", "crowd")


def main():
    # Ended by a time limit, the servers must end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=SUBJECTS, help="measure one subject")
    parser.add_argument("--ahead", type=int, metavar="N", help="look ahead: the queue with N applications")
    asked = parser.parse_args()
    with server.database() as where, server.shared_cache():
        print("Measured on PostgreSQL" if where else "Measured on SQLite, because no PostgreSQL is here")
        server.prepare(where)
        django.setup()
        with server.web() as web:
            report = measure(web, where, asked)
    if report.missed:
        print("Missed, if the machine was quiet:", *report.missed, sep="\n  ")
    if report.missed_hard:
        sys.exit("\n  ".join(["Missed:", *report.missed_hard]))


def measure(web, where, asked):
    # Their models can be imported only now.
    from tests.bench import acting, crowd, edge, feed, letters, office, readers, rows, weight

    report = Report(web.address, Row("bare Django view", rows.hello, times=200))
    report.begin()
    wanted = [asked.only] if asked.only else SUBJECTS
    # Before others fill the tables and the texts.
    if "weight" in wanted:
        weight.measure(report)
        acting.measure(report)
    if "pages" in wanted:
        rows.measure(report)
    if "readers" in wanted:
        readers.measure(report)
    if "edge" in wanted:
        edge.measure(report)
    if "letters" in wanted:
        letters.measure(report)
    if "feed" in wanted:
        feed.measure(report)
    if "crowd" in wanted:
        crowd.measure(report, where)
    if "office" in wanted:
        office.measure(report, web, ahead=asked.ahead)
    report.end()
    return report


main()

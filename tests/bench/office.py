"""What officers do, among 100 applications and among thousands."""

import time
from functools import partial
from urllib.parse import urlencode

from applications.models import CaseCopy
from tests.bench import growing, rich_case
from tests.bench.measuring import NotThere, Row
from tests.bench.rows import TASK_LIST, repeat, signed_in, url

FEW, MANY = 100, 5_000
TABS = (
    "overview", "answers", "projects", "documents", "checklist", "clarifications", "threads", "visits",
    "notes", "history", "copies",
)  # fmt: skip
# Lists that cost a database more than the first page does.
LISTS = {
    "by company": {"sort": "company"},
    "overdue": {"due": "overdue"},
    "searched": {"q": "harbour filter"},
    "last page": {"page": "1000000"},
}
ARCHIVE_GROWTH = 30


def queue(address, **asked):
    path = url("cases:queue")
    return repeat(signed_in(address, "officer"), f"{path}?{urlencode(asked)}" if asked else path)


def queue_row(number, name="", **asked):
    name = f"queue of {number:,}" + (f", {name}" if name else "")
    return Row(name, partial(queue, **asked), times=60)


def case_page(address, *, case, tab):
    return repeat(signed_in(address, "officer"), url(f"cases:{tab}", case.uuid))


def measure(report, web, *, ahead):
    growth = growing.Growth()
    grow(growth, FEW)
    few = report.take(queue_row(FEW))
    grow(growth, MANY)
    many = report.take(queue_row(MANY))
    more = many.usual_queries - few.usual_queries
    report.bar("queue, queries more than at 100", abs(more), 0, hard=True)
    report.bar("queue, p95 against that at 100", many.p95 / few.p95, 2)
    for name, asked in LISTS.items():
        report.take(queue_row(MANY, name, **asked))
    last = report.rows[f"queue of {MANY:,}, last page"]
    report.bar("queue, last page against the first, median", last.median / many.median, 1.5)
    case = rich_case.make()
    measure_case(report, case)
    measure_archive(report, web, case)
    measure_copy(report, web, case)
    if ahead:
        measure_ahead(report, growth, few, ahead)


def grow(growth, number, **options):
    begun = time.perf_counter()
    growth.to(number, **options)
    print(f"  ({number:,} applications; {time.perf_counter() - begun:.0f} s to fill the tables)", flush=True)


def measure_case(report, case):
    pages = [
        report.take(Row(f"case, {tab}", partial(case_page, case=case, tab=tab), most_queries=25, times=30))
        for tab in TABS
    ]
    tasks = report.rows.get("task list") or report.take(TASK_LIST)
    report.bar(
        "case page, slowest p95 against the task list's", max(each.p95 for each in pages) / tasks.p95, 2.5
    )


def measure_archive(report, web, case):
    """The ZIP of a case, while it is sent: what the processes grow by at the most."""
    path = url("cases:archive", case.uuid)
    growths, sent, seconds = [], 0, 0
    try:
        # The first one warms up: what is loaded once is not the archive's.
        for _round in range(3):
            begun, before = time.perf_counter(), web.memory()
            highest = before
            sent = 0
            for size in signed_in(report.address, "officer").download(path):
                sent += size
                highest = {pid: max(most, highest[pid]) for pid, most in web.memory().items()}
            growths.append(max(highest[pid] - before[pid] for pid in before) / 2**20)
            seconds = time.perf_counter() - begun
    except NotThere as reason:
        print(f"{'archive of a case':<34}  not measured: {reason}")
        return
    if sent < rich_case.FILES * rich_case.MEGABYTES * 2**20:
        raise RuntimeError(f"The archive has {sent} bytes: files are missing in it.")
    print(f"  (archive of {sent / 2**20:.0f} MB sent in {seconds:.1f} s)")
    report.bar("archive of a case, memory grown by", max(growths[1:]), ARCHIVE_GROWTH, unit=" MB")


def measure_copy(report, web, case):
    """Order the PDF of a case; every process of the web is asked whether it has loaded what makes it."""
    browser = signed_in(report.address, "officer")
    pages = url("cases:copies", case.uuid)
    action, fields = browser.form(pages)
    _seconds, status, _headers, _body = browser.ask(action, fields)
    for _each in range(8):
        signed_in(report.address, "officer").ask(pages)
    copy = CaseCopy.objects.get(application=case)
    if status != 302 or copy.state != CaseCopy.State.ORDERED:
        raise RuntimeError(f"The PDF of a case is not in the queue: {status}, {copy.state}")
    loaded = sum(each["has_weasyprint"] for each in web.ask_each("/bench/process"))
    report.bar("PDF of a case, web processes that loaded its maker", loaded, 0, hard=True)


def measure_ahead(report, growth, few, number):
    grow(growth, number, bare=True)
    for name, asked in {"": {}, **LISTS}.items():
        row = queue_row(number, name, **asked)
        measured = report.take(row)
        report.ahead(f"{row.name}, p95 against the queue of {FEW}", measured.p95 / few.p95)

"""`make bench`: every row beside a bare Django view under the same server in the same run."""

import itertools
import signal
import statistics
import sys

import django

from tests.bench import server


def measure(row, address):
    """(median, 95th percentile) in milliseconds, and queries; the first requests warm up and do not count."""
    warm_up = min(5, row.times // 4)
    seconds, queries = [], []
    for number, asked in enumerate(itertools.islice(row.requests(address), row.times + warm_up)):
        took, status, headers, body = asked
        if status != row.expected_status:
            raise RuntimeError(f"{row.name}: {status} instead of {row.expected_status}\n{body[:2000]}")
        if number >= warm_up:
            seconds.append(took * 1000)
            queries.append(int(headers["X-Queries"]))
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1], max(queries)


def report(address, rows, bare):
    base = measure(bare, address)
    over = []
    print(f"\n{'':<26}{'median ms':>10}{'p95 ms':>10}{'x bare':>9}{'p95 x':>9}{'queries':>9}{'at most':>9}")
    print(f"{bare.name:<26}{base[0]:>10.1f}{base[1]:>10.1f}{1:>9.1f}{1:>9.1f}{base[2]:>9}")
    for row in rows.ROWS:
        try:
            median, high, queries = measure(row, address)
        except rows.NotThere as reason:
            print(f"{row.name:<26}{'not measured: ' + str(reason):>38}")
            continue
        allowed = row.most_queries or ""
        print(
            f"{row.name:<26}{median:>10.1f}{high:>10.1f}{median / base[0]:>9.1f}{high / base[1]:>9.1f}"
            f"{queries:>9}{allowed:>9}{'  OVER' if allowed and queries > allowed else ''}"
        )
        if allowed and queries > allowed:
            over.append(row.name)
    again = measure(bare, address)
    print(f"{bare.name + ', again':<26}{again[0]:>10.1f}{again[1]:>10.1f}{again[0] / base[0]:>9.1f}\n")
    return over


def main():
    # Ended by a time limit, the servers must end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    with server.database() as where:
        print("Measured on PostgreSQL" if where else "Measured on SQLite, because no PostgreSQL is here")
        server.prepare(where)
        django.setup()
        # Its models can be imported only now.
        from tests.bench import rows

        with server.web() as address:
            over = report(address, rows, rows.Row("bare Django view", rows.hello, times=200))
    if over:
        sys.exit("More queries than the bars allow: " + ", ".join(over))


main()

"""Rows of timed requests, and bars that they are held against."""

import itertools
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Asked = tuple[float, int, dict, str]
# Others work on the machine, too: each of so many parts is looked at for itself, and the quietest counts.
PARTS = 3


class NotThere(Exception):
    """There is nothing to measure this with here."""


@dataclass(frozen=True)
class Row:
    """`requests` prepares itself and yields one timed request after the other."""

    name: str
    requests: Callable[[str], Iterator[Asked]]
    # The number of queries that the quality bars allow; None where they say nothing.
    most_queries: int | None = None
    expected_status: int = 200
    times: int = 60


@dataclass(frozen=True)
class Measured:
    """Milliseconds of the quietest part and of the median work; queries and transactions of all of it."""

    median: float
    p95: float
    work: float
    queries: int
    # Of most requests: now and then one fills a cache again.
    usual_queries: int
    transaction_p95: float


def measure(row: Row, address: str) -> Measured:
    """The first requests warm up and do not count."""
    warm_up = min(5, row.times // 4)
    taken, work, queries, transactions = [], [], [], []
    for number, asked in enumerate(itertools.islice(row.requests(address), row.times + warm_up)):
        took, status, headers, body = asked
        if status != row.expected_status:
            raise RuntimeError(f"{row.name}: {status} instead of {row.expected_status}\n{body[:2000]}")
        if number >= warm_up:
            taken.append(took * 1000)
            work.append(float(headers["X-Work"]))
            queries.append(int(headers["X-Queries"]))
            transactions.append(float(headers["X-Transaction"]))
    size = max(len(taken) // PARTS, 2)
    parts = [taken[start : start + size] for start in range(0, len(taken) - size + 1, size)]
    return Measured(
        median=min(map(statistics.median, parts)),
        p95=min(map(p95, parts)),
        work=statistics.median(work),
        queries=max(queries),
        usual_queries=statistics.mode(queries),
        transaction_p95=p95(transactions),
    )


def p95(values):
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


@dataclass
class Report:
    """Prints each row and each bar as soon as it is known, and remembers which bars were missed."""

    address: str
    bare: Row
    base: Measured = field(init=False)
    rows: dict[str, Measured] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    missed_hard: list[str] = field(default_factory=list)

    def begin(self):
        heads = ("median ms", "p95 ms", "work ms", "x bare", "p95 x", "queries", "at most")
        print("\n" + " " * 34 + "".join(f"{head:>10}" for head in heads))
        self.base = measure(self.bare, self.address)
        self._print(self.bare, self.base)

    def end(self):
        """The bare view once more: how far it is from 1.0 says how quiet the machine was."""
        self._print(self.bare, measure(self.bare, self.address), named=f"{self.bare.name}, again")

    def take(self, row: Row) -> Measured | None:
        try:
            measured = measure(row, self.address)
        except NotThere as reason:
            print(f"{row.name:<34}  not measured: {reason}")
            return None
        self.rows[row.name] = measured
        self._print(row, measured)
        if row.most_queries is not None and measured.queries > row.most_queries:
            self.missed_hard.append(f"{row.name}: {measured.queries} queries, {row.most_queries} allowed")
        return measured

    def bar(self, name: str, value: float, most: float, *, unit: str = "", hard: bool = False) -> None:
        """`hard` bars are the same on every machine; the others hang on what else it does."""
        passes = value <= most
        verdict = "pass" if passes else "MISS"
        print(f"  {verdict}  {name}: {value:.4g}{unit}, at most {most:.4g}{unit}", flush=True)
        if not passes:
            (self.missed_hard if hard else self.missed).append(f"{name}: {value:.4g}{unit}")

    def ahead(self, name: str, value: float, unit: str = "") -> None:
        """A number to know, held against nothing."""
        print(f"  ----  {name}: {value:.4g}{unit}", flush=True)

    def _print(self, row, measured, *, named=""):
        allowed = "" if row.most_queries is None else row.most_queries
        verdict = ""
        if row.most_queries is not None:
            verdict = "  pass" if measured.queries <= row.most_queries else "  MISS"
        numbers = (measured.median, measured.p95, measured.work)
        ratios = (measured.median / self.base.median, measured.p95 / self.base.p95)
        print(
            f"{named or row.name:<34}"
            + "".join(f"{number:>10.1f}" for number in (*numbers, *ratios))
            + f"{measured.queries:>10}{allowed:>10}{verdict}",
            flush=True,
        )

"""Periodic work. Apps register jobs in ready(); `manage.py clock` runs what is due.

Every job must be idempotent and safe to run twice, late, or after days of silence: a job that was due many
times runs once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[[], object]
    every: timedelta


jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], object], *, every: timedelta) -> None:
    if name in jobs:
        raise ValueError(f"A clock job named {name} is registered already.")
    jobs[name] = Job(name, run, every)

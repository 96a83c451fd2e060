import time
from datetime import timedelta
from multiprocessing import get_context

import pytest
from django.db import connections
from django.utils import timezone

from portal import clock, ticking
from portal.models import ClockRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(monkeypatch):
    """`job(every=…)` is the only job there is; returns the list of its runs."""
    monkeypatch.setattr(clock, "jobs", jobs := {})
    monkeypatch.setattr(ticking, "jobs", jobs)

    def make(*, every=timedelta(hours=1), fails=False):
        runs = []

        def run():
            runs.append(timezone.now())
            if fails:
                raise RuntimeError("no")

        clock.register("test", run, every=every)
        return runs

    return make


def test_a_job_runs_at_once_and_then_when_it_is_due(job, time_machine):
    runs = job(every=timedelta(hours=1))
    time_machine.move_to("2026-01-01 00:00 +0800", tick=False)

    assert ticking.tick() == ["test"]
    time_machine.shift(timedelta(minutes=59))
    assert ticking.tick() == []
    time_machine.shift(timedelta(minutes=1))
    assert ticking.tick() == ["test"]

    assert len(runs) == 2


def test_three_days_of_silence_are_one_run(job, time_machine):
    runs = job(every=timedelta(minutes=1))
    time_machine.move_to("2026-01-01 00:00 +0800", tick=False)
    ticking.tick()
    time_machine.shift(timedelta(days=3))

    ticking.tick()
    ticking.tick()

    assert len(runs) == 2


def test_a_failing_job_is_remembered_and_keeps_its_rhythm(job):
    runs = job(fails=True)

    ticking.tick()
    ticking.tick()

    assert len(runs) == 1
    assert ClockRun.objects.get().error == "RuntimeError"


def test_a_job_whose_clock_was_killed_runs_again(job, time_machine):
    runs = job(every=timedelta(minutes=1))
    time_machine.move_to("2026-01-01 00:00 +0800", tick=False)
    ClockRun.objects.create(name="test", started_at=timezone.now(), finished_at=None)

    time_machine.shift(timedelta(minutes=5))
    ticking.tick()
    assert runs == []
    time_machine.shift(timedelta(minutes=15))
    ticking.tick()
    assert len(runs) == 1


def test_a_run_from_the_future_does_not_stop_the_job(job):
    runs = job()
    ClockRun.objects.create(name="test", started_at=timezone.now() + timedelta(days=400))

    ticking.tick()

    assert len(runs) == 1


def test_two_jobs_of_one_name_are_refused(job):
    job()
    with pytest.raises(ValueError, match="registered already"):
        job()


def tick_often(path):
    """In a process of its own: two seconds of a clock that finds the same job due."""
    connections.close_all()
    clock.jobs.clear()
    clock.register("shared", lambda: path.open("a").write("run\n"), every=timedelta(hours=1))
    end = time.monotonic() + 2
    while time.monotonic() < end:
        ticking.tick()


@pytest.mark.django_db(transaction=True)
def test_four_clocks_run_a_job_once(tmp_path):
    context = get_context("fork")
    connections.close_all()
    clocks = [context.Process(target=tick_often, args=(tmp_path / "runs",)) for _ in range(4)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join(30)

    assert [each.exitcode for each in clocks] == [0, 0, 0, 0]
    assert (tmp_path / "runs").read_text() == "run\n"


@pytest.mark.django_db(transaction=True)
def test_the_command_runs_once(manage):
    first = manage("clock", "--once")
    second = manage("clock", "--once")

    assert "portal.reap_tasks" in first.stdout, first.stderr
    assert "nothing was due" in second.stdout

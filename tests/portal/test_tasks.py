"""Tasks survive their worker: killed for real, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from portal import tasks

Status = TaskResultStatus


@task()
def leave_a_line(path, wait):
    """Writes that it began, waits while the file `<path>.wait` is there, writes that it ended."""
    with Path(path).open("a") as file:
        file.write("began\n")
    while wait and Path(f"{path}.wait").exists():
        time.sleep(0.05)
    with Path(path).open("a") as file:
        file.write("ended\n")


@task()
def fail():
    raise RuntimeError("no")


def worker(*options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--interval", "0.1", *options],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def work_through():
    """A worker in this process, until nothing is ready."""
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_killed_worker_runs_again(tmp_path):
    path, gate = tmp_path / "lines", tmp_path / "lines.wait"
    gate.touch()
    leave_a_line.enqueue(str(path), wait=True)
    killed = worker()
    wait_until(path.exists)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    gate.unlink()
    assert DBTaskResult.objects.get().status == Status.RUNNING

    tasks.reap()
    assert DBTaskResult.objects.get().status == Status.RUNNING  # it might be at work still
    DBTaskResult.objects.update(started_at=timezone.now() - tasks.LONGEST_TASK - timedelta(seconds=1))
    tasks.reap()
    worker("--batch").wait(60)

    assert DBTaskResult.objects.get().status == Status.SUCCESSFUL
    assert path.read_text() == "began\nbegan\nended\n"


@pytest.mark.django_db(transaction=True)
def test_a_failing_task_is_tried_again_with_longer_waits_and_then_left():
    cache.clear()
    fail.enqueue()
    waits = []
    for _ in range(tasks.MOST_ATTEMPTS):
        work_through()
        failed = DBTaskResult.objects.get()
        assert failed.status == Status.FAILED
        tasks.reap()
        row = DBTaskResult.objects.get()
        if row.status == Status.READY:
            waits.append(row.run_after - row.finished_at)
            DBTaskResult.objects.update(run_after=timezone.now())

    row = DBTaskResult.objects.get()
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 4, 16, 64)]
    assert row.status == Status.FAILED
    assert len(row.worker_ids) == tasks.MOST_ATTEMPTS


@pytest.mark.django_db
def test_a_task_that_kills_every_worker_is_given_up():
    DBTaskResult.objects.create(
        task_path="tests.portal.test_tasks.fail", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=timezone.now(), status=Status.RUNNING,
        started_at=timezone.now() - timedelta(hours=1), worker_ids=["a", "b", "c", "d", "e"],
    )  # fmt: skip

    tasks.reap()

    assert DBTaskResult.objects.get().status == Status.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "age", "left"),
    [(Status.SUCCESSFUL, 6, 1), (Status.SUCCESSFUL, 8, 0), (Status.FAILED, 29, 1), (Status.FAILED, 31, 0)],
)
def test_old_results_are_pruned(status, age, left):
    DBTaskResult.objects.create(
        task_path="tests.portal.test_tasks.fail", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=timezone.now(), status=status,
        finished_at=timezone.now() - timedelta(days=age),
    )  # fmt: skip

    tasks.prune()

    assert DBTaskResult.objects.count() == left

"""What django-tasks-db leaves to us: tasks of killed workers and failed ones run again, old ones go.

With it a task runs at least once, so every task must be idempotent.
"""

from datetime import datetime, timedelta

import structlog
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = structlog.get_logger(__name__)
# No task of ours works longer than this.
LONGEST_TASK = timedelta(minutes=15)
MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=1)
# Failures older than this were reported long ago.
LOOK_BACK = timedelta(days=2)


def reap() -> None:
    now = timezone.now()
    revive_abandoned(now)
    retry_failed(now)


def wait_after(attempts: int) -> timedelta:
    """1, 4, 16, 64 minutes."""
    return FIRST_WAIT * 4 ** (attempts - 1)


def revive_abandoned(now: datetime) -> None:
    """A worker that was killed leaves its task RUNNING for ever."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST_TASK)
    for task in running:
        untouched = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if len(task.worker_ids) < MOST_ATTEMPTS:
            untouched.update(status=TaskResultStatus.READY, run_after=now)
            log.warning("task_abandoned", task=task.task_path, id=str(task.pk))
        else:
            untouched.update(
                status=TaskResultStatus.FAILED, finished_at=now, traceback="Every worker that took it died."
            )


def retry_failed(now: datetime) -> None:
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - LOOK_BACK)
    for task in failed.defer("traceback", "return_value"):
        attempts = len(task.worker_ids)
        if attempts < MOST_ATTEMPTS:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED).update(
                status=TaskResultStatus.READY, run_after=task.finished_at + wait_after(attempts)
            )
        elif cache.add(f"task-given-up:{task.pk}", True, timeout=LOOK_BACK.total_seconds()):
            log.error("task_given_up", task=task.task_path, id=str(task.pk), error=task.exception_class_path)


def prune() -> None:
    call_command("prune_db_task_results", queue_name="*", min_age_days=7, failed_min_age_days=30, verbosity=0)

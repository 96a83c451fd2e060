"""Runs the jobs of portal.clock when they are due, once, however many clocks there are."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from portal.clock import Job, jobs
from portal.models import ClockRun

log = structlog.get_logger(__name__)
# How long a run that never reported its end holds its job back: its clock was killed.
LONGEST_RUN = timedelta(minutes=15)


def tick() -> list[str]:
    """Run every job that is due; returns their names. One that fails is logged and due at its next time."""
    ran = []
    for job in list(jobs.values()):
        run = claim(job)
        if run is not None:
            ran.append(job.name)
            perform(job, run)
    return ran


def claim(job: Job) -> ClockRun | None:
    """Take the job for this clock, or None where it is not due or another clock has it."""
    ClockRun.objects.get_or_create(name=job.name)
    now = timezone.now()
    with transaction.atomic():
        run = ClockRun.objects.select_for_update(of=("self",), skip_locked=True).filter(name=job.name).first()
        if run is None or not is_due(run, job, now):
            return None
        run.started_at = now
        run.save(update_fields=["started_at"])
    return run


def is_due(run, job, now):
    if run.started_at is None or run.started_at > now:  # in the future: the host's clock was wrong
        return True
    is_running = run.finished_at is None or run.finished_at < run.started_at
    return now - run.started_at >= (max(job.every, LONGEST_RUN) if is_running else job.every)


def perform(job: Job, run: ClockRun) -> None:
    error = ""
    try:
        job.run()
    except Exception as failure:
        error = type(failure).__name__
        log.exception("clock_job_failed", job=job.name)
    ClockRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), error=error)

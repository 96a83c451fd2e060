"""`/healthz`: this process answers. `/readyz`: the parts behind it do their work too.

A load balancer asks /healthz; who watches the portal asks /readyz, because a web process is of use even while
mail waits.
"""

from datetime import timedelta

import structlog
from django.core.files.storage import storages
from django.db import connection
from django.db.models import Max, Min
from django.db.models.functions import Greatest
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from portal.mail.models import Message
from portal.models import ClockRun

log = structlog.get_logger(__name__)
OLDEST_TASK = timedelta(minutes=10)
OLDEST_MESSAGE = timedelta(minutes=15)
CLOCK_SILENCE = timedelta(minutes=15)


class Overdue(Exception):
    pass


@never_cache
@require_safe
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    failed = [name for name, check in CHECKS.items() if not passes(name, check)]
    return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200)


def passes(name, check):
    """Whatever is wrong is logged; the answer names the part and nothing more."""
    try:
        check()
    except Exception as problem:
        log.error("not_ready", part=name, problem=type(problem).__name__)
        return False
    return True


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def storage():
    storages["private"].exists("readyz")


def tasks():
    waiting = DBTaskResult.objects.ready().filter(run_after__lte=timezone.now())
    since = waiting.aggregate(since=Min(Greatest("enqueued_at", "run_after")))["since"]
    unplanned = DBTaskResult.objects.ready().exclude(run_after__lte=timezone.now())
    refuse_older(since, OLDEST_TASK)
    refuse_older(unplanned.aggregate(since=Min("enqueued_at"))["since"], OLDEST_TASK)


def mail():
    due = Message.objects.filter(state=Message.State.QUEUED, not_before__lte=timezone.now())
    refuse_older(due.aggregate(since=Min(Greatest("created_at", "not_before")))["since"], OLDEST_MESSAGE)


def clock():
    last = ClockRun.objects.aggregate(last=Max("finished_at"))["last"]
    if last is None:
        raise Overdue("never ran")
    refuse_older(last, CLOCK_SILENCE)


def refuse_older(since, limit):
    if since is not None and timezone.now() - since > limit:
        raise Overdue


CHECKS = {"database": database, "storage": storage, "tasks": tasks, "mail": mail, "clock": clock}

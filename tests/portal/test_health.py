from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.mail.models import Message
from portal.models import ClockRun
from portal.tasks import reap


@pytest.fixture
def ticking_clock(db):
    ClockRun.objects.create(name="any", finished_at=timezone.now())


def queue_task(age):
    task = DBTaskResult.objects.create(
        task_path="portal.nothing", args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
        run_after=timezone.now() - age,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - age)


def queue_message(age):
    message = Message.objects.create(
        kind="test", key="test", to="a@cast.example", subject="s", body="b", message_id="m",
        not_before=timezone.now() - age,
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - age)


def test_healthz_answers_without_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_is_ready(client, ticking_clock):
    queue_task(timedelta(minutes=1))
    queue_message(timedelta(minutes=1))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failed": []})


def test_readyz_names_a_clock_that_never_ran(client, db):
    assert client.get("/readyz").json()["failed"] == ["clock"]


def test_readyz_names_a_task_that_no_worker_takes(client, ticking_clock):
    queue_task(timedelta(hours=1))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["failed"]) == (503, ["tasks"])


def test_readyz_names_mail_that_no_sender_takes(client, ticking_clock):
    queue_message(timedelta(hours=1))

    assert client.get("/readyz").json()["failed"] == ["mail"]


def test_readyz_ignores_what_is_not_due_yet(client, ticking_clock):
    queue_task(timedelta(hours=-1))
    queue_message(timedelta(hours=-1))

    assert client.get("/readyz").status_code == 200


def test_readyz_names_a_store_that_does_not_answer(client, ticking_clock, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "endpoint_url": "http://127.0.0.1:9", "bucket_name": "b",
                "access_key": "a", "secret_key": "s",
            },
        },
    }  # fmt: skip

    assert client.get("/readyz").json()["failed"] == ["storage"]


def test_reaping_does_not_disturb_a_waiting_task(ticking_clock):
    queue_task(timedelta(hours=1))

    reap()

    assert DBTaskResult.objects.get().status == "READY"

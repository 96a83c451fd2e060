"""The private store. Every touch goes through here, so that its failures have one name."""

import secrets
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone
from s3transfer.exceptions import RetriesExceededError

UPLOADS = "uploads"
PREVIEWS = "previews"
# The last is what a download that breaks off again and again ends with; boto3 gives it no name of its own.
FAILURES = (OSError, Boto3Error, BotoCoreError, ClientError, RetriesExceededError)


class StoreUnavailable(Exception):
    """The store did not answer, or the object is not there."""


@contextmanager
def _named_failures():
    try:
        yield
    except FAILURES as failure:
        raise StoreUnavailable(f"{type(failure).__name__}: {failure}") from failure


def new_key(folder: str = UPLOADS) -> str:
    """A random key in a folder per day: the sweeper reads days, and nobody can guess the rest."""
    return f"{folder}/{timezone.now():%Y-%m-%d}/{secrets.token_urlsafe(24)}"


def save(key: str, file) -> None:
    """Write the whole of an open file under the key. Raises StoreUnavailable."""
    with _named_failures():
        file.seek(0)
        written = storages["private"].save(key, File(file))
    if written != key:
        raise StoreUnavailable(f"{key} was taken")


def open_key(key: str):
    """An open binary file. Raises StoreUnavailable, at once and not at the first read."""
    with _named_failures():
        file = storages["private"].open(key, "rb")
        try:
            file.read(1)
            file.seek(0)
        except BaseException:
            file.close()
            raise
    return file


def copy_into(key: str, target) -> None:
    with _named_failures(), storages["private"].open(key, "rb") as source:
        for chunk in source.chunks():
            target.write(chunk)


def delete(key: str) -> None:
    """Delete the object; one that is gone already is no error."""
    with _named_failures():
        storages["private"].delete(key)


def exists(key: str) -> bool:
    with _named_failures():
        return storages["private"].exists(key)


def days(folder: str = UPLOADS) -> list[str]:
    with _named_failures():
        try:
            return storages["private"].listdir(folder)[0]
        except FileNotFoundError:  # a local folder in which nothing was stored yet
            return []


def keys_of(day: str, folder: str = UPLOADS) -> list[str]:
    with _named_failures():
        return [f"{folder}/{day}/{name}" for name in storages["private"].listdir(f"{folder}/{day}")[1]]


def written_at(key: str):
    with _named_failures():
        return storages["private"].get_modified_time(key)

"""Pages go live, and end, at the hour that their editor has set."""

from datetime import timedelta

from django.core.management import call_command

from portal import clock


def register() -> None:
    clock.register("home.publish_scheduled", publish_due, every=timedelta(minutes=1))


def publish_due() -> None:
    """What is published by the hour is told to the search and the page cache as by hand."""
    call_command("publish_scheduled", verbosity=0)

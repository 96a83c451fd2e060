"""Cases as bare rows: all that the list needs."""

from datetime import timedelta

from django.utils import timezone

from applications.models import Application, FormVersion, Status
from portal.accounts.models import Provider

URL = "/en/office/cases/"


def make_rows(count, round, *, start=0, **fields):
    """`count` cases of as many companies, in bulk; every number of `start + n` has its own name."""
    form = FormVersion.objects.get_or_create(round=round, number=1, defaults={"definition": {}})[0]
    providers = Provider.objects.bulk_create(
        Provider(name_en=f"Demo Company {start + n:05d}", hk_registration=f"{20_000_000 + start + n}")
        for n in range(count)
    )
    now = timezone.now()
    return Application.objects.bulk_create(
        Application(
            round=round,
            provider=provider,
            form_version=form,
            **{
                "status": Status.SUBMITTED,
                "reference": f"{round.reference_prefix}{start + n:05d}",
                "submitted_at": now - timedelta(minutes=count - n),
                "revision": 1,
                **fields,
            },
        )
        for n, provider in enumerate(providers)
    )

"""A case with much of everything, among others: the rows that `make bench` reads past."""

from django.urls import reverse

from applications import workflow
from applications.models import Application
from portal.audit.models import Event
from portal.files.models import StoredFile
from tests.bench import growing, office, rich_case


def test_every_tab_of_a_full_case_costs_at_most_25_queries(
    client_for, officer, case, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(rich_case, "MEGABYTES", 0)
    workflow.start_verification(case, officer=officer)
    growing.Growth().to(12)
    assert rich_case.make() == case
    client = client_for(officer)

    for tab in office.TABS:
        with django_assert_max_num_queries(25):
            assert client.get(reverse(f"cases:{tab}", args=[case.uuid])).status_code == 200

    assert Application.objects.count() == 12
    assert StoredFile.objects.count() == 1 + 11 * growing.FILES + rich_case.FILES
    assert Event.objects.count() >= 11 * growing.EVENTS + rich_case.EVENTS

"""What the first page of a company says has to be done now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import rounds, workflow
from applications.drafts import todo
from applications.models import Round
from portal.accounts.permissions import membership_of
from tests.applications.clarifications.clarification import ask
from tests.applications.conftest import fill_in, make_round, submit
from tests.applications.test_views import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def listed(browser):
    return [
        (each.words, each.days_left)
        for each in browser.get(reverse("applications:dashboard")).context["todos"]
    ]


def test_open_draft_has_its_deadline_in_words(client_for, mei, ken, draft, at):
    assert listed(client_for(mei)) == [("Complete and submit the application", 10)]
    assert listed(client_for(ken)) == [("Complete the application, so that a colleague can submit it", 10)]
    at(draft.round.closes_at - timedelta(hours=1))
    page = words(client_for(mei).get(reverse("applications:dashboard")))
    assert "What needs doing now" in page and "Hong Kong time" in page
    assert "Today" in page or "1 day left" in page


def test_days_are_those_of_hong_kong():
    midnight = rounds.database_now().replace(hour=16, minute=0, second=0, microsecond=0)
    assert rounds.days_left(midnight, now=midnight - timedelta(minutes=1)) == 1
    assert rounds.days_left(midnight + timedelta(hours=23), now=midnight) == 0


def test_most_urgent_stands_first(client_for, mei, officer, submitted, owner):
    following = make_round("NEXT-TS-")
    Round.objects.filter(pk=following.pk).update(closes_at=rounds.database_now() + 5 * DAY)
    workflow.start(following, member=owner)
    ask(submitted, officer, ("section", "contacts"), days=2)
    assert listed(client_for(mei)) == [
        ("Answer the questions of the Secretariat", 2),
        ("Complete and submit the application", 5),
    ]


def test_nothing_to_do_is_said(client_for, mei, vic, complete, owner):
    assert listed(client_for(vic)) == [], "who may only view has nothing to do"
    submit(complete, owner)
    assert "Nothing needs doing now." in words(client_for(mei).get(reverse("applications:dashboard")))


def test_closed_draft_is_nothing_to_do(client_for, mei, draft, at):
    at(draft.round.closes_at + DAY)
    assert listed(client_for(mei)) == []


def test_new_answers_are_counted(client_for, mei, draft):
    found = todo.of([draft], unread={draft.pk: 2}, membership=membership_of(mei), now=rounds.database_now())
    assert found[-1].words == "Read 2 new answers of the Secretariat"
    assert found[-1].url == reverse("applications:threads", args=[draft.uuid])


def test_first_page_costs_the_same_with_one_and_three_applications(
    client_for, mei, owner, django_assert_num_queries
):
    browser = client_for(mei)
    for number in range(3):
        application = workflow.start(make_round(f"R{number}-"), member=owner)
        if number == 1:
            fill_in(application, owner)
            submit(application, owner)
        browser.get(reverse("applications:dashboard"))
        if number != 1:
            with django_assert_num_queries(8):
                browser.get(reverse("applications:dashboard"))

"""The pages of rounds in the office."""

import pytest
from django.urls import reverse

from applications.models import Round

pytestmark = pytest.mark.django_db


def page(browser, name, *args):
    return browser.get(reverse(f"rounds:{name}", args=args))


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def test_index_lists_rounds_with_their_standing(desk, preparing, opened):
    text = words(page(desk, "index"))
    assert text.count(reverse("rounds:desk", args=[preparing.uuid])) == 1
    assert "Being prepared" in text and "Open" in text


def test_desk_of_a_round_in_order_offers_to_open_it(desk, preparing):
    text = words(page(desk, "desk", preparing.uuid))
    assert "The check has found nothing to put right" in text
    assert reverse("rounds:open", args=[preparing.uuid]) in text
    assert Round.objects.get(pk=preparing.pk).released_at is None

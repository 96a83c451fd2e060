"""On days of a flood the sign-up form asks browsers for work, and people without JavaScript for patience."""

import itertools

import pytest
from django.core.cache import cache

from portal.forms import proof_of_work
from seminars.models import SignUp
from tests.seminars.test_sign_up_form import stamp, typed, url_of


@pytest.fixture(autouse=True)
def flood(settings):
    cache.clear()
    settings.PROOF_OF_WORK = True


@pytest.fixture
def send(client, published, online):
    def send_form(**fields):
        return client.post(url_of(published), typed(online, **fields))

    return send_form


def answer_for(opened, email):
    found = (str(n) for n in itertools.count() if proof_of_work.is_done(opened, email, str(n)))
    return next(found)


def emails():
    return set(SignUp.objects.values_list("email", flat=True))


def test_form_asks_for_work_only_while_the_switch_is_on(client, published, settings):
    assert b"data-work" in client.get(url_of(published)).content
    settings.PROOF_OF_WORK = False
    assert b"data-work" not in client.get(url_of(published)).content


def test_work_takes_a_form_that_was_open_for_seconds_only(send):
    opened = stamp(5)
    work = answer_for(opened, "mei@alpha.example")
    assert send(opened=opened, work=work).status_code == 302
    assert emails() == {"mei@alpha.example"}


@pytest.mark.parametrize("work", ["", "x", "-1", "9" * 30, "١٢"])
def test_without_work_a_form_waits_half_a_minute_and_keeps_what_was_typed(send, work):
    opened = stamp(5)
    response = send(opened=opened, work=work)
    page = response.content.decode()
    assert response.status_code == 422 and emails() == set()
    assert "Please wait half a minute" in page and 'value="Demo Mei"' in page
    assert f'value="{opened}"' in page, "a new stamp would make it wait again"
    assert send(opened=stamp(31), work=work).status_code == 302
    assert emails() == {"mei@alpha.example"}


def test_work_for_one_address_does_not_serve_for_another(send):
    opened = stamp(5)
    work = answer_for(opened, "mei@alpha.example")
    other = next(
        address
        for address in (f"{n}@alpha.example" for n in itertools.count())
        if not proof_of_work.is_done(opened, address, work)
    )
    assert send(opened=opened, work=work, email=other).status_code == 422
    assert emails() == set()


def test_few_of_one_network_may_wait_in_place_of_working(send):
    for number in range(proof_of_work.WAITING_PER_NETWORK):
        send(email=f"{number}@alpha.example", company=f"Demo {number} Limited")
    assert len(emails()) == proof_of_work.WAITING_PER_NETWORK
    response = send(email="late@alpha.example")
    assert response.status_code == 422 and "turn JavaScript on" in response.content.decode()
    opened = stamp(5)
    assert (
        send(
            email="works@alpha.example", opened=opened, work=answer_for(opened, "works@alpha.example")
        ).status_code
        == 302
    )
    assert "works@alpha.example" in emails() and "late@alpha.example" not in emails()


def test_a_mistake_costs_no_waiting(send):
    for _ in range(proof_of_work.WAITING_PER_NETWORK + 1):
        assert send(name="").status_code == 422
    assert send().status_code == 302

import re

import pytest

from portal.office import figures, menu
from portal.office.figures import Figure
from portal.office.menu import Item

pytestmark = pytest.mark.django_db


def cards(response):
    return re.findall(
        r'<h2 class="govuk-heading-m"><a class="govuk-link" href="([^"]+)"', response.content.decode()
    )


@pytest.mark.parametrize("name", ["officer", "organiser", "auditor", "root"])
def test_landing_shows_the_cards_of_the_readers_roles(name, request, client_for):
    response = client_for(request.getfixturevalue(name)).get("/en/office/")
    assert response.status_code == 200
    assert "/en/office/mail/" in cards(response)


def test_landing_shows_nothing_that_the_role_may_not_open(client_for, assessor):
    response = client_for(assessor).get("/en/office/")
    assert response.status_code == 200
    assert "/en/office/mail/" not in cards(response)


@pytest.mark.parametrize("path", ["/en/office/", "/tc/office/", "/sc/office/mail/"])
def test_provider_is_refused_and_a_visitor_is_asked_to_sign_in(path, client_for, client, mei):
    assert client_for(mei).get(path).status_code == 403
    response = client.get(path)
    assert response.status_code == 302 and "/account/login/" in response["Location"]


def test_figures_stand_on_the_card_of_their_item(client_for, officer, monkeypatch):
    monkeypatch.setattr(menu, "_items", [Item("Errands", "office:mail", frozenset({"officer"}), 1)])
    monkeypatch.setattr(
        figures, "_sources", {"office:mail": lambda user: [Figure("Overdue", 7, "/x", is_urgent=True)]}
    )
    content = client_for(officer).get("/en/office/").content.decode()
    assert "Errands" in content and "Overdue: <strong>7</strong>" in content


def test_second_source_of_figures_for_an_item_is_a_mistake():
    with pytest.raises(ValueError, match="registered already"):
        figures.register("office:mail", lambda user: [])


def test_landing_is_in_the_language_of_its_address(client_for, officer):
    assert (
        '<h1 class="govuk-heading-l">辦事處</h1>' in client_for(officer).get("/tc/office/").content.decode()
    )

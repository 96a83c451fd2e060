"""The component page: everything is drawn, in every language, by what draws it elsewhere."""

import re
from collections import Counter

import pytest

from portal.office import palette, showcase
from portal.office.showcase import Exhibit

pytestmark = pytest.mark.django_db
FLOOR = ["colour", "type", "marks", "buttons", "notices", "forms", "lists", "charts"]
APPS = ["content", "seminar", "application"]


def page(client, prefix="en"):
    response = client.get(f"/{prefix}/office/components/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("prefix", "title", "refused"),
    [("en", "Components", "Refused"), ("tc", "介面元件", "已拒絕"), ("sc", "界面组件", "")],
)
def test_page_shows_every_group_in_the_language_of_its_address(client_for, officer, prefix, title, refused):
    html = page(client_for(officer), prefix)

    assert f'<h1 class="govuk-heading-l">{title}</h1>' in html
    assert re.findall(r'<h2 class="cs-group__title[^"]*" id="(\w+)"', html) == FLOOR + APPS
    assert refused in html


def test_nothing_on_the_page_has_the_address_of_another(client_for, officer):
    ids = Counter(re.findall(r'\sid="([^"]+)"', page(client_for(officer))))

    assert [name for name, times in ids.items() if times > 1] == []


def test_samples_lead_to_places_of_this_page_and_send_nothing(client_for, officer):
    html = page(client_for(officer))
    samples = html[html.index('<section class="cs-group"') : html.index("</main>")]
    links = re.findall(r'<(?:a|form|button)\b[^>]*?\s(?:href|action|formaction)="([^"]*)"', samples)
    places = {f"#{name}" for name in re.findall(r'\sid="([^"]+)"', html)}

    assert len(links) > 30 and set(links) <= places
    assert not re.search(r'method="post"|\shx-(get|post)=', samples, re.IGNORECASE)


def test_every_colour_and_every_pair_is_shown_with_its_contrast(client_for, officer):
    html = page(client_for(officer))

    for name, digits in palette.colours().items():
        assert f'<span class="cs-swatch cs-ground--{name}"></span>{name}' in html
        assert f"#{digits}" in html
    assert html.count('<span class="cs-pair ') == len(palette.pairs())
    assert "ink / paper 14.5" in html


def test_sample_form_with_mistakes_makes_no_page_with_mistakes(client_for, officer):
    html = page(client_for(officer))

    assert "<title>Components" in html
    assert html.count("govuk-error-message") > 5
    assert 'data-module="govuk-error-summary" data-disable-auto-focus="true"' in html


def test_page_asks_the_database_for_the_reader_alone(client_for, officer, django_assert_max_num_queries):
    client = client_for(officer)
    with django_assert_max_num_queries(20) as landing:
        client.get("/en/office/people/")  # refused: the shell and the reader, nothing else
    with django_assert_max_num_queries(len(landing) + 3):
        page(client)


def test_second_group_of_one_code_is_a_mistake():
    with pytest.raises(ValueError, match="shown already"):
        showcase.register(Exhibit("colour", "Colour", "office/exhibits/colour.html", dict, 0))

"""Figures of the programme: drawn, listed and handed out from the same rows, in three languages."""

import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import Figure, FigureSet
from portal.search.models import SearchEntry
from portal.texts import SUFFIX_OF
from tests.home.test_pages import queries_of

PAGE = "/en/figures/"


def in_three(name, text):
    return {f"{name}_{suffix}": text for suffix in SUFFIX_OF.values()}


@pytest.fixture
def add_set(site):
    """`add_set("one", 1, 2)`: a listed set with a row for each number."""

    def add(code, *numbers, label="A row", **fields):
        texts = {}
        for name in ("title", "label_head", "number_head", "source"):
            texts |= in_three(name, f"{name} of {code}")
        row = FigureSet.objects.create(code=code, **{"as_of": date(2026, 1, 2), **texts, **fields})
        for number in numbers:
            Figure.objects.create(figure_set=row, number=number, **in_three("label", label))
        return row

    return add


def lines_at(client, code, prefix="en"):
    response = client.get(f"/{prefix}/figures/{code}.csv")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_page_has_chart_table_date_and_source_of_each_set(client, site):
    html = client.get("/tc/figures/").content.decode()

    assert html.count('role="img"') == html.count('<table class="cp-table') == 4
    assert html.count("截至2024年10月31日。資料來源：") == 3
    assert "超過4,200" in html and "建議名單，尚待確認" in html


def test_invented_set_says_so_on_page_and_in_file_and_no_other_does(client, site):
    charts = {each.code: each.chart for each in FigureSet.objects.all()}

    assert {code for code, chart in charts.items() if chart.tag} == {"example-dye-house"}
    assert {line[2] for line in lines_at(client, "example-dye-house")[1:]} == {"Made-up example"}
    assert client.get(PAGE).content.decode().count("Made-up example") == 1


def test_file_has_bare_numbers_each_with_its_date_and_source(client, site):
    lines = lines_at(client, "projects")

    assert lines[0] == ["By", "Projects", "Note", "As of", "Source"]
    assert lines[-1] == [
        "31 October 2024",
        "4200",
        "more than; Press reports of that day",
        "2024-10-31",
        "Public statements named beside each figure",
    ]
    assert lines_at(client, "projects", "sc")[0][:2] == ["截至", "项目数量"]


def test_file_is_utf8_with_its_mark_and_runs_no_formula(client, add_set):
    add_set("bad", 1, label="=HYPERLINK(1)")

    response = client.get("/en/figures/bad.csv")

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="bad.csv"'
    assert lines_at(client, "bad")[1][0] == "'=HYPERLINK(1)"
    assert "public" in response["Cache-Control"]


def test_file_of_what_is_not_shown_is_not_found(client, add_set, page_of):
    add_set("unready", 1, listed=False)
    assert client.get("/en/figures/unready.csv").status_code == 404
    assert "unready" not in client.get(PAGE).content.decode()

    PageViewRestriction.objects.create(page=page_of("figures"), restriction_type="login")
    assert client.get("/en/figures/projects.csv").status_code == 404
    assert client.get("/tc/figures/projects.csv").status_code == 200

    page_of("figures", "zh-hant").unpublish()
    assert client.get("/tc/figures/projects.csv").status_code == 404


def test_set_is_found_where_it_stands_and_follows_its_rows(client, add_set):
    row = add_set("rare", 7, label="Zirconium plants")

    entry = SearchEntry.objects.get(language="en", text__contains="Zirconium")
    assert entry.url == f"{PAGE}#chart-rare"
    assert f'id="{entry.part}"' in client.get(PAGE).content.decode()

    row.delete()
    assert not SearchEntry.objects.filter(text__contains="Zirconium").exists()
    assert "Zirconium" not in client.get(PAGE).content.decode()


def test_figures_are_reached_from_every_page_and_the_map(client, site):
    for address in ("/en/", "/en/site-map/"):
        assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_editor_corrects_a_figure_and_sees_it_in_three_languages(client_for, client, editor, add_set):
    row = add_set("one", 5)
    address = reverse("wagtailsnippets_home_figureset:edit", args=[row.pk])
    at_desk = client_for(editor)
    plain = {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"
    }
    plain |= {"as_of": "2026-02-03", "listed": "on"}
    del plain["illustrative"]
    figure = row.figures.get()
    own = {"id": figure.pk, **in_three("label", "A row"), **in_three("note", ""), "precision": "over"}

    def formset(**fields):
        return inline_formset([{**own, **fields}], initial=1)

    refused = at_desk.post(
        address, nested_form_data({**plain, "figures": formset(number="6000", note_en="Only in English")})
    )
    assert "Write this in all three languages, or leave it out in all." in refused.content.decode()
    assert "Only in English" in refused.content.decode()
    refused = at_desk.post(address, nested_form_data({**plain, "figures": formset(number="-1")}))
    assert refused.status_code == 200 and row.figures.get().number == 5

    assert (
        at_desk.post(address, nested_form_data({**plain, "figures": formset(number="6000")})).status_code
        == 302
    )
    shown = {prefix: client.get(f"/{prefix}/figures/").content.decode() for prefix in ("en", "tc", "sc")}
    assert "more than 6,000" in shown["en"] and "3 February 2026" in shown["en"]
    assert "超過6,000" in shown["tc"] and "超过6,000" in shown["sc"]


def test_number_of_sets_and_figures_does_not_change_the_number_of_queries(add_set):
    FigureSet.objects.all().delete()
    counts = []
    for codes in (["one"], ["two", "three"]):
        for code in codes:
            add_set(code, *range(1, len(codes) + 2))
        cache.clear()
        counts.append(queries_of(PAGE))

    assert counts[0] == counts[1] <= 15

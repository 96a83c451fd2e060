"""Charts: shapes as long as their numbers say, and never a picture without its words."""

import pytest
from django.template.loader import render_to_string

from portal.charts import Bar, Chart


def chart(*bars, **fields):
    return Chart("x", "Title", "What it shows", ["Name", "Number"], [["a", "1"]], bars, **fields)


def test_lying_bars_are_as_long_as_their_numbers():
    shapes = chart(Bar("a", 10), Bar("b", 5), Bar("c", 0)).shapes

    assert [shape["width"] for shape in shapes] == ["98.00%", "49.00%", "0.00%"]


def test_mark_of_a_limit_shares_the_scale():
    (shape,) = chart(Bar("a", 5, limit=20)).shapes

    assert (shape["width"], shape["limit_x"]) == ("24.50%", "98.00%")


def test_upright_bars_fill_the_width_and_label_every_few():
    shapes = chart(*[Bar(str(n), n) for n in range(26)], is_upright=True).shapes

    assert shapes[0]["height"] == 0
    assert max(shape["height"] for shape in shapes) == shapes[-1]["height"]
    assert [shape["bar"].label for shape in shapes if shape["is_labelled"]] == ["0", "7", "14", "21"]
    assert float(shapes[-1]["x"].rstrip("%")) < 100


def test_few_columns_have_each_a_label_below_its_middle_and_many_at_their_beginning():
    few = chart(Bar("Q1", 1), Bar("Q2", 2), is_upright=True)
    many = chart(*[Bar(str(n), 1) for n in range(10)], is_upright=True)

    assert [shape["label_x"] for shape in few.shapes] == ["25.00%", "75.00%"]
    assert [shape["label_x"] for shape in many.shapes][:4] == ["0.00%", "10.00%", "20.00%", "30.00%"]
    pages = [
        render_to_string("components/chart.html", {"chart": each, "csv_url": ""}) for each in (few, many)
    ]
    assert ["cp-chart__label--middle" in page for page in pages] == [True, False]


@pytest.mark.parametrize("upright", [True, False])
def test_chart_without_numbers_is_a_table_alone(upright):
    empty = chart(*([Bar("a", 0)] if upright else []), is_upright=upright)

    page = render_to_string("components/chart.html", {"chart": empty, "csv_url": ""})

    assert "<svg" not in page
    assert "<table" in page


def test_drawing_has_title_and_description_and_escapes_labels():
    columns = chart(Bar("<b>", 1), is_upright=True)
    page = render_to_string("components/chart.html", {"chart": columns, "csv_url": "/x"})

    assert 'aria-labelledby="title-x desc-x"' in page
    assert '<desc id="desc-x">What it shows</desc>' in page
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert "style=" not in page


def test_names_and_numbers_of_lying_bars_are_text_that_wraps():
    page = render_to_string("components/chart.html", {"chart": chart(Bar("<b>", 1, limit=2)), "csv_url": ""})

    assert 'role="img" aria-labelledby="chart-x" aria-describedby="desc-x"' in page
    assert "<span>&lt;b&gt;</span>" in page and "<text" not in page
    assert 'class="cp-chart__track"' in page

"""Sets of figures as a chart beside its table, and as lines of a file, in the active language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home import amounts
from portal import dates
from portal.charts import Bar, Chart
from portal.texts import localized


def chart_of(row) -> Chart:
    """`row` is a FigureSet with its figures."""
    figures = list(row.figures.all())
    heads, table = _without_empty_notes(_heads(row), [_cells(figure) for figure in figures])
    return Chart(
        code=row.code,
        title=_text(row, "title"),
        description=_("Each bar is as long as its number. The table has the same numbers."),
        heads=heads,
        rows=table,
        bars=[Bar(_text(each, "label"), float(each.number), shown=_shown(each)) for each in figures],
        is_upright=row.shape == row.Shape.COLUMNS,
        tag=_("Made-up example") if row.illustrative else "",
        notes=_notes(row),
        ends_in_words=len(heads) == 3,
    )


def lines_of(row) -> Iterator[list[str]]:
    """Numbers bare, so that they can be counted with; date and source stay with each of them."""
    yield [*_heads(row), _("As of"), _("Source")]
    for each in row.figures.all():
        notes = [_precision(each), _text(each, "note"), _("Made-up example") if row.illustrative else ""]
        yield [
            _text(each, "label"),
            amounts.number(each.number).replace(",", ""),
            "; ".join(filter(None, notes)),
            row.as_of.isoformat(),
            _text(row, "source"),
        ]


def words_of(row) -> str:
    """All that stands in the set, to be found by."""
    figures = [f"{_text(each, 'label')} {_shown(each)} {_text(each, 'note')}" for each in row.figures.all()]
    return "\n".join([*_notes(row), *figures])


def _heads(row):
    return [_text(row, "label_head"), _text(row, "number_head"), _("Note")]


def _cells(figure):
    return [_text(figure, "label"), _shown(figure), _text(figure, "note")]


def _without_empty_notes(heads, rows):
    return (heads, rows) if any(row[-1] for row in rows) else (heads[:-1], [row[:-1] for row in rows])


def _notes(row):
    as_of = _("As of %(date)s. Source: %(source)s") % {
        "date": dates.day(row.as_of),
        "source": _text(row, "source"),
    }
    return [note for note in (_text(row, "note"), as_of) if note]


def _shown(figure):
    number = amounts.number(figure.number)
    if figure.precision == figure.Precision.OVER:
        return _("more than %(number)s") % {"number": number}
    if figure.precision == figure.Precision.ABOUT:
        return _("about %(number)s") % {"number": number}
    return number


def _precision(figure):
    words = {
        figure.Precision.OVER: pgettext("figure", "more than"),
        figure.Precision.ABOUT: pgettext("figure", "about"),
    }
    return words.get(figure.precision, "")


def _text(row, name):
    return localized(row, name).text

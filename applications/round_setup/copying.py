"""A new round from an earlier one: everything that is asked, nothing that happened."""

import re
from datetime import date, timedelta

from django.db import transaction

from applications import rounds
from applications.models import Round
from applications.round_setup import opening
from portal.audit import trail

# A date moves by whole weeks, so that a Friday stays a Friday.
YEAR_IN_WEEKS = timedelta(weeks=52)
INSTANTS = ("opens_at", "closes_at", "assessment_closes_at")
DAYS = ("label_valid_from", "label_valid_until", "notice_from", "notice_until")
ENDS_IN_CHINESE = re.compile(r"[\u3400-\u9fff）」”]$")
# Names of a round bear its year.
NAMES = ("name_en", "name_zh_hant", "name_zh_hans")
ROWS = ("document_requirements", "eligibility_items", "criteria")


@transaction.atomic
def copy(source: Round, *, officer) -> Round:
    """A round in preparation with the sections, questions, documents, items and criteria of `source`.

    Its dates lie a year later, or as many years as it takes to lie ahead. What was retired stays behind.
    """
    source = opening.locked(source)
    made = _without_history(Round.objects.get(pk=source.pk))
    _move_on(made, source)
    made.save()
    for name in ROWS:
        for row in getattr(source, name).all():
            _copy_row(row, round=made)
    for section in source.sections.all():
        questions = [each for each in section.questions.all() if not each.retired_at]
        copied = _copy_row(section, round=made, version=0)
        for question in questions:
            _copy_row(question, section=copied)
    trail.record(
        "round.copied", obj_kind="round", obj_uuid=made.uuid, actor=officer, from_state=str(source.uuid)
    )
    return made


def _without_history(row):
    """The row as one that was never saved, with a uuid of its own."""
    row.pk = None
    row._state.adding = True
    row.uuid = row._meta.get_field("uuid").get_default()
    # Child relations of the original are cached on the object by modelcluster.
    row.__dict__.pop("_cluster_related_objects", None)
    return row


def _copy_row(row, **changes):
    if getattr(row, "retired_at", None):
        return None
    copied = _without_history(row)
    for name, value in changes.items():
        setattr(copied, name, value)
    copied.save()
    return copied


def _move_on(made, source):
    years = 1
    while source.opens_at + years * YEAR_IN_WEEKS <= rounds.database_now():
        years += 1
    for name in INSTANTS:
        if moment := getattr(source, name):
            # The screen that edits it knows whole minutes.
            moved = (moment + years * YEAR_IN_WEEKS).replace(second=0, microsecond=0)
            setattr(made, name, moved)
    for name in DAYS:
        if day := getattr(source, name):
            setattr(made, name, years_later(day, years))
    made.year = source.year + years
    for name in NAMES:
        setattr(made, name, name_in_year(getattr(source, name), source.year, made.year))
    made.reference_prefix = free_prefix(source.reference_prefix, source.year, made.year)
    made.state, made.released_at, made.version = Round.State.PREPARING, None, 0


def name_in_year(name: str, old_year: int, new_year: int) -> str:
    """The name with the new year in it; where it bears none, the year is put behind it."""
    if str(old_year) in name or not name:
        return name.replace(str(old_year), str(new_year))
    # Chinese has brackets of its own, which need no space before them.
    longer = f"{name}（{new_year}）" if ENDS_IN_CHINESE.search(name) else f"{name} ({new_year})"
    return longer if len(longer) <= Round._meta.get_field("name_en").max_length else name


def years_later(day: date, years: int) -> date:
    """The same day of a later year; the end of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def free_prefix(prefix: str, old_year: int, new_year: int) -> str:
    """The start of reference numbers with the new year in it, and a letter where that is taken."""
    longest = Round._meta.get_field("reference_prefix").max_length
    base = prefix.replace(str(old_year), str(new_year))
    if str(new_year) not in base:
        base = f"{base.rstrip('-')[: longest - 8]}-{new_year}-"
    found, letter = base, ord("B")
    while Round.objects.filter(reference_prefix=found).exists():
        number = letter - ord("A")
        mark = chr(letter) if letter <= ord("Z") else str(number)
        found = f"{base.rstrip('-')[: longest - 1 - len(mark)]}{mark}-"
        letter += 1
    return found

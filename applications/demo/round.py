from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from applications import rounds
from applications.demo import content
from applications.models import (
    Criterion,
    DocumentRequirement,
    EligibilityItem,
    Question,
    Round,
    Section,
)
from applications.questions import versions
from portal.texts import SUFFIX_OF

PREFIX = "DEMO-TS-"
OPENED = timedelta(days=14)
OPEN_FOR = timedelta(days=56)


@transaction.atomic
def make() -> Round:
    """The demonstration round, made on the first call: open for two weeks already, for eight more."""
    existing = Round.objects.filter(reference_prefix=PREFIX).first()
    if existing:
        return existing
    now = rounds.database_now()
    last_day = (timezone.localtime(now) + OPEN_FOR).date()
    closes_at = timezone.make_aware(datetime.combine(last_day, time(17)))
    round = Round.objects.create(
        year=closes_at.year,
        state=Round.State.OPEN,
        opens_at=now - OPENED,
        released_at=now - OPENED,
        closes_at=closes_at,
        assessment_closes_at=closes_at + timedelta(days=90),
        reference_prefix=PREFIX,
        minimum_projects=1,
        **content.NAMES,
    )
    _fill(round)
    versions.publish(round, actor=None)
    return round


def _fill(round):
    for place, (group, titles, questions) in enumerate(content.SECTIONS):
        section = Section.objects.create(
            round=round, sort_order=place, group=group, **_columns("title", titles)
        )
        for position, question in enumerate(questions):
            Question.objects.create(section=section, sort_order=position, **question)
    for place, texts in enumerate(content.ELIGIBILITY):
        EligibilityItem.objects.create(round=round, sort_order=place, **_columns("text", texts))
    for place, document in enumerate(content.DOCUMENTS):
        DocumentRequirement.objects.create(round=round, sort_order=place, **document)
    for place, (*names, weight) in enumerate(content.CRITERIA):
        Criterion.objects.create(round=round, sort_order=place, weight=weight, **_columns("name", names))


def _columns(name, texts):
    return dict(zip((f"{name}_{suffix}" for suffix in SUFFIX_OF.values()), texts, strict=True))

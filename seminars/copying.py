"""A seminar like an earlier one. Its rules and words are copied, never its people, mails, links or states."""

from datetime import datetime

from django.db import transaction

from portal.audit import trail
from seminars import drafts, rundowns
from seminars.models import Seminar, SeminarPage

CHILDREN = ("options", "rundown", "speakers", "organisations", "questions")
# What belongs to that one event. Codes of its invitations are not copied either.
FRESH_OF_SEMINAR = {"uuid", "state", "previous_start", "revision", "next_queue_number", "created_at"}
FRESH_OF_SEMINAR |= {"personal_data_until", "by_invitation", "survey_link", "follow_up_at", "certificates_at"}
FRESH_OF_CHILD = {"uuid", "state", "join_link", "seminar"}
MOVED = ("starts_at", "ends_at", "sign_up_opens_at", "sign_up_closes_at")
PAGE_TEXTS = ("lead", "introduction", "notes")


@transaction.atomic
def copy_seminar(seminar: Seminar, *, starts_at: datetime, user) -> tuple[Seminar, list[SeminarPage]]:
    """The new seminar and its draft pages. Every other time keeps its distance from the start.

    Raises drafts.NoSeminarIndex, and makes nothing, where no language has an index of seminars.
    """
    values = _values(seminar, FRESH_OF_SEMINAR)
    shift = starts_at - seminar.starts_at
    copy = Seminar.objects.create(**values, **{name: getattr(seminar, name) + shift for name in MOVED})
    for name in CHILDREN:
        for row in getattr(seminar, name).all():
            type(row).objects.create(seminar=copy, **_values(row, FRESH_OF_CHILD))
    rundowns.follow(copy, old_start=seminar.starts_at)
    pages = drafts.make_drafts(copy, user=user)
    earlier = {page.locale_id: page for page in seminar.pages.all()}
    for page in pages:
        if page.locale_id in earlier:
            for name in PAGE_TEXTS:
                setattr(page, name, getattr(earlier[page.locale_id], name))
            page.save_revision(user=user)
    trail.record("seminar.copied", obj_kind="seminar", obj_uuid=copy.uuid, actor=user)
    return copy, pages


def _values(row, fresh):
    """The columns of a row that are copied, also those that other parts of the portal have added to it."""
    skipped = fresh | {row._meta.pk.name} | (set(MOVED) if isinstance(row, Seminar) else set())
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
            if field.name not in skipped}  # fmt: skip

"""Slides, recordings and papers of a seminar: files and plain links, for everybody or for those who attended.

The only writer of SeminarMaterial. A file belongs to its row by the row's uuid; both are written together.
"""

import uuid

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from portal.audit import trail
from portal.files import intake, refusals
from portal.files.models import StoredFile
from portal.files.policy import TYPES, SlotPolicy, size_text
from portal.files.refusals import Refused
from seminars.models import Seminar, SeminarMaterial
from seminars.seats import locking

POLICY = SlotPolicy(types=("pdf", "pptx", "docx", "xlsx", "jpg", "png"))
MOST = 30
WORDS = ("title_en", "title_zh_hant", "title_zh_hans", "audience")


class Cancelled(Exception):
    """Nothing comes after a seminar that is off; the sentence says so."""


def refusal(seminar: Seminar) -> str:
    """Why nothing can be prepared for the time after the seminar; empty where it can."""
    if seminar.state == Seminar.State.CANCELLED:
        return _("The seminar is cancelled: there are no materials, survey or certificates to send.")
    return ""


def demand_not_cancelled(seminar: Seminar) -> None:
    words = refusal(seminar)
    if words:
        raise Cancelled(words)


def _lock(seminar):
    seminar, _now = locking.locked(seminar)
    demand_not_cancelled(seminar)


@transaction.atomic
def add_link(seminar: Seminar, *, link: str, words: dict[str, str], actor) -> SeminarMaterial:
    """`words` are the columns of WORDS. Raises Refused where there are too many already, or Cancelled."""
    _lock(seminar)
    return _add(seminar, uuid.uuid4(), words, actor, link=link)


def add_file(seminar: Seminar, upload, *, words: dict[str, str], actor) -> SeminarMaterial:
    """Like `add_link`, for an upload. Raises Refused also for what is wrong with the file."""
    identity, made = uuid.uuid4(), []

    def guard():
        _lock(seminar)
        made.append(_add(seminar, identity, words, actor))

    intake.receive(
        upload,
        owner_kind=SeminarMaterial.OWNER_KIND,
        owner_uuid=identity,
        slot=SeminarMaterial.SLOT,
        policy=POLICY,
        user=actor,
        guard=guard,
    )
    return made[0]


def _add(seminar, identity, words, actor, link=""):
    if seminar.materials.count() >= MOST:
        raise Refused(refusals.TOO_MANY, policy=SlotPolicy(types=POLICY.types, max_count=MOST))
    values = {name: words[name] for name in WORDS}
    material = SeminarMaterial.objects.create(seminar=seminar, uuid=identity, link=link, **values)
    _note("seminar.material_added", seminar, actor)
    return material


@transaction.atomic
def change(material: SeminarMaterial, *, words: dict[str, str], actor, link: str | None = None) -> bool:
    """New words, and a new address where it is a link; another file is another row. False: as it was."""
    current = SeminarMaterial.objects.select_for_update(of=("self",), no_key=True).get(pk=material.pk)
    values = {name: words[name] for name in WORDS}
    if current.link and link:
        values["link"] = link
    changed = [name for name, value in values.items() if getattr(current, name) != value]
    for name in changed:
        setattr(current, name, values[name])
    if changed:
        current.save(update_fields=changed)
        _note("seminar.material_changed", current.seminar, actor, changed)
    return bool(changed)


@transaction.atomic
def remove(material: SeminarMaterial, *, actor) -> bool:
    """The row goes, its file leaves a tombstone. False where somebody was faster."""
    gone, _rows = SeminarMaterial.objects.filter(pk=material.pk).delete()
    if gone:
        for stored in material.files():
            intake.remove(stored, user=actor)
        _note("seminar.material_removed", material.seminar, actor)
    return bool(gone)


def with_files(materials: QuerySet[SeminarMaterial]) -> list[SeminarMaterial]:
    """Each with its `file`, whatever its state, or None. One query: pages of seminars have few to spare."""
    stored = StoredFile.objects.filter(owner_kind=SeminarMaterial.OWNER_KIND, owner_uuid=OuterRef("uuid"))
    facts = JSONObject(**{name: name for name in ("state", "detected_type", "size", "original_name")})
    newest = stored.exclude(state=StoredFile.State.REMOVED).order_by("-pk").values(facts=facts)[:1]
    rows = list(materials.annotate(facts=Subquery(newest)))
    for each in rows:
        each.file = StoredFile(**each.facts) if each.facts else None
    return rows


def ready(materials: QuerySet[SeminarMaterial]) -> list[SeminarMaterial]:
    """Those that can be had now: links, and files that were checked."""
    return [
        each
        for each in with_files(materials)
        if each.link or (each.file and each.file.state == StoredFile.State.CLEAN)
    ]


def shown(materials: QuerySet[SeminarMaterial], path_of) -> list[SeminarMaterial]:
    """What stands on a page: those that can be had, each with its `url` and, for a file, kind and `size`."""
    rows = ready(materials)
    for each in rows:
        each.url = each.link or path_of(each)
        if each.file:
            each.kind = TYPES[each.file.detected_type].plain_name
            each.size = size_text(each.file.size)
    return rows


def _note(verb, seminar, actor, changed=()):
    trail.record(verb, obj_kind="seminar", obj_uuid=seminar.uuid, actor=actor, changed=list(changed))

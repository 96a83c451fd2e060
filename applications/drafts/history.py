"""What was changed in an application, for its own company, newest first: by whom, when, and how much.

From the revisions of answers and project records, the events of its files, and its own moves. The whole list
holds no text at all; what one page of it says is read for that page alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.models import AnswerRevision, Application, ProjectRevision
from applications.questions import answers, versions
from applications.submissions import contents, presenting
from portal.audit.history import Entry, history, history_of
from portal.files.models import StoredFile
from portal.texts import localized

MOVES = {
    "application.started": gettext_lazy("%(who)s started the application."),
    "application.copied": gettext_lazy("%(who)s copied from an earlier application."),
    "application.submitted": gettext_lazy("%(who)s sent the application to the Secretariat."),
    "application.taken_back": gettext_lazy("%(who)s took the application back."),
    "application.clarification_answered": gettext_lazy("%(who)s answered the question of the Secretariat."),
    "application.withdrawn": gettext_lazy("%(who)s withdrew the application."),
}
FILES = {
    "file.received": gettext_lazy("%(who)s uploaded “%(file)s” for “%(slot)s”."),
    "file.reused": gettext_lazy("%(who)s used “%(file)s” for “%(slot)s”, too."),
    "file.removed": gettext_lazy("%(who)s removed “%(file)s” from “%(slot)s”."),
}
NOBODY = gettext_lazy("Somebody whose account was deleted")
RETIRED = gettext_lazy("a part that is no longer asked for")


@dataclass(frozen=True)
class Stub:
    """One change, without what it says: a revision and the one it followed, or an event."""

    at: datetime
    began: datetime | None = None
    model: type | None = None
    pk: int = 0
    earlier: int | None = None
    count: int = 1  # of project records that were added together
    event: Entry | None = None
    file: str = ""
    slot: str = ""


@dataclass(frozen=True)
class Change:
    at: datetime
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Difference:
    """What one answer said. `label` is text, or empty where `question` carries it in three languages."""

    before: str
    after: str
    label: str = ""
    question: dict | None = None


def stubs(application: Application) -> list[Stub]:
    """Everything that happened, newest first; six queries, however long it is."""
    found = [
        *_revised(application, AnswerRevision, "section_uid"),
        *_added_together(list(_revised(application, ProjectRevision, "project_uuid"))),
        *(
            Stub(each.at, event=each)
            for each in history("application", application.uuid)
            if each.verb in MOVES
        ),
        *_file_events(application),
    ]
    return sorted(found, key=lambda stub: stub.at, reverse=True)


def _revised(application, model, place) -> Iterator[Stub]:
    newest = {}
    rows = model.objects.filter(application=application).order_by("id")
    for pk, where, at, began in rows.values_list("id", place, "changed_at", "started_at"):
        yield Stub(at, began, model, pk, newest.get(where))
        newest[where] = pk


def _added_together(found):
    """Records of one spreadsheet came in one moment: they are one change."""
    new = Counter(stub.began for stub in found if stub.earlier is None)
    told = set()
    for stub in found:
        if stub.earlier or new[stub.began] == 1:
            yield stub
        elif stub.began not in told:
            told.add(stub.began)
            yield replace(stub, count=new[stub.began])


def _file_events(application) -> Iterator[Stub]:
    files = StoredFile.objects.filter(owner_kind=contents.OWNER_KIND, owner_uuid=application.uuid)
    names = {uuid: (name, slot) for uuid, name, slot in files.values_list("uuid", "original_name", "slot")}
    for event in history_of(("file", uuid) for uuid in names):
        if event.verb in FILES:
            name, slot = names[event.event.object_uuid]
            yield Stub(event.at, event=event, file=name, slot=slot)


def changes(application: Application, shown: Iterable[Stub]) -> list[Change]:
    """What these say in the active language; two queries, however many they are."""
    shown = list(shown)
    rows = {model: _rows(model, shown) for model in (AnswerRevision, ProjectRevision)}
    return [_change(application, stub, rows.get(stub.model)) for stub in shown]


def _rows(model, shown):
    wanted = {pk for stub in shown if stub.model is model for pk in (stub.pk, stub.earlier) if pk}
    return model.objects.select_related("changed_by").in_bulk(wanted) if wanted else {}


def _change(application, stub, rows):
    if stub.event:
        return _event(application, stub)
    revision, earlier = rows[stub.pk], rows.get(stub.earlier)
    if stub.model is AnswerRevision:
        return _answers(application, revision, earlier)
    return _several(stub, revision) if stub.count > 1 else _project(application, revision, earlier)


def _several(stub, revision):
    sentence = ngettext(
        "%(who)s added %(count)d project record.", "%(who)s added %(count)d project records.", stub.count
    )
    return Change(stub.at, sentence % {"who": revision.changed_by or NOBODY, "count": stub.count})


def _event(application, stub):
    values = {"who": stub.event.actor or NOBODY, "file": stub.file, "slot": _slot(application, stub.slot)}
    sentence = {**MOVES, **FILES}[stub.event.verb] % values
    return Change(stub.at, sentence)


def _slot(application, uid):
    requirement = versions.requirement_of(application.form_version.definition, uid) if uid else None
    return localized(requirement, "name") if requirement else RETIRED


def _answers(application, revision, earlier):
    count = len(_changed_keys(earlier.data if earlier else {}, revision.data))
    section = versions.section_of(application.form_version.definition, revision.section_uid)
    values = {
        "who": revision.changed_by or NOBODY,
        "count": count,
        "section": localized(section, "title") if section else RETIRED,
    }
    sentence = ngettext(
        "%(who)s changed %(count)d answer in “%(section)s”.",
        "%(who)s changed %(count)d answers in “%(section)s”.",
        count,
    )
    url = reverse("applications:history_answers", args=[application.uuid, revision.pk])
    return Change(revision.changed_at, sentence % values, url)


def _project(application, revision, earlier):
    values = {
        "who": revision.changed_by or NOBODY,
        "factory": revision.data.get("factory_name", "").strip() or _("no factory named yet"),
    }
    url = reverse("applications:history_project", args=[application.uuid, revision.pk])
    if revision.is_removal:
        sentence = _("%(who)s removed a project record (%(factory)s).")
    elif earlier is None:
        sentence = _("%(who)s added a project record (%(factory)s).")
    else:
        values["count"] = len(_changed_keys(earlier.data, revision.data))
        sentence = ngettext(
            "%(who)s changed %(count)d entry of a project record (%(factory)s).",
            "%(who)s changed %(count)d entries of a project record (%(factory)s).",
            values["count"],
        )
    return Change(revision.changed_at, sentence % values, url)


def _changed_keys(before, after):
    return [key for key in {**before, **after} if answers.differ(before.get(key), after.get(key))]


def before(revision: AnswerRevision | ProjectRevision) -> dict:
    """What stood there until `revision`; empty before the first."""
    place = "section_uid" if isinstance(revision, AnswerRevision) else "project_uuid"
    older = type(revision).objects.filter(
        application=revision.application_id, pk__lt=revision.pk, **{place: getattr(revision, place)}
    )
    newest = older.order_by("-id").first()
    return newest.data if newest else {}


def differences_in_answers(application: Application, revision: AnswerRevision) -> list[Difference]:
    """Every answer that changed, in the order of the form; what is not asked any more stands last."""
    old, new = before(revision), revision.data
    section = versions.section_of(application.form_version.definition, revision.section_uid)
    asked = {each["key"]: each for each in section["questions"]} if section else {}
    changed = _changed_keys(old, new)
    known = [key for key in asked if key in changed]
    return [
        Difference(
            presenting.answer_text(asked[key], old.get(key)),
            presenting.answer_text(asked[key], new.get(key)),
            question=asked[key],
        )
        for key in known
    ] + [
        Difference(answers.plain(old.get(key)), answers.plain(new.get(key)), label=key)
        for key in changed
        if key not in asked
    ]


def differences_in_project(revision: ProjectRevision) -> list[Difference]:
    """A removal shows all that the record said."""
    old, new = (revision.data, {}) if revision.is_removal else (before(revision), revision.data)
    pairs = zip(presenting.project_rows(old), presenting.project_rows(new), strict=True)
    return [
        Difference(one.text, other.text, label=one.label) for one, other in pairs if one.text != other.text
    ]

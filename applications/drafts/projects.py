"""Project records: the only writer of ProjectRecord, and what makes one complete."""

from decimal import Decimal
from uuid import uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from applications.drafts import drafting, likeness, revisions
from applications.errors import StaleVersion, TooManyRecords
from applications.models import Application, ProjectRecord
from applications.questions import answers
from applications.regions import City
from portal.industries import Industry

TEXTS = {"project_number": 40, "factory_name": 200, "technology": 300}
CHOICES = {
    "city": City,
    "industry": Industry,
    "project_type": ProjectRecord.Type,
    "role": ProjectRecord.Role,
    "progress": ProjectRecord.Progress,
}
DATES = ("started_on", "finished_on")
RESULTS = ("energy_kwh", "voc_kg", "nox_kg", "water_m3", "waste_t", "cost_saved_hkd", "payback_years")
UNITS = {
    "energy_kwh": gettext_lazy("kWh a year"),
    "voc_kg": gettext_lazy("kg a year"),
    "nox_kg": gettext_lazy("kg a year"),
    "water_m3": gettext_lazy("m³ a year"),
    "waste_t": gettext_lazy("tonnes a year"),
    "cost_saved_hkd": gettext_lazy("HK$ a year"),
    "payback_years": gettext_lazy("years"),
}
FIELDS = (
    "project_number",
    "factory_name",
    "city",
    "industry",
    "project_type",
    "technology",
    "role",
    "started_on",
    "finished_on",
    "progress",
    *RESULTS,
)
REQUIRED = (
    "factory_name",
    "city",
    "industry",
    "project_type",
    "technology",
    "role",
    "started_on",
    "progress",
)
# Enough for every company that ever applied, and few enough for one page.
MOST = 500
LARGEST = {"payback_years": Decimal(100)}


def label(name: str) -> str:
    return str(ProjectRecord._meta.get_field(name).verbose_name)


def problems(entered: dict) -> dict[str, str]:
    """Field name -> sentence on what to do. `entered` holds texts as typed, dates as {day, month, year}."""
    found = {}
    for name in FIELDS:
        sentence = _problem(name, entered.get(name))
        if sentence:
            found[name] = sentence
    if "finished_on" not in found and not _is_in_order(entered):
        found["finished_on"] = _("Enter a completion date that is not before the start.")
    if entered.get("progress") == "completed" and answers.is_blank(entered.get("finished_on")):
        found["finished_on"] = _("Enter when the project was completed.")
    return found


def _problem(name, value):
    if answers.is_blank(value):
        return _("Enter “%(label)s”.") % {"label": label(name)} if name in REQUIRED else None
    if name in TEXTS and answers.length(value) > TEXTS[name]:
        return _("Shorten “%(label)s” to at most %(limit)d characters.") % {
            "label": label(name),
            "limit": TEXTS[name],
        }
    if name in CHOICES and value not in CHOICES[name].values:
        return _("Choose “%(label)s”: “%(text)s” is not one of the choices.") % {
            "label": label(name),
            "text": value.strip(),
        }
    if name in DATES and answers.typed_date(value) is None:
        return _("Enter “%(label)s” as a real date with day, month and year, for example 31 3 2026.") % {
            "label": label(name)
        }
    if name in RESULTS and _result(name, value) is None:
        return _("Enter “%(label)s” as a number, for example 12 or 12.5.") % {"label": label(name)}
    return None


def _is_in_order(entered):
    start, end = (answers.typed_date(entered.get(name) or {}) for name in DATES)
    return not (start and end and end < start)


def _result(name, value):
    number = answers.plain_number(value)
    if number is None or not 0 <= number < LARGEST.get(name, Decimal(10**12)):
        return None
    return round(number, 2)


def understood(entered: dict) -> dict:
    """The typed columns for `entered`; what cannot be understood becomes blank or null."""
    columns = {}
    for name in FIELDS:
        value = entered.get(name)
        good = not answers.is_blank(value) and not _problem(name, value)
        if name in DATES:
            columns[name] = answers.typed_date(value) if good else None
        elif name in RESULTS:
            columns[name] = _result(name, value) if good else None
        else:
            columns[name] = value.strip() if good else ""
    return columns | likeness.keys(columns)


@transaction.atomic
def add(application: Application, entered: dict, *, member, page_key: str = "") -> ProjectRecord:
    """Raises InvalidTransition or RoundClosed where the application takes no change, or TooManyRecords.

    `page_key` was minted with the empty page. Sent again, because the answer was lost on its way, the page
    changes the record it made; StaleVersion if somebody else has changed that since then.
    """
    now = drafting.lock_for_change(
        application, member=member, reopened=lambda opening: opening.has_project_list
    )
    uuid = uuid5(application.uuid, page_key) if page_key else uuid4()
    made = application.projects.filter(uuid=uuid).first()
    if made:
        made.application = application
        is_own = made.version == 1 and made.changed_by_id == member.user.pk
        return change(made, entered, base_version=1 if is_own else 0, member=member)
    _demand_room(application, 1)
    record = ProjectRecord.objects.create(**_columns(application, entered, member, now), uuid=uuid)
    revisions.keep_project(record)
    drafting.touch(application, member=member, now=now)
    return record


@transaction.atomic
def add_many(application: Application, several: list[dict], *, member) -> list[ProjectRecord]:
    """Add all or none, in this order. Raises like `add`."""
    now = drafting.lock_for_change(application, member=member)
    _demand_room(application, len(several))
    records = ProjectRecord.objects.bulk_create(
        ProjectRecord(**_columns(application, entered, member, now)) for entered in several
    )
    revisions.begin_projects(records)
    drafting.touch(application, member=member, now=now)
    return records


def _columns(application, entered, member, now):
    return {
        "application": application,
        "entered": entered,
        "changed_by": member.user,
        "changed_at": now,
        **understood(entered),
    }


def _demand_room(application, count):
    room = room_in(application)
    if count > room:
        raise TooManyRecords(
            ngettext_lazy(
                "An application holds at most %(most)d project records: %(room)d more can be added.",
                "An application holds at most %(most)d project records: %(room)d more can be added.",
                room,
            )
            % {"most": MOST, "room": room}
        )


def room_in(application: Application) -> int:
    """How many more records the application takes."""
    return max(0, MOST - application.projects.count())


@transaction.atomic
def change(record: ProjectRecord, entered: dict, *, base_version: int, member) -> ProjectRecord:
    """Raises StaleVersion (with the record as it stands) if `base_version` is not the newest."""
    now = drafting.lock_for_change(
        record.application, member=member, reopened=lambda opening: opening.has_project(record.uuid)
    )
    current = _current(record, base_version)
    if current.entered == entered:
        return current
    for name, value in understood(entered).items():
        setattr(current, name, value)
    current.entered = entered
    current.version += 1
    current.changed_by, current.changed_at = member.user, now
    current.save()
    revisions.keep_project(current)
    drafting.touch(record.application, member=member, now=now)
    return current


@transaction.atomic
def remove(record: ProjectRecord, *, base_version: int, member) -> None:
    """Raises StaleVersion if somebody changed the record after the page was shown."""
    now = drafting.lock_for_change(
        record.application, member=member, reopened=lambda opening: opening.has_project_list
    )
    current = _current(record, base_version)
    revisions.note_removal(current, user=member.user, at=now)
    current.delete()
    drafting.touch(record.application, member=member, now=now)


def bring_back(application: Application, frozen: list[dict], *, now) -> None:
    """Make records anew that were handed in and removed since, so that they can be asked about.

    They go when a clarification that had reopened the list runs out. `frozen` as in submissions.contents.
    """
    standing = {str(uuid) for uuid in application.projects.values_list("uuid", flat=True)}
    ProjectRecord.objects.bulk_create(
        ProjectRecord(
            uuid=each["uuid"],
            application=application,
            entered=each["entered"],
            changed_at=now,
            **understood(each["entered"]),
        )
        for each in frozen
        if each["uuid"] not in standing
    )


def _current(record, base_version):
    current = ProjectRecord.objects.select_related("changed_by").filter(pk=record.pk).first()
    if current is None:
        raise StaleVersion(gettext_lazy("Somebody removed this project record in the meantime."))
    if current.version != base_version:
        raise StaleVersion(
            gettext_lazy("Somebody changed this project record after you opened it."), current=current
        )
    return current

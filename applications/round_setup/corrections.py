"""Corrections of a form that is open: what would change, in words, and the step that publishes them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.errors import InvalidTransition, StaleVersion
from applications.models import FormVersion, Round
from applications.questions import versions
from applications.round_setup import notices, opening
from portal.audit import trail
from portal.texts import localized

SENTENCES = {
    "section_added": _("New section: “%(name)s”"),
    "section_gone": _("No longer asked, section: “%(name)s”"),
    "section_changed": _("Title or guidance changed, section: “%(name)s”"),
    "question_added": _("New question: “%(name)s”"),
    "question_gone": _("No longer asked: “%(name)s”"),
    "question_worded": _("Wording or guidance changed: “%(name)s”"),
    "question_ruled": _("What is taken as an answer changed: “%(name)s”"),
    "question_moved": _("Moved to another section: “%(name)s”"),
    "document_added": _("New document: “%(name)s”"),
    "document_gone": _("Document no longer asked for: “%(name)s”"),
    "document_changed": _("What is asked for changed, document: “%(name)s”"),
    "order": _("The order of sections, questions or documents changed"),
    "declaration": _("The declaration changed"),
    "minimum_projects": _("The least number of project records changed: now %(count)d"),
}
RULES = ("kind", "required", "limit", "choices", "columns", "only_if", "unit_en")
TAKING = {Round.State.PREPARING, Round.State.OPEN, Round.State.CLOSED}


@dataclass(frozen=True)
class Change:
    """`str()` is a sentence in the language that is active then: each reader gets an own one."""

    code: str
    row: dict | None = None
    column: str = "label"
    count: int = 0

    def __str__(self):
        name = localized(self.row, self.column).text if self.row else ""
        return str(SENTENCES[self.code]) % {"name": name, "count": self.count}


def changes(old: dict, new: dict) -> list[Change]:
    """What differs between two definitions, as a reader of the form would put it."""
    found = [*_of_sections(old, new), *_of_questions(old, new), *_of_documents(old, new)]
    if _order(old) != _order(new) and not any(each.code.endswith(("_added", "_gone")) for each in found):
        found.append(Change("order"))
    if any(old.get(name) != new[name] for name in new if name.startswith("declaration_")):
        found.append(Change("declaration"))
    if old.get("minimum_projects") != new["minimum_projects"]:
        found.append(Change("minimum_projects", count=new["minimum_projects"]))
    return found


def pending(round: Round) -> tuple[list[Change], str]:
    """What publishing would change now, and the hash that says which state of the rows this was read from."""
    newest = round.form_versions.order_by("-number").first()
    built = versions.build(round)
    return (changes(newest.definition, built) if newest else []), versions.digest(built)


@transaction.atomic
def publish(round: Round, *, officer, seen: str) -> FormVersion:
    """Write the next form version, move all drafts to it and tell their companies, once per version.

    `seen` is the hash from `pending`: StaleVersion where the rows have changed since then. A second press
    publishes and tells nothing. Raises also InvalidTransition and NotReady.
    """
    fresh = opening.locked(round)
    if not fresh.is_released or fresh.state not in TAKING:
        raise InvalidTransition(
            _("Corrections can be published from the opening of a round to its assessment.")
        )
    before = fresh.form_versions.order_by("-number").first()
    built = versions.build(fresh)
    if versions.digest(built) != seen:
        raise StaleVersion(_("Somebody changed the round after you opened this page. Read the list again."))
    if before.sha256 == seen:
        return before
    opening.demand_no_findings(fresh)
    version = versions.publish(fresh, actor=officer)
    trail.record(
        "round.corrected",
        obj_kind="round",
        obj_uuid=fresh.uuid,
        actor=officer,
        from_state=str(before.number),
        to_state=str(version.number),
        hashes={"form": version.sha256},
    )
    notices.put_corrected(fresh, version, changes(before.definition, built))
    return version


def _of_sections(old, new):
    before, after = _by_uid(old["sections"]), _by_uid(new["sections"])
    for uid, section in after.items():
        if uid not in before:
            yield Change("section_added", section, "title")
        elif _texts(section, ("title", "guidance")) != _texts(before[uid], ("title", "guidance")):
            yield Change("section_changed", section, "title")
    for uid in before.keys() - after.keys():
        yield Change("section_gone", before[uid], "title")


def _of_questions(old, new):
    before, after = _questions(old), _questions(new)
    for key, (uid, question) in after.items():
        if key not in before:
            yield Change("question_added", question)
            continue
        earlier_uid, earlier = before[key]
        if uid != earlier_uid:
            yield Change("question_moved", question)
        if any(question.get(name) != earlier.get(name) for name in RULES):
            yield Change("question_ruled", question)
        elif _worded(question) != _worded(earlier):
            yield Change("question_worded", question)
    yield from (
        Change("question_gone", question) for key, (_uid, question) in before.items() if key not in after
    )


def _of_documents(old, new):
    before, after = _by_uid(old["documents"]), _by_uid(new["documents"])
    for uid, document in after.items():
        if uid not in before:
            yield Change("document_added", document, "name")
        elif document != before[uid]:
            yield Change("document_changed", document, "name")
    yield from (Change("document_gone", before[uid], "name") for uid in before if uid not in after)


def _questions(definition):
    return {
        question["key"]: (section["uid"], question)
        for section in definition["sections"]
        for question in section["questions"]
    }


def _worded(question):
    # How a condition reads follows from the question it names.
    names = ("label", "hint", *versions.GUIDANCE, "unit")
    return _texts(question, names)


def _texts(row, names):
    return [row.get(f"{name}_{suffix}", "") for name in names for suffix in versions.SUFFIX_OF.values()]


def _by_uid(rows):
    return {each["uid"]: each for each in rows}


def _order(definition):
    sections = [
        (each["uid"], each["group"], [q["key"] for q in each["questions"]]) for each in definition["sections"]
    ]
    return sections, [each["uid"] for each in definition["documents"]]

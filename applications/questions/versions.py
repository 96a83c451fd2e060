"""Form versions: the only writer of FormVersion, and the shape of its `definition`.

    {"declaration_*", "minimum_projects",
     "sections": [{"uid", "group", "title_*", "guidance_*", "questions": [question, …]}, …],
     "documents": [{"uid", "name_*", "help_*", "required", "max_files", "types": [code], "max_bytes"}, …]}
    question = {"key", "kind", "required", "label_*", "hint_*", "guidance_*", "why_*", "good_*", "example_*",
                "unit_*", "asked_if_*", "limit", "choices": [{"code", "label_*"}],
                "columns": [{"code", "label_*"}], "only_if": {"key", "value", "only_if"} or null}

`declaration_*` and `minimum_projects` stand beside the sections, because what somebody signs and must bring
is what the form said.

`*` stands for en, zh_hant and zh_hans, so that portal.texts.localized reads these mappings like rows. Two
fixed sections come first: `contacts` (typed by us) and `eligibility` (made from the round's items). The uids
of documents and of other sections are the uuids of their rows.
"""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from applications.models import FormVersion, Round, Status
from applications.questions.answers import YES_NO
from applications.round_setup.lines import BadLine, parse_lines
from portal.texts import SUFFIX_OF

CONTACTS = "contacts"
ELIGIBILITY = "eligibility"

# The parts of a question's guidance, in the order they are read.
GUIDANCE = ("guidance", "why", "good", "example")
CONTACT_QUESTIONS = [
    ("contact_name", "short_text", True, _("Contact person")),
    ("contact_post", "short_text", True, _("Post of the contact person")),
    ("contact_telephone", "telephone", True, _("Telephone of the contact person")),
    ("contact_email", "email", True, _("Email address of the contact person")),
    ("deputy_name", "short_text", False, _("Deputy contact person")),
    ("deputy_telephone", "telephone", False, _("Telephone of the deputy")),
    ("deputy_email", "email", False, _("Email address of the deputy")),
    ("signatory_name", "short_text", True, _("Authorised signatory")),
    ("signatory_post", "short_text", True, _("Post of the authorised signatory")),
]
CONTACTS_TITLE = _("Contact people")
CONTACTS_GUIDANCE = _("Whom the Secretariat may ask about this application.")
ELIGIBILITY_TITLE = _("Eligibility")
ELIGIBILITY_GUIDANCE = _(
    "Check your company against these points. An answer of “No” does not stop you from applying: "
    "the Secretariat will look at it."
)


def build(round: Round) -> dict:
    """The definition of the round's questions and document requirements as they stand now."""
    sections = [_contacts(), _eligibility(round)]
    for section in round.sections.prefetch_related("questions").order_by("sort_order"):
        questions = [_question(each) for each in section.questions.all() if not each.retired_at]
        sections.append(
            {"uid": str(section.uuid), "group": section.group, "questions": questions}
            | _texts(section, "title", "guidance")
        )
    earlier = {}
    for question in (each for section in sections for each in section["questions"]):
        _explain_condition(question, earlier)
        earlier[question["key"]] = question
    documents = [_document(each) for each in round.document_requirements.order_by("sort_order")]
    return _texts(round, "declaration") | {
        "minimum_projects": round.minimum_projects,
        "sections": [each for each in sections if each["questions"]],
        "documents": list(filter(None, documents)),
    }


def current(round: Round, *, actor) -> FormVersion:
    """The newest version; the first one is written where there is none yet."""
    return round.form_versions.order_by("-number").first() or publish(round, actor=actor)


@transaction.atomic
def publish(round: Round, *, actor) -> FormVersion:
    """Write the next version if anything changed since the newest one, and move all drafts to it.

    Submissions keep theirs. Returns the newest version.
    """
    Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
    definition = build(round)
    sha256 = digest(definition)
    newest = round.form_versions.order_by("-number").first()
    if newest and newest.sha256 == sha256:
        return newest
    version = FormVersion.objects.create(
        round=round,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        sha256=sha256,
        created_by=actor,
    )
    round.applications.filter(status=Status.DRAFT).update(form_version=version)
    return version


def digest(content) -> str:
    """SHA-256 of the JSON with sorted keys and no spaces, so that equal content has an equal hash."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def minimum_projects_of(application) -> int:
    """How many project records the form of this application asks for."""
    definition = application.form_version.definition
    return definition.get("minimum_projects", application.round.minimum_projects)


def declaration_of(application) -> dict[str, str]:
    """The declaration that its form makes, as `declaration_*`."""
    definition = application.form_version.definition
    own = {name: definition.get(name) for name in _texts(application.round, "declaration")}
    # Forms from before the declaration stood in them.
    return own if any(own.values()) else _texts(application.round, "declaration")


def corrected_at(application) -> datetime | None:
    """When the form of a draft was corrected after anything was last saved in it; None where it was not."""
    seen_at = application.saved_at or application.created_at
    version = application.form_version
    return version.created_at if application.is_draft and version.created_at > seen_at else None


def last_asked(round: Round, section_uid: str, keys: set[str]) -> list[dict]:
    """Questions that a form no longer asks, as the newest version that did asked them."""
    found = {}
    definitions = round.form_versions.order_by("-number").values_list("definition", flat=True)
    for definition in definitions.iterator():
        section = section_of(definition, section_uid)
        for question in section["questions"] if section else ():
            if question["key"] in keys:
                found.setdefault(question["key"], question)
        if len(found) == len(keys):
            break
    return list(found.values())


def section_of(definition: dict, uid: str) -> dict | None:
    return next((section for section in definition["sections"] if section["uid"] == uid), None)


def requirement_of(definition: dict, uid: str) -> dict | None:
    return next((each for each in definition["documents"] if each["uid"] == uid), None)


def _texts(row, *names):
    return {
        f"{name}_{suffix}": getattr(row, f"{name}_{suffix}")
        for name in names
        for suffix in SUFFIX_OF.values()
    }


def _spoken(name, text):
    """A text of ours in three columns, from the catalogues."""
    spoken = {}
    for language, suffix in SUFFIX_OF.items():
        with translation.override(language):
            spoken[f"{name}_{suffix}"] = str(text)
    return spoken


def _blank_question(key, kind, *, required):
    nothing = {
        f"{name}_{suffix}": ""
        for name in ("hint", *GUIDANCE, "unit", "asked_if")
        for suffix in SUFFIX_OF.values()
    }
    return nothing | {
        "key": key,
        "kind": kind,
        "required": required,
        "limit": None,
        "choices": [],
        "columns": [],
        "only_if": None,
    }


def _question(row):
    return (
        _blank_question(row.key, row.kind, required=row.required)
        | _texts(row, "label", "hint", *GUIDANCE, "unit")
        | {
            "limit": row.limit,
            "choices": _lines(row.choices),
            "columns": _lines(row.columns),
            "only_if": _condition(row),
        }
    )


def _lines(text):
    """Nothing where a line cannot be read: a preview shows what there is, and opening refuses."""
    try:
        return parse_lines(text)
    except BadLine:
        return []


def _condition(row):
    if not row.only_if_key:
        return None
    return {"key": row.only_if_key, "value": row.only_if_value, "only_if": None}


def _explain_condition(question, earlier):
    """Link the condition to that of the question it names, and put it into words for readers without script.

    One that names no earlier question stays as it is: applications.round_setup.checking tells the officer.
    """
    condition = question["only_if"]
    parent = earlier.get(condition["key"]) if condition else None
    if parent is None:
        return
    condition["only_if"] = parent["only_if"]
    for language, suffix in SUFFIX_OF.items():
        with translation.override(language):
            question[f"asked_if_{suffix}"] = _("Only if you answered “%(answer)s” to “%(question)s”.") % {
                "answer": _word_for(parent, condition["value"], suffix),
                "question": parent[f"label_{suffix}"] or parent["label_en"],
            }


def _word_for(question, code, suffix):
    if question["kind"] == "yes_no":
        return YES_NO.get(code, code)
    return next((each[f"label_{suffix}"] for each in question["choices"] if each["code"] == code), code)


def _contacts():
    questions = [
        _blank_question(key, kind, required=required) | _spoken("label", label)
        for key, kind, required, label in CONTACT_QUESTIONS
    ]
    return (
        {"uid": CONTACTS, "group": "company", "questions": questions}
        | _spoken("title", CONTACTS_TITLE)
        | _spoken("guidance", CONTACTS_GUIDANCE)
    )


def _eligibility(round):
    questions = [
        _blank_question(f"eligible-{item.uuid}", "yes_no", required=True)
        | {f"label_{suffix}": getattr(item, f"text_{suffix}") for suffix in SUFFIX_OF.values()}
        | {f"guidance_{suffix}": getattr(item, f"help_{suffix}") for suffix in SUFFIX_OF.values()}
        for item in round.eligibility_items.order_by("sort_order")
        if not item.retired_at
    ]
    return (
        {"uid": ELIGIBILITY, "group": "company", "questions": questions}
        | _spoken("title", ELIGIBILITY_TITLE)
        | _spoken("guidance", ELIGIBILITY_GUIDANCE)
    )


def _document(row):
    if row.retired_at:
        return None
    return {
        "uid": str(row.uuid),
        "required": row.required,
        "max_files": row.max_files,
        "types": [code.strip() for code in row.types.split(",") if code.strip()],
        "max_bytes": row.max_megabytes * 1024 * 1024,
    } | _texts(row, "name", "help")

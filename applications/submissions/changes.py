"""What changed from one submission to the next, to be read: answers, project records, files, identity."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.translation import gettext as _

from applications.submissions import presenting
from applications.submissions.presenting import Row
from portal.texts import localized

# A Chinese character is a word of its own here.
WORDS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\s+|.", re.DOTALL)
# Comparing takes time that grows with the square; longer texts are shown whole, without marks.
LONGEST_MARKED = 3000


class Piece(NamedTuple):
    text: str
    is_marked: bool


@dataclass(frozen=True)
class Change:
    """`label` is text, or empty where `question` carries it. Empty pieces: nothing was there."""

    label: str
    question: dict | None
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Group:
    title: str
    changes: list[Change]


def between(before: dict, after: dict, *, old_form: dict, new_form: dict) -> list[Group]:
    """The parts in which two contents (submissions.contents) differ, in the order of the form."""
    groups = [
        Group(_("Company identity"), _identity(before, after)),
        *_sections(before, after, old_form, new_form),
        *_projects(before["projects"], after["projects"]),
        *_documents(before["files"], after["files"], old_form, new_form),
    ]
    return [each for each in groups if each.changes]


def of(submission, earlier) -> list[Group]:
    return between(
        earlier.content,
        submission.content,
        old_form=earlier.form_version.definition,
        new_form=submission.form_version.definition,
    )


def _identity(before, after):
    old, new = (presenting.identity_rows(each["identity"]) for each in (before, after))
    return _rows({row.key: row for row in old}, {row.key: row for row in new})


def _sections(before, after, old_form, new_form):
    old = {each.uid: each for each in presenting.parts(old_form, before["answers"])}
    new = {each.uid: each for each in presenting.parts(new_form, after["answers"])}
    groups = []
    for uid in dict.fromkeys([*new, *old]):
        rows = [{row.key: row for row in side[uid].rows} if uid in side else {} for side in (old, new)]
        section = (new.get(uid) or old[uid]).section
        groups.append(Group(str(localized(section, "title")), _rows(*rows)))
    return groups


def _projects(before, after):
    old, new = ({each["uuid"]: each for each in side} for side in (before, after))
    groups = []
    for uid in dict.fromkeys([*new, *old]):
        rows = [
            {row.key: row for row in presenting.project_rows(side[uid]["entered"]) if row.text}
            if uid in side
            else {}
            for side in (old, new)
        ]
        groups.append(Group(_project_title(uid, before, after), _rows(*rows)))
    return groups


def _project_title(uid, before, after):
    side = after if any(each["uuid"] == uid for each in after) else before
    number, record = next((n, each) for n, each in enumerate(side, 1) if each["uuid"] == uid)
    title = presenting.project_title(number, record["entered"])
    if side is before:
        return _("%(title)s (removed)") % {"title": title}
    is_new = all(each["uuid"] != uid for each in before)
    return _("%(title)s (added)") % {"title": title} if is_new else title


def _documents(before, after, old_form, new_form):
    slots = {each["uid"]: each for form in (old_form, new_form) for each in form["documents"]}
    changes = []
    for uid, requirement in slots.items():
        old, new = ([each for each in side if each["slot"] == uid] for side in (before, after))
        if [each["uuid"] for each in old] == [each["uuid"] for each in new]:
            continue
        kept = {each["uuid"] for each in old} & {each["uuid"] for each in new}
        label = str(localized(requirement, "name"))
        changes.append(Change(label, None, _files(old, kept), _files(new, kept)))
    return [Group(_("Documents"), changes)]


def _files(files, kept):
    pieces = []
    for number, each in enumerate(files):
        pieces += [Piece("\n", False)] if number else []
        pieces.append(Piece(f"{each['name']} (SHA-256 {each['sha256'][:12]}…)", each["uuid"] not in kept))
    return pieces


def _rows(old: dict[str, Row], new: dict[str, Row]) -> list[Change]:
    changes = []
    for key in dict.fromkeys([*new, *old]):
        before, after = (_text(side.get(key)) for side in (old, new))
        if before != after:
            row = new.get(key) or old[key]
            changes.append(Change(row.label, row.question, *marked(before, after)))
    return changes


def _text(row):
    if row is None:
        return ""
    return "\n".join(" | ".join(line) for line in row.lines) if row.lines else row.text


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with what went and what came marked."""
    if not before or not after or len(before) + len(after) > LONGEST_MARKED:
        return _whole(before), _whole(after)
    old, new = WORDS.findall(before), WORDS.findall(after)
    went, came = [], []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_marked = change != "equal"
        if a < b:
            went.append(Piece("".join(old[a:b]), is_marked))
        if c < d:
            came.append(Piece("".join(new[c:d]), is_marked))
    return went, came


def _whole(text):
    return [Piece(text, False)] if text else []

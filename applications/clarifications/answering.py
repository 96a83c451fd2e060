"""What a clarification would hand in: the earlier submission with only the reopened places put anew.

Whatever else was changed since, as in an earlier clarification that ran out, stays out of it.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from applications.clarifications.reopening import Kind, Opening
from applications.drafts import completeness, projects
from applications.drafts.completeness import Missing
from applications.models import ClarificationTarget, Submission
from applications.questions import answers
from applications.submissions import contents
from applications.submissions.contents import Contents


@dataclass(frozen=True)
class Answer:
    """`held` is what stands now, `earlier` what was handed in before the question."""

    opening: Opening
    held: Contents
    earlier: Submission

    @cached_property
    def content(self) -> dict:
        """As submissions.contents describes it, with `clarification`: what was asked and replied."""
        before = self.earlier.content
        return before | {
            "identity": self._identity(before["identity"]),
            "answers": self._answers(before["answers"]),
            "projects": self._projects(before["projects"]),
            "files": self._files(before["files"]),
            "clarification": {
                "request": str(self.opening.request.uuid),
                "places": [_replied(each) for each in self.opening.targets],
            },
        }

    def signed(self, declaration) -> dict:
        signature = {"signer_name": declaration.signer_name, "signer_role": declaration.signer_role}
        return self.content | {"declaration": self.content["declaration"] | signature}

    @cached_property
    def fingerprint(self) -> str:
        """Changes with everything that would be handed in; what a check page was made from."""
        parts = [self.held.fingerprint, str(self.opening.request.uuid)]
        parts += [f"target {each.pk} {each.reply_version}" for each in self.opening.targets]
        if self.opening.has_company:
            parts.append(repr(self.content["identity"]))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def gaps(self) -> list[Missing]:
        """What must be put right before it can be handed in: answers or records spoilt meanwhile."""
        values = _flat(self.content["answers"])
        found = []
        for section in self.opening.definition["sections"]:
            data = self.content["answers"].get(section["uid"], {})
            problems = completeness.problems(section, data, values)
            found += [each for each in problems if each.anchor in self.opening.keys]
        if self.opening.has_company:
            found += completeness.missing_identity(self.held.application.provider)
        return found + self._project_gaps()

    def unanswered(self) -> list[ClarificationTarget]:
        """Places with neither a change nor a reply. They may stay so; the company is told which they are."""
        return [each for each in self.opening.targets if not self.is_answered(each)]

    def is_answered(self, target: ClarificationTarget) -> bool:
        return bool(target.reply.strip()) or self.is_changed(target)

    def is_changed(self, target: ClarificationTarget) -> bool:
        return self._of(target, self.content) != self._of(target, self.earlier.content)

    def _of(self, target, content):
        """The part of a content that a target is about."""
        if target.kind == Kind.COMPANY:
            return content["identity"]
        if target.kind == Kind.SECTION:
            return content["answers"].get(target.uid, {})
        if target.kind == Kind.QUESTION:
            return _flat(content["answers"]).get(target.uid)
        if target.kind == Kind.DOCUMENT:
            return [each["uuid"] for each in content["files"] if each["slot"] == target.uid]
        if target.kind == Kind.PROJECT:
            return next((each["entered"] for each in content["projects"] if each["uuid"] == target.uid), None)
        return content["projects"]

    def _identity(self, before):
        if not self.opening.has_company:
            return before
        # Whether it was verified is no statement of the company's.
        return contents.identity_of(self.held.application.provider) | {"verification": before["verification"]}

    def _answers(self, before):
        merged = {uid: dict(data) for uid, data in before.items()}
        for section in self.opening.definition["sections"]:
            row = self.held.sections.get(section["uid"])
            opened = [each["key"] for each in section["questions"] if each["key"] in self.opening.keys]
            if row and opened:
                now = {key: row.data[key] for key in opened if key in row.data}
                merged[section["uid"]] = merged.get(section["uid"], {}) | now
        return self._asked(merged)

    def _asked(self, merged):
        """Without the reopened answers to questions that are no longer asked."""
        values = _flat(merged)
        questions = {q["key"]: q for s in self.opening.definition["sections"] for q in s["questions"]}
        return {
            uid: {
                key: value
                for key, value in data.items()
                if key not in self.opening.keys or answers.applies(questions[key], values)
            }
            for uid, data in merged.items()
        }

    def _projects(self, before):
        now = [{"uuid": str(each.uuid), "entered": each.entered} for each in self.held.projects]
        if self.opening.has_project_list:
            return now
        current = {each["uuid"]: each for each in now if self.opening.has_project(each["uuid"])}
        return [current.get(each["uuid"], each) for each in before]

    def _files(self, before):
        kept = [each for each in before if not self.opening.has_document(each["slot"])]
        now = self.held.frozen(signer_name="", signer_role="")["files"]
        return kept + [each for each in now if self.opening.has_document(each["slot"])]

    def _project_gaps(self):
        gaps = completeness.missing_projects(self.held)
        if self.opening.has_project_list:
            return gaps
        wrong = {
            f"project-{each['uuid']}"
            for each in self.content["projects"]
            if self.opening.has_project(each["uuid"]) and projects.problems(each["entered"])
        }
        return [each for each in gaps if each.anchor in wrong]


def _replied(target):
    return {
        "kind": target.kind,
        "uid": target.uid,
        "comment": target.comment,
        "is_automatic": target.is_automatic,
        "reply": target.reply,
    }


def _flat(by_section):
    return {key: value for data in by_section.values() for key, value in data.items()}

"""The reopened places as the company answers them: the state of each, and where it leads."""

from dataclasses import dataclass

from django.urls import reverse

from applications.clarifications import reading as clarification_reading
from applications.clarifications.answering import Answer
from applications.clarifications.reading import Place
from applications.clarifications.reopening import Kind
from applications.drafts import tasklist
from applications.questions import versions
from applications.questions.forms import anchor_of


@dataclass(frozen=True)
class Task:
    """A reopened place as the company answers it; `typed` is what an unsaved page holds."""

    place: Place
    url: str
    is_changed: bool
    reply: str

    @property
    def is_answered(self) -> bool:
        return self.is_changed or bool(self.reply.strip())


def tasks(answer: Answer, *, typed: dict[int, str] | None = None) -> list[Task]:
    """`typed` holds replies of a page that could not be saved, by target id."""
    found = []
    for place in clarification_reading.places(answer.opening.targets, answer.earlier):
        target = place.target
        reply = (typed or {}).get(target.pk, target.reply)
        found.append(
            Task(
                place,
                url_of(target, answer.held.application),
                answer.is_changed(target),
                reply,
            )
        )
    return found


def url_of(target, application) -> str:
    """Where the company changes what a target names."""
    if target.kind == Kind.PROJECT:
        return reverse("applications:project_change", args=[application.uuid, target.uid])
    if target.kind == Kind.DOCUMENT:
        return f"{tasklist.url_of(application, tasklist.DOCUMENTS)}#slot-{target.uid}"
    if target.kind == Kind.QUESTION:
        section, question = clarification_reading.question_of(application.form_version.definition, target.uid)
        return f"{tasklist.url_of(application, section['uid'])}#{anchor_of(question)}"
    fixed = {Kind.PROJECTS: tasklist.PROJECTS, Kind.COMPANY: tasklist.COMPANY}
    return tasklist.url_of(application, fixed.get(target.kind, target.uid))


def gaps(answer: Answer) -> list[dict]:
    """What has to be put right before handing in, each with its address."""
    application = answer.held.application
    found = []
    for gap in answer.gaps():
        url = tasklist.url_of(application, gap.place)
        section = versions.section_of(application.form_version.definition, gap.place)
        question = section and next(q for q in section["questions"] if q["key"] == gap.anchor)
        anchor = anchor_of(question) if question else gap.anchor
        found.append({"sentence": gap.sentence, "url": f"{url}#{anchor}" if anchor else url})
    return found

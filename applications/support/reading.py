"""What a thread is about, in words."""

from django.utils.translation import gettext as _

from applications.drafts import tasklist
from applications.models import Thread
from applications.questions import versions
from portal.texts import colon, localized


def title_of(thread: Thread) -> str:
    """The title of the place; the form alone is read, never what the application holds there."""
    definition = thread.application.form_version.definition
    return place_title(definition, thread.place, thread.question_key)


def place_title(definition: dict, place: str, question_key: str = "") -> str:
    fixed = {
        "": _("The application at large"),
        tasklist.COMPANY: _("Company identity"),
        tasklist.PROJECTS: _("Project records"),
        tasklist.DOCUMENTS: _("Documents"),
    }
    if place in fixed:
        return fixed[place]
    section = versions.section_of(definition, place)
    if section is None:
        return _("A part that is no longer asked")
    question = next((each for each in section["questions"] if each["key"] == question_key), None)
    title = str(localized(section, "title"))
    return f"{title}{colon()}{localized(question, 'label')}" if question else title


def places(definition: dict) -> list[tuple[str, str]]:
    """(place, title) of everything one can ask about, in the order of the form."""
    uids = [tasklist.COMPANY, *(each["uid"] for each in definition["sections"])]
    return [
        (place, place_title(definition, place))
        for place in [*uids, tasklist.PROJECTS, tasklist.DOCUMENTS, ""]
    ]

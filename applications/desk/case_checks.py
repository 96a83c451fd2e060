"""What an officer should know at first sight of a case, and the lines of its verification checklist."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from applications.models import Application, CheckItem, Submission
from applications.questions import versions
from portal.accounts.models import Provider
from portal.files.models import StoredFile
from portal.texts import Text, localized

State = StoredFile.State


@dataclass(frozen=True)
class Fact:
    """One line: `mark` is the name of an icon, `tone` its colour class, `tab` where one can look at it."""

    title: str
    note: str
    state: str
    mark: str
    tone: str
    tab: str = ""


@dataclass(frozen=True)
class Check:
    title: Text
    item: CheckItem
    tab: str
    anchor: str


def facts(case: Application, submission: Submission, files: list[StoredFile]) -> list[Fact]:
    """What the portal itself knows: the company's registration, the files, and how it was handed in."""
    return [_registration(case.provider), _documents(files), _handed_in(submission)]


def checklist(case: Application) -> list[Check]:
    """The lines made when verification began, named by the form version they were made from."""
    definition = case.form_version.definition
    return [_check(item, definition) for item in case.check_items.select_related("checked_by")]


def _registration(provider):
    if provider.verification == Provider.Verification.VERIFIED:
        return Fact(
            _("The company's registration was compared with its certificate"),
            "",
            _("Verified"),
            "check",
            "ok",
        )
    return Fact(
        _("The company's registration is as the company gave it"),
        _("Nobody has compared it with the certificate yet. Needed before a commendation, not for checking."),
        _("Not verified yet"),
        "clock",
        "plain",
    )


def _documents(files):
    unsafe = [each for each in files if each.state in {State.INFECTED, State.REJECTED, State.REMOVED}]
    waiting = [each for each in files if each.state in {State.PENDING, State.ERROR}]
    unscanned = [each for each in files if is_unscanned(each)]
    if not files:
        return _about_files(_("No file was handed in."), _("None"), "document", "plain")
    if unsafe:
        sentence = ngettext("%(count)d file cannot be used.", "%(count)d files cannot be used.", len(unsafe))
        return _about_files(sentence % {"count": len(unsafe)}, _("Look at it"), "warning", "bad")
    if waiting:
        sentence = ngettext(
            "%(count)d file is still being checked.", "%(count)d files are still being checked.", len(waiting)
        )
        return _about_files(
            sentence % {"count": len(waiting)}, pgettext("state of documents", "Waiting"), "clock", "plain"
        )
    if unscanned:
        sentence = ngettext(
            "%(count)d file was not virus-scanned, only its structure was checked.",
            "%(count)d files were not virus-scanned, only their structure was checked.",
            len(unscanned),
        )
        return _about_files(sentence % {"count": len(unscanned)}, _("Take care"), "warning", "warn")
    sentence = ngettext("%(count)d file, virus-scanned.", "%(count)d files, all virus-scanned.", len(files))
    return _about_files(sentence % {"count": len(files)}, _("Done"), "check", "ok")


def is_unscanned(stored: StoredFile) -> bool:
    return stored.state == State.CLEAN and stored.checked_by != StoredFile.CheckedBy.CLAMD


def _about_files(note, state, mark, tone):
    return Fact(_("Documents"), note, state, mark, tone, "cases:documents")


def _handed_in(submission):
    signer = _("%(name)s, %(role)s") % {"name": submission.signer_name, "role": submission.signer_role}
    if submission.received_in_grace:
        return Fact(
            _("Received in the minutes of grace after closing"), signer, _("Take care"), "warning", "warn"
        )
    return Fact(_("Declared and handed in on time"), signer, _("Done"), "check", "ok")


SUBJECTS = CheckItem.Subject
TABS = {
    SUBJECTS.IDENTITY: "cases:overview",
    SUBJECTS.SECTION: "cases:answers",
    SUBJECTS.PROJECTS: "cases:projects",
    SUBJECTS.DOCUMENT: "cases:documents",
}


def title_of(subject: str, uid: str, definition: dict) -> Text:
    """What a line of the checklist is about, in the words of the form version."""
    if subject == SUBJECTS.SECTION and (section := versions.section_of(definition, uid)):
        return localized(section, "title")
    if subject == SUBJECTS.DOCUMENT and (requirement := versions.requirement_of(definition, uid)):
        return localized(requirement, "name")
    return Text(str(SUBJECTS(subject).label), "", False)


def _check(item, definition):
    title = title_of(item.subject, item.target_uid, definition)
    return Check(title, item, TABS[SUBJECTS(item.subject)], item.target_uid)

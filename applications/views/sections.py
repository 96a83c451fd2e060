from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import rounds
from applications.clarifications.reopening import Kind
from applications.drafts import drafting, tasklist
from applications.errors import ApplicationError, StaleVersion
from applications.permissions import get_for_editing
from applications.questions import answers, versions, widgets
from applications.questions.forms import SectionForm
from applications.submissions import contents, presenting
from applications.views import autosave
from applications.views.shell import (
    asked,
    for_applicants,
    is_editable,
    kept_text,
    not_editable,
    opening_of,
    saving_ends,
    version_in,
)
from portal.accounts import unsent
from portal.texts import localized


@unsent.shows_kept_text
@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, uuid, section_uid):
    """One section: saving keeps everything as typed; only "completed" asks for it to be in order."""
    application, membership = get_for_editing(request.user, uuid)
    section = versions.section_of(application.form_version.definition, section_uid)
    if section is None:
        raise Http404
    held = contents.Contents(application)
    opening = opening_of(application)
    reopened = opening and opening.narrowed(section)
    whole, section = section, reopened or section
    if request.method == "POST":
        return _save(request, membership, section, held, whole=whole)
    now = rounds.database_now()
    if not is_editable(application, now=now, opening=opening, reopened=bool(reopened)):
        return not_editable(request, application, now=now)
    row = held.sections.get(section_uid)
    kept = kept_text(request)
    initial = _as_kept(section, kept) if kept else _initial(row, section_uid, request.user)
    return _page(request, held, section, SectionForm(section, initial=initial), row)


def _as_kept(section, kept):
    """It goes on from the version that its page was made of: a colleague may have written since."""
    data = {"is_completed": kept.get("is_completed", ""), "version": kept.get("version", "")}
    return SectionForm(section, data=kept).typed() | data


def _initial(row, section_uid, user):
    if row:
        return row.data | {"version": row.version, "is_completed": "yes" if row.is_completed else ""}
    if section_uid == versions.CONTACTS:
        # Asked once: the account knows who this is.
        return {"contact_name": user.name, "contact_email": user.email, "version": 0}
    return {"version": 0}


def _save(request, membership, section, held, *, whole):
    application = held.application
    form = SectionForm(section, data=request.POST)
    data = form.typed()
    has_problems = form.says_completed and form.complain(data, _values(held, section, data))
    retired, late = _typed_too_late(application, section, request.POST, whole)
    try:
        row = drafting.save_section(
            application,
            section["uid"],
            data | late,
            base_version=version_in(request.POST.get("version", "")),
            member=membership,
            completed=form.says_completed and not has_problems,
        )
    except ApplicationError as error:
        return _not_saved(request, held, section, form, data, error, retired=retired, late=late)
    if autosave.is_asked_for(request):
        # The page shows one line: the others are told when it is saved as a whole.
        return autosave.saved(row, **({"sentence": _kept_only(retired[0])} if retired else {}))
    for question in retired:
        messages.warning(request, _kept_only(question))
    if has_problems:
        form.data = form.data.copy()
        form.data["version"] = row.version
        return _page(request, held, section, form, row)
    messages.success(request, _("“%(section)s” was saved.") % {"section": localized(section, "title")})
    if anchor := form.next_row(request.POST.get("more", ""), data):
        here = tasklist.url_of(application, section["uid"])
        return redirect(f"{here}?{urlencode({'more': request.POST['more']})}#{anchor}")
    if "leave" in request.POST:
        return redirect("applications:application", application.uuid)
    return redirect(tasklist.after(held, section["uid"]))


def _typed_too_late(application, section, posted, whole):
    """The questions that the page still asked and `section` no longer does, and what was typed for them.

    A draft's were retired while the page was open; of a submitted application less is asked than was before.
    """
    if application.is_draft and application.form_version.number == 1:
        return [], {}
    keys = widgets.keys_in(posted) - {each["key"] for each in section["questions"]}
    if application.is_draft:
        questions = versions.last_asked(application.round, section["uid"], keys)
    else:
        questions = [each for each in whole["questions"] if each["key"] in keys]
    typed = SectionForm(section | {"questions": questions}, data=posted).typed()
    late = {key: value for key, value in typed.items() if not answers.is_blank(value)}
    return [each for each in questions if each["key"] in late], late


def _kept_only(question):
    label = localized(question, "label").text
    return _(
        "“%(question)s” is no longer asked. What you typed there is kept in its section and will not be sent."
    ) % {"question": label}


def _values(held, section, data):
    """What conditions are judged by; other sections are read only where one of them is asked about."""
    keys = {each["key"] for each in section["questions"]}
    conditions = {each["only_if"]["key"] for each in section["questions"] if each["only_if"]}
    return data if conditions <= keys else held.values | data


def _not_saved(request, held, section, form, data, error, *, retired, late):
    """Nothing is saved, and all that was typed stands on the page: also what has no question any more."""
    if autosave.is_asked_for(request):
        return autosave.not_saved(error)
    row = held.sections.get(section["uid"])
    saved = row.data if row else {}
    new = [each for each in retired if answers.differ(late[each["key"]], saved.get(each["key"]))]
    typed = {
        "rows": [(each, presenting.answer_text(each, late[each["key"]])) for each in new],
        # Only a conflict is sent again as it is: what was retired is then kept with the rest.
        "fields": _fields_of(late, request.POST) if isinstance(error, StaleVersion) else [],
    }
    if isinstance(error, StaleVersion):
        return _conflict(request, held, section, data, error, typed)
    return _page(request, held, section, form, row, error=error, status=409, typed_late=typed)


def _fields_of(late, posted):
    """(name, value) of every field that holds a part of these answers."""
    names = [name for name in posted if widgets.keys_in([name]) & late.keys()]
    return [(name, value) for name in names for value in posted.getlist(name)]


def _conflict(request, held, section, data, stale, typed_late):
    """Both texts side by side; the form goes on from what this person typed, on the newest version."""
    current = stale.current
    theirs = current.data if current else {}
    differences = [
        {
            "question": question,
            "yours": presenting.answer_text(question, data.get(question["key"])),
            "theirs": presenting.answer_text(question, theirs.get(question["key"])),
        }
        for question in section["questions"]
        if answers.differ(data.get(question["key"]), theirs.get(question["key"]))
    ]
    chosen = {"is_completed": request.POST.get("is_completed", "")}
    form = SectionForm(section, initial=data | chosen | {"version": current.version if current else 0})
    return _page(
        request,
        held,
        section,
        form,
        current,
        status=409,
        differences=differences,
        error=stale,
        typed_late=typed_late,
    )


def _no_longer_asked(application, section, data):
    """Answers to questions that were retired after they were given: kept to be read, never sent."""
    asked = {question["key"] for question in section["questions"]}
    given = {key for key, value in data.items() if not answers.is_blank(value)} - asked
    questions = versions.last_asked(application.round, section["uid"], given) if given else []
    return [(each, presenting.answer_text(each, data[each["key"]])) for each in questions]


def _page(request, held, section, form, row, *, status=200, error=None, differences=(), typed_late=None):
    form.offer_rows(request.GET.get("more", ""))
    tasks = tasklist.tasks(held)
    return render(
        request,
        "applications/section.html",
        {
            "application": held.application,
            "provider": held.application.provider,
            "section": section,
            "form": form,
            "row": row,
            "tasks": tasks,
            "place": section["uid"],
            "number": [task.place for task in tasks].index(section["uid"]) + 1,
            "total": len(tasks),
            "error": error,
            "differences": differences,
            "no_longer_asked": _no_longer_asked(held.application, section, row.data if row else {}),
            "typed_late": typed_late,
            **saving_ends(held.application),
            "kept_query": unsent.query(request),
            "error_title": bool(error) or bool(form.is_bound and form.errors),
        }
        | asked(
            opening_of(held.application),
            Kind.SECTION,
            Kind.QUESTION,
            uids={section["uid"], *(each["key"] for each in section["questions"])},
        ),
        status=status,
    )

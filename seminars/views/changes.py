"""What an organiser does to a seminar as a whole: a form, a preview of the mails, then one press."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.texts import localized
from seminars import change_forms, changes, permissions
from seminars.views.answers import busy

NOT_KEPT = {"csrfmiddlewaretoken", "step"}


@dataclass(frozen=True)
class Screen:
    name: str
    form: type[change_forms.ChangeForm]
    title: Promise
    words: Promise
    button: Promise
    is_warning: bool = False


CHANGE = Screen(
    "change",
    change_forms.FactsForm,
    _("Change the time or place"),
    _(
        "Whoever has signed up is written to, and gets an updated calendar file. The rundown moves with the "
        "start."
    ),
    _("Change it and send the mails"),
)
POSTPONE = Screen(
    "postpone",
    change_forms.PostponeForm,
    _("Postpone the seminar"),
    _("It does not take place on its date. Sign-ups stay valid; you set the new date when it is known."),
    _("Postpone it and send the mails"),
    is_warning=True,
)
RESCHEDULE = Screen(
    "reschedule",
    change_forms.RescheduleForm,
    _("Set the new date"),
    _("The seminar takes place again. Whoever signed up keeps the place and is told the new date."),
    _("Set the date and send the mails"),
)
CANCEL_SEMINAR = Screen(
    "cancel_seminar",
    change_forms.CancelSeminarForm,
    _("Cancel the seminar"),
    _("It does not take place, whichever way people wanted to attend. This is final."),
    _("Cancel it and send the mails"),
    is_warning=True,
)
MOVE_ONLINE = Screen(
    "move_online",
    change_forms.MoveOnlineForm,
    _("Move online"),
    _("The session at this venue takes place online, at the same time. Its places stay valid."),
    _("Move it online and send the mails"),
    is_warning=True,
)
CANCEL_OPTION = Screen(
    "cancel_option",
    change_forms.CancelOptionForm,
    _("Cancel this way to attend"),
    _(
        "The other ways to attend stay. If this is the last one, the whole seminar is cancelled. "
        "This is final."
    ),
    _("Cancel it and send the mails"),
    is_warning=True,
)
OF_SEMINAR = (CHANGE, POSTPONE, RESCHEDULE, CANCEL_SEMINAR)
OF_OPTION = (MOVE_ONLINE, CANCEL_OPTION)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def change(request, uuid):
    return _screen(request, CHANGE, permissions.get_for_running(request.user, uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def postpone(request, uuid):
    return _screen(request, POSTPONE, permissions.get_for_running(request.user, uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def reschedule(request, uuid):
    return _screen(request, RESCHEDULE, permissions.get_for_running(request.user, uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def cancel_seminar(request, uuid):
    return _screen(request, CANCEL_SEMINAR, permissions.get_for_running(request.user, uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def move_online(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    return _screen(request, MOVE_ONLINE, option.seminar, option)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def cancel_option(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    return _screen(request, CANCEL_OPTION, option.seminar, option)


@require_POST
@require_role(*permissions.ACTORS)
def undo(request, uuid, change_uuid):
    made = permissions.get_change_for_running(request.user, uuid, change_uuid)
    try:
        changes.undo(made, actor=request.user)
        messages.success(request, gettext("Taken back. Everything is as before, and nobody was written to."))
    except changes.ChangeRefused as refusal:
        messages.error(request, str(refusal))
    except OperationalError:
        messages.error(
            request, gettext("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    return redirect("office_seminars:detail", uuid=uuid)


def context_of(seminar, *, may_run) -> dict:
    """For the overview: what can be taken back, what can be done now, and what was done."""
    history = list(seminar.changes.select_related("option", "made_by").order_by("-pk"))
    newest = next((each for each in history if not each.undone_at), None)
    seconds = int((newest.undo_until - database_now()).total_seconds()) if newest else 0
    option_acts = [(option, _allowed(OF_OPTION, seminar, option)) for option in seminar.options.all()]
    return {
        "history": history,
        "undoable": newest if may_run and seconds > 0 else None,
        "seconds_left": seconds,
        "acts": _allowed(OF_SEMINAR, seminar) if may_run else [],
        "option_acts": [each for each in option_acts if each[1]] if may_run else [],
    }


def _allowed(screens, seminar, option=None):
    """The screens of what may be done now."""
    return [screen for screen in screens if not _refusal(screen, seminar, option)]


def _refusal(screen, seminar, option):
    try:
        screen.form.kind.require_allowed(seminar, option, database_now())
    except changes.ChangeRefused as refusal:
        return str(refusal)
    return ""


def _screen(request, screen, seminar, option=None):
    context = {
        "seminar": seminar,
        "screen": screen,
        "place": localized(option, "label").text if option else "",
        "refusal": _refusal(screen, seminar, option),
    }
    form = screen.form(request.POST or None, seminar=seminar, option=option)
    code, found = take_step(request, seminar, form)
    if code == 302:
        return redirect("office_seminars:detail", uuid=seminar.uuid)
    return render(request, "seminars/office/change.html", {**context, **found, "form": form}, status=code)


def take_step(request, seminar, form) -> tuple[int, dict]:
    """From the form to the preview of its mails, and from there to the press: (status, what the page shows).

    302 when it is done. What was typed is carried along, and taken up again where the step is refused.
    """
    step = request.POST.get("step", "")
    if request.method != "POST":
        return 200, {}
    if not form.is_valid():
        return 422, {}
    if step == "edit":
        return 200, {}
    try:
        form.require_current()
        if step == "confirm":
            made = changes.make(seminar, form.change(), actor=request.user, seen=form.cleaned_data["seen"])
            messages.success(request, said(made))
            return 302, {}
        return 200, {
            "preview": changes.preview(seminar, form.change()),
            "borrowing": form.borrowing_languages(),
            "kept": kept(request),
        }
    except changes.ChangeRefused as refusal:
        form.add_error(None, ValidationError(str(refusal)))
        if isinstance(refusal, changes.Stale):
            form.look_again()
        return 409, {}
    except OperationalError:
        busy(form)
        return 503, {}


def kept(request):
    """What was typed, to be carried along behind the preview."""
    return [
        (name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)
    ]


def said(made):
    people = ngettext(
        "Done. One person is written to in a minute; until then it can be taken back.",
        "Done. %(people)s people are written to in a minute; until then it can be taken back.",
        made.people,
    )
    nobody = gettext("Done. Nobody is signed up, so no mail is sent. For a minute it can be taken back.")
    return people % {"people": made.people} if made.people else nobody

"""What was sent about a seminar and what did not arrive, and the mails that go by themselves before it."""

from django.contrib import messages
from django.db import OperationalError
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.mail import kinds
from portal.mail.models import Message
from seminars import joining, mail_settings, permissions
from seminars.mail_forms import BeforeForm
from seminars.views.answers import busy

FAILED_SHOWN, LETTERS_SHOWN = 50, 20


@require_safe
@require_role(*permissions.READERS)
def mails(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    about = Message.objects.filter(about__in=seminar.sign_ups.order_by().values("uuid"))
    counts = about.order_by().values_list("kind", "state").annotate(Count("pk"))
    failed = about.filter(state=Message.State.PARKED).order_by("to", "pk")
    now = database_now()
    options = [each for each in seminar.options.all() if joining.is_joined_online(each)]
    context = {
        "seminar": seminar,
        "rows": _rows(counts),
        "failed": [{"to": each.to, "kind": kinds.label(each.kind)} for each in failed[:FAILED_SHOWN]],
        "more_failed": max(0, failed.count() - FAILED_SHOWN),
        "options": [{"option": option, "link": joining.link_of(option)} for option in options],
        "link_opens_at": joining.opens_at(seminar),
        "refusal": mail_settings.refusal(seminar, now),
        "is_link_time": joining.opens_at(seminar) <= now < seminar.ends_at,
        "may_run": permissions.can_run_seminars(request.user),
        **_letters(seminar, now),
    }
    return render(request, "seminars/office/mails.html", context)


def _letters(seminar, now):
    """What was written by hand, the newest first, and what of it can still be taken back."""
    written = list(seminar.letters.select_related("made_by")[: LETTERS_SHOWN + 1])
    return {
        "letters": written[:LETTERS_SHOWN],
        "has_more_letters": len(written) > LETTERS_SHOWN,
        "undoable_letters": [
            (each, int((each.undo_until - now).total_seconds()))
            for each in written
            if each.undo_until > now and not each.undone_at
        ],
    }


def _rows(counts):
    """A line for each kind of mail: how many were sent, wait, were not needed, could not be sent."""
    columns = {
        Message.State.SENT: "sent",
        Message.State.QUEUED: "waiting",
        Message.State.SENDING: "waiting",
        Message.State.SUPPRESSED: "dropped",
        Message.State.PARKED: "failed",
    }
    rows = {}
    for code, state, number in counts:
        row = rows.setdefault(
            code, {"label": kinds.label(code), "sent": 0, "waiting": 0, "dropped": 0, "failed": 0}
        )
        row[columns[state]] += number
    return sorted(rows.values(), key=lambda row: row["label"])


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def before(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    form = BeforeForm(request.POST or None, seminar=seminar)
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                changed = mail_settings.change(
                    seminar,
                    links=form.links,
                    hours_before=data["hours_before"],
                    day_before=data["day_before"],
                    hour_before=data["hour_before"],
                    actor=request.user,
                )
            except mail_settings.TooLate as refusal:
                form.add_error(None, str(refusal))
                code = 409
            except OperationalError:
                busy(form)
                code = 503
            else:
                messages.success(request, _saved(seminar, changed))
                return redirect("office_seminars:mails", uuid=seminar.uuid)
    context = {"seminar": seminar, "form": form, "refusal": mail_settings.refusal(seminar, database_now())}
    return render(request, "seminars/office/mails_before.html", context, status=code)


def _saved(seminar, changed):
    if not changed:
        return _("Nothing was changed.")
    seminar.refresh_from_db()
    is_time = joining.opens_at(seminar) <= database_now() < seminar.ends_at
    if is_time and any(each.startswith("join_link") for each in changed):
        return _("Saved. The link goes to everybody with a place within a minute or two.")
    return _("Saved. The mails follow the new settings.")

"""Writing to the people whom the filters of the sign-up list show: type, look at it, send, take back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.permissions import require_role
from seminars import letters, permissions
from seminars.letter_forms import LetterForm
from seminars.views import filters
from seminars.views.answers import busy
from seminars.views.changes import kept


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def write(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    chosen = filters.read(request.GET, seminar)
    people = letters.readers(chosen.apply(seminar.sign_ups))
    form = LetterForm(
        request.POST or None,
        seminar=seminar,
        languages={person.language for person in people},
        letter=permissions.find_letter(seminar, request.GET.get("again")),
    )
    context = {
        "seminar": seminar,
        "form": form,
        "people": len(people),
        "chips": chosen.chips(request.GET),
        "fields": letters.fields_of(seminar).items(),
        "query": urlencode(chosen.values),
        "mark": letters.mark_of(people),
    }
    if request.method != "POST" or not people:
        return _page(request, context, 200)
    if not form.is_valid():
        return _page(request, context, 422)
    if request.POST.get("step") == "edit":
        return _page(request, context, 200)
    return _send_or_show(request, seminar, people, chosen, context)


def _send_or_show(request, seminar, people, chosen, context):
    form, code = context["form"], 200
    if request.POST.get("step") == "confirm":
        # Who signed up since the preview, or left, was not among those who were looked at.
        if request.POST.get("seen") == context["mark"]:
            try:
                return _send(request, seminar, people, chosen, form)
            except OperationalError:
                busy(form)
                return _page(request, context, 503)
        context["has_moved"], code = True, 409
    context["preview"] = letters.preview(seminar, people, form.letter)
    context["kept"] = [(name, value) for name, value in kept(request) if name != "seen"]
    return _page(request, context, code)


def _page(request, context, code):
    return render(request, "seminars/office/letter.html", context, status=code)


def _send(request, seminar, people, chosen, form):
    letter = form.letter
    letter.filters = chosen.values
    if letters.send(seminar, people, letter, actor=request.user):
        said = ngettext(
            "The mail to one person leaves in a minute. Until then you can take it back here.",
            "The mails to %(count)s people leave in a minute. Until then you can take them back here.",
            letter.people,
        )
        messages.success(request, said % {"count": letter.people})
    else:
        messages.info(request, _("This mail was sent before. Nobody gets it twice."))
    return redirect("office_seminars:mails", uuid=seminar.uuid)


@require_POST
@require_role(*permissions.ACTORS)
def take_back(request, uuid, letter_uuid):
    letter = permissions.get_letter_for_running(request.user, uuid, letter_uuid)
    target = reverse("office_seminars:mails", kwargs={"uuid": uuid})
    try:
        letters.take_back(letter, actor=request.user)
    except letters.LetterRefused as refusal:
        messages.error(request, str(refusal))
    except OperationalError:
        messages.error(
            request, _("The portal is busy and nothing was changed. Please try again in a moment.")
        )
    else:
        messages.success(request, _("The mails are taken back. Nobody gets them. Your text is still here:"))
        again = urlencode({**letter.filters, "again": letter.uuid})
        target = f"{reverse('office_seminars:letter', kwargs={'uuid': uuid})}?{again}"
    return redirect(target)

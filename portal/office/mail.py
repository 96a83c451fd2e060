"""What the portal wrote to whom, and what became of it."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import require_role
from portal.audit import trail
from portal.listing import Listing, page_of
from portal.mail import kinds, outbox
from portal.mail.models import Message
from portal.office import permissions
from portal.office.figures import Figure
from portal.office.forms import MailFilterForm

PAGE_SIZE = 50
TAGS = {
    Message.State.QUEUED: "govuk-tag--blue",
    Message.State.SENDING: "govuk-tag--blue",
    Message.State.SENT: "govuk-tag--green",
    Message.State.SUPPRESSED: "govuk-tag--grey",
    Message.State.PARKED: "govuk-tag--red",
}


@require_role(*permissions.SEES_MAIL)
@require_safe
def mail(request):
    form = MailFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    listing = Listing(reverse("office:mail"), chosen)
    visible = permissions.messages_visible_to(request.user)
    page = page_of(_matching(visible, chosen).order_by("-id"), request.GET.get("page"), per_page=PAGE_SIZE)
    for message in page.object_list:
        _dress(message)
    context = {
        "form": form,
        "page": page,
        "states": _states(visible, chosen, listing),
        "count": ngettext("%(count)s mail", "%(count)s mails", page.paginator.count)
        % {"count": page.paginator.count},
        "filters": _active(chosen, listing),
        "clear_url": listing.path,
    }
    return render(request, "office/mail.html", context)


@require_role(*permissions.SEES_MAIL)
@require_safe
def mail_detail(request, uuid):
    message = permissions.get_for_reading(request.user, uuid)
    _dress(message)
    context = {
        "message": message,
        "body": "" if message.is_secret else message.body,
        "can_send_again": message.state == Message.State.PARKED and permissions.can_send_again(request.user),
    }
    return render(request, "office/mail_detail.html", context)


@require_POST
@require_role(*permissions.SENDS_AGAIN)
def mail_again(request, uuid):
    message = permissions.get_for_sending_again(request.user, uuid)
    with transaction.atomic():
        queued = outbox.again(message)
        if queued:
            trail.record("mail.sent_again", obj_kind="mail", obj_uuid=message.uuid, actor=request.user)
    if queued:
        messages.success(request, _("The mail is waiting to be sent again."))
    else:
        messages.info(request, _("Nothing was changed: the mail is not among those that could not be sent."))
    return redirect("office:mail_detail", uuid=message.uuid)


def figures(user):
    counts = permissions.messages_visible_to(user).aggregate(
        parked=Count("id", filter=Q(state=Message.State.PARKED)),
        queued=Count("id", filter=Q(state=Message.State.QUEUED)),
    )
    url, parked = reverse("office:mail"), counts["parked"]
    return [
        Figure(Message.State.PARKED.label, parked, f"{url}?state=parked", is_urgent=parked > 0),
        Figure(Message.State.QUEUED.label, counts["queued"], f"{url}?state=queued"),
    ]


def _matching(found, chosen):
    if chosen.get("state"):
        found = found.filter(state=chosen["state"])
    if chosen.get("q"):
        # The subject of a secret mail is no way to search for one either.
        by_subject = Q(subject__icontains=chosen["q"], is_secret=False)
        found = found.filter(Q(to__icontains=chosen["q"]) | by_subject)
    return found


def _dress(message):
    message.tag = TAGS[message.state]
    message.kind_label = kinds.label(message.kind)
    message.title = message.kind_label if message.is_secret else message.subject


def _states(visible, chosen, listing):
    counts = dict(
        _matching(visible, {**chosen, "state": ""})
        .order_by()
        .values_list("state")
        .annotate(count=Count("id"))
    )
    return [
        {
            "label": state.label,
            "count": counts.get(state.value, 0),
            "url": listing.url(state=state.value),
            "current": chosen.get("state") == state.value,
        }
        for state in Message.State
    ]


def _active(chosen, listing):
    filters = []
    if chosen.get("q"):
        filters.append(listing.chip("q", f"“{chosen['q']}”"))
    if chosen.get("state"):
        filters.append(listing.chip("state", Message.State(chosen["state"]).label))
    return filters

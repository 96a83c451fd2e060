"""The desk of a round: how it stands, what the check finds, and what can be done next."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications import permissions, rounds
from applications.models import Round, Status
from applications.round_setup import checking, corrections, standing
from portal.accounts.permissions import require_role
from portal.listing import page_of

ROUNDS_PER_PAGE = 25


@require_safe
@require_role(*permissions.ROUND_READERS)
def index(request):
    counted = Round.objects.annotate(
        drafts=Count("applications", filter=Q(applications__status=Status.DRAFT)),
        received=Count("applications") - Count("applications", filter=Q(applications__status=Status.DRAFT)),
    )
    counted = counted.order_by("-year", "-batch", "-pk")
    page = page_of(counted, request.GET.get("page"), per_page=ROUNDS_PER_PAGE)
    now = rounds.database_now()
    return render(
        request,
        "applications/rounds/index.html",
        {
            "page": page,
            "rows": [(each, standing.of(each, now=now)) for each in page],
            "may_set_up": permissions.can_set_up_rounds(request.user),
        },
    )


@require_safe
@require_role(*permissions.ROUND_READERS)
def desk(request, uuid):
    round = permissions.get_round(request.user, uuid)
    now = rounds.database_now()
    may_set_up = permissions.can_set_up_rounds(request.user)
    found = checking.findings(round) if round.state in standing.TAKING else []
    changes = corrections.pending(round)[0] if round.is_released and not found else []
    asked = Count("questions", filter=Q(questions__retired_at=None))
    sections = list(round.sections.annotate(asked=asked).order_by("sort_order"))
    return render(
        request,
        "applications/rounds/desk.html",
        {
            "round": round,
            "standing": standing.of(round, now=now),
            "findings": [(each.sentence, screen_url(round, each)) for each in found],
            "changes": changes,
            "sections": sections,
            "extensions": round.extensions.select_related("granted_by", "application__provider"),
            "counts": _counts(round),
            "entries": standing.history_of(round, sections),
            "may_set_up": may_set_up,
            "can_take_back": rounds.is_awaited(round) and now < round.opens_at,
            "can_extend": round.is_released and round.state in standing.TAKING,
        },
    )


def screen_url(round, finding):
    """Where a finding is put right: a tab of the round's screen, or a question on that of its section."""
    if finding.section:
        url = reverse("round_sections:edit", args=[finding.section])
        return url if finding.row is None else f"{url}#inline_child_questions-{finding.row}"
    return f"{reverse('round_facts:edit', args=[round.pk])}#tab-{finding.screen}"


def _counts(round):
    counts = dict(round.applications.order_by().values_list("status").annotate(Count("pk")))
    drafts = counts.pop(Status.DRAFT, 0)
    return {"drafts": drafts, "received": sum(counts.values())}

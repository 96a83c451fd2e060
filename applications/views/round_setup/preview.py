"""The form as a provider sees it, of a round in any state, without making an application."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications import permissions
from applications.questions import question_set, versions
from applications.questions.forms import SectionForm
from portal.accounts.permissions import require_role


@require_safe
@require_role(*permissions.ROUND_READERS)
def whole(request, uuid):
    """Everything on one page, as applicants read it before they start."""
    round = permissions.get_round_for_setup(request.user, uuid)
    definition = versions.build(round)
    return render(
        request,
        "applications/rounds/preview.html",
        question_set.of(definition, round) | {"round": round, "definition": definition},
    )


@require_safe
@require_role(*permissions.ROUND_READERS)
def section(request, uuid, section_uid):
    """The page of one section with its empty form; there is nowhere to send it."""
    round = permissions.get_round_for_setup(request.user, uuid)
    definition = versions.build(round)
    found = versions.section_of(definition, section_uid)
    if found is None:
        raise Http404
    form = SectionForm(found)
    form.offer_rows(by_script_alone=True)
    place = definition["sections"].index(found)
    following = definition["sections"][place + 1 : place + 2]
    return render(
        request,
        "applications/rounds/preview_section.html",
        {
            "round": round,
            "section": found,
            "sections": definition["sections"],
            "form": form,
            "number": place + 1,
            "total": len(definition["sections"]),
            "following": following[0] if following else None,
        },
    )

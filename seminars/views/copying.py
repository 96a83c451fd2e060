from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import require_role
from seminars import copying, drafts, permissions
from seminars.forms import CopyForm


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def copy(request, uuid):
    """A new seminar like this one, on another day; then its facts are looked over where facts are edited."""
    seminar = permissions.get_for_running(request.user, uuid)
    start = timezone.localtime(seminar.starts_at)
    form = CopyForm(request.POST or None, initial={"time": f"{start:%H:%M}"})
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                made, _pages = copying.copy_seminar(seminar, starts_at=form.starts_at, user=request.user)
            except drafts.NoSeminarIndex:
                form.add_error(None, _("Nothing was copied: add a seminar index page first."))
                code = 409
            else:
                messages.success(
                    request,
                    _(
                        "The seminar is copied, with draft pages. Nobody is signed up and no mail waits. "
                        "Look over its facts, then publish the pages."
                    ),
                )
                return redirect("seminar_facts:edit", made.pk)
    return render(request, "seminars/office/copy.html", {"seminar": seminar, "form": form}, status=code)

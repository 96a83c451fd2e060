"""Reply templates: officers keep the texts that they use again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.errors import StaleVersion
from applications.models import ReplyTemplate
from applications.permissions import OFFICE_READERS, can_work_on_cases, get_reply_template
from applications.support import reply_templates
from applications.support.forms import TemplateForm
from portal.accounts.models import Role
from portal.accounts.permissions import require_role


@require_safe
@require_role(*OFFICE_READERS)
def index(request):
    rows = ReplyTemplate.objects.select_related("changed_by")
    context = {"rows": rows, "may_change": can_work_on_cases(request.user)}
    return render(request, "applications/office/reply_templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.OFFICER)
def add(request):
    form = TemplateForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reply_templates.add(form.cleaned_data, officer=request.user)
        messages.success(request, _("The template was saved."))
        return redirect("threads:templates")
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.OFFICER)
def change(request, uuid):
    template = get_reply_template(request.user, uuid)
    if request.method != "POST":
        return _page(
            request, TemplateForm(instance=template, initial={"version": template.version}), template
        )
    # Bound to a copy: checking a form writes into its instance.
    form = TemplateForm(data=request.POST, instance=get_reply_template(request.user, uuid))
    if not form.is_valid():
        return _page(request, form, template)
    base_version = form.cleaned_data["version"] or 0
    try:
        reply_templates.change(template, form.cleaned_data, base_version=base_version, officer=request.user)
    except StaleVersion as stale:
        return _page(request, _newer(request, stale.current), stale.current, stale=stale)
    messages.success(request, _("The template was saved."))
    return redirect("threads:templates")


def _newer(request, current):
    """What was typed, on the newest version: saving again takes the place of the other."""
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    return TemplateForm(data=typed, instance=ReplyTemplate.objects.get(pk=current.pk))


def _page(request, form, template=None, *, stale=None):
    context = {
        "form": form,
        "template": template,
        "stale": stale,
        "error_title": bool(stale) or bool(form.is_bound and form.errors),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "applications/office/reply_template.html", context, status=status)

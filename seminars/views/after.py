"""After the seminar: its materials, the survey, and what goes out to those who attended."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from portal.files import delivery
from portal.files.refusals import Refused
from portal.mail.models import Message
from seminars import afterwards, materials, permissions
from seminars import certificates as issuing
from seminars.after_forms import LONGEST_LINK, LinkForm, MaterialForm, TermsForm, WordsForm
from seminars.models import AttendanceCertificate
from seminars.views.answers import busy


@require_safe
@require_role(*permissions.READERS)
def after(request, uuid):
    seminar = permissions.get_for_reading(request.user, uuid)
    context = {
        "seminar": seminar,
        "materials": materials.with_files(seminar.materials.all()),
        "attended": afterwards.attended(seminar).count(),
        "told": _told(seminar),
        "can_be_taken_back": _within_a_minute(seminar.follow_up_at),
        "certificates_issued": AttendanceCertificate.objects.filter(sign_up__seminar=seminar).count(),
        "certificates_due": issuing.due(seminar).count(),
        "certificates_can_be_taken_back": _within_a_minute(seminar.certificates_at),
        "may_run": permissions.can_run_seminars(request.user),
        "refusal": materials.refusal(seminar),
    }
    return render(request, "seminars/office/after.html", context)


def _told(seminar):
    sent = Message.objects.filter(kind=afterwards.FOLLOW_UP, state=Message.State.SENT)
    return sent.filter(about__in=seminar.sign_ups.order_by().values("uuid")).count()


def _within_a_minute(moment):
    return moment is not None and moment > database_now()


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def add_material(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    initial = {"audience": "attendees", "link": request.GET.get("link", "")[:LONGEST_LINK]}
    form = MaterialForm(request.POST or None, request.FILES or None, initial=initial)
    refusal, code = materials.refusal(seminar), 200
    if request.method == "POST":
        code = _refuse(form, refusal) if refusal else _add(seminar, form, request.user)
        if code == 302:
            messages.success(request, _added(form))
            return redirect(_after_adding(seminar, form))
        if code != 409:
            form.ask_for_the_file_again()
    return _form_page(request, seminar, form, _("Add a file or a link"), code, refusal)


def _add(seminar, form, actor):
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        if data["file"]:
            materials.add_file(seminar, data["file"], words=form.words, actor=actor)
        else:
            materials.add_link(seminar, link=data["link"], words=form.words, actor=actor)
    except materials.Cancelled as refusal:
        return _refuse(form, refusal)
    except Refused as refused:
        form.add_error("file", str(refused))
        return 422
    except OperationalError:
        busy(form)
        return 503
    return 302


def _refuse(form, refusal):
    """For who had the form open already: what was typed still stands in it, to be copied."""
    form.errors.clear()
    form.add_error(
        None, _("%(why)s Nothing was saved; what you typed still stands below.") % {"why": refusal}
    )
    return 409


def _after_adding(seminar, form):
    """To the list; a link that was entered beside a file is a material of its own, in a new form."""
    if not form.link_left:
        return reverse("office_seminars:after", args=[seminar.uuid])
    address = reverse("office_seminars:material_add", args=[seminar.uuid])
    return f"{address}?{urlencode({'link': form.link_left})}"


def _added(form):
    if form.link_left:
        return _("The file is added. A link is a material of its own: check it below and save it, too.")
    if form.cleaned_data["file"]:
        return _("The file is added. It can be had as soon as it was checked for viruses.")
    return _("The link is added.")


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def material(request, uuid, material_uuid):
    found = permissions.get_material_for_running(request.user, uuid, material_uuid)
    kind = LinkForm if found.link else WordsForm
    initial = {name: getattr(found, name) for name in (*materials.WORDS, "link")}
    form = kind(request.POST or None, initial=initial)
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            link = form.cleaned_data.get("link")
            materials.change(found, words=form.words, link=link, actor=request.user)
            messages.success(request, _("“%(title)s” is saved.") % {"title": form.cleaned_data["title_en"]})
            return redirect("office_seminars:after", uuid=uuid)
    return _form_page(request, found.seminar, form, _("Change a material"), code)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def remove_material(request, uuid, material_uuid):
    found = permissions.get_material_for_running(request.user, uuid, material_uuid)
    if request.method == "POST":
        materials.remove(found, actor=request.user)
        messages.success(request, _("“%(title)s” is removed.") % {"title": found})
        return redirect("office_seminars:after", uuid=uuid)
    context = {"seminar": found.seminar, "material": found}
    return render(request, "seminars/office/material_remove.html", context)


@require_safe
@require_role(*permissions.READERS)
def material_file(request, uuid, material_uuid):
    return delivery.respond(permissions.get_material_file(request.user, uuid, material_uuid), request)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def terms(request, uuid):
    seminar = permissions.get_for_running(request.user, uuid)
    initial = {name: getattr(seminar, name) for name in ("survey_link", "certificate_minutes")}
    form = TermsForm(request.POST or None, initial=initial)
    refusal, code = materials.refusal(seminar), 200
    if request.method == "POST":
        code = _refuse(form, refusal) if refusal else 422
        if code == 422 and form.is_valid():
            try:
                afterwards.set_terms(seminar, **form.cleaned_data, actor=request.user)
            except materials.Cancelled as cancelled:
                code = _refuse(form, cancelled)
            except OperationalError:
                busy(form)
                code = 503
            else:
                messages.success(request, _("Saved."))
                return redirect("office_seminars:after", uuid=seminar.uuid)
    return _form_page(request, seminar, form, _("Survey and certificates"), code, refusal)


def _form_page(request, seminar, form, heading, code, refusal=""):
    context = {"seminar": seminar, "form": form, "heading": heading, "refusal": refusal}
    return render(request, "seminars/office/after_form.html", context, status=code)

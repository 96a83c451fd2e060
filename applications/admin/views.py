"""Wagtail's generic views, with the round's lock around a save and our ways between the screens."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from applications.admin import panels
from applications.models import Round, Section
from applications.round_setup import corrections, opening
from portal import texts
from portal.accounts.admin_policy import RolePolicy
from portal.accounts.models import Role


def _to_desk(round):
    label = gettext("Check and publish") if round.is_released else gettext("Check, preview and open")
    return reverse("rounds:desk", args=[round.uuid]), label


class LockedEditView(generic.EditView):
    """Reads and judges the form under the round's lock: opening it waits, or has happened before."""

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        opening.locked(self.round_of(self.get_object()))
        return super().post(request, *args, **kwargs)

    def get_success_message(self):
        said, round = super().get_success_message(), self.round_of(self.object)
        if not (said and round.is_released and corrections.pending(round)[0]):
            return said
        waits = gettext(
            "Applicants still see the form as it was. They get the corrections when you publish them."
        )
        return f"{said}{texts.gap()}{waits}"

    def get_success_buttons(self):
        return [messages.button(*_to_desk(self.round_of(self.object)))]


class RoundEditView(LockedEditView):
    def round_of(self, row):
        return row

    @property
    def header_buttons(self):
        url, label = _to_desk(self.object)
        return [HeaderButton(label=label, url=url, icon_name="view")]

    def get_success_url(self):
        return reverse("round_facts:edit", args=[self.object.pk])


class SectionEditView(LockedEditView):
    def round_of(self, row):
        return row.round

    def get_success_url(self):
        return reverse("round_sections:edit", args=[self.object.pk])

    def get_breadcrumbs_items(self):
        round = self.object.round
        return [
            *self.breadcrumbs_items,
            {"url": reverse("round_facts:index"), "label": _("Rounds")},
            {"url": reverse("round_facts:edit", args=[round.pk]) + "#tab-sections", "label": str(round)},
            {"url": "", "label": str(self.object)},
        ]

    @property
    def header_buttons(self):
        round = self.object.round
        preview = reverse("rounds:preview_section", args=[round.uuid, self.object.uuid])
        return [HeaderButton(label=gettext("Preview as provider"), url=preview, icon_name="view")]


class NoIndexView(generic.IndexView):
    """Sections of all rounds in one list would help nobody: the way leads to the rounds."""

    def get(self, request, *args, **kwargs):
        return redirect("round_facts:index")


class RoundViewSet(ModelViewSet):
    model = Round
    name = "round_facts"
    menu_label = _("Rounds")
    icon = "form"
    menu_order = 140
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = RoundEditView
    list_display = ["name_en", "state", "opens_at", "closes_at"]
    list_filter = ["state", "year"]
    search_fields = ["name_en", "name_zh_hant", "name_zh_hans"]
    ordering = ["-year", "-batch"]

    def get_edit_handler(self):
        return panels.round_screen()

    @property
    def permission_policy(self):
        return RolePolicy(self.model, Role.OFFICER)


class SectionViewSet(ModelViewSet):
    model = Section
    name = "round_sections"
    icon = "form"
    copy_view_enabled = False
    sort_order_field = None
    index_view_class = NoIndexView
    edit_view_class = SectionEditView
    list_display = ["title_en"]

    def get_edit_handler(self):
        return panels.section_screen()

    @property
    def permission_policy(self):
        # Sections are added and removed on the screen of their round.
        return RolePolicy(self.model, Role.OFFICER, allowed=frozenset({"change", "view"}))

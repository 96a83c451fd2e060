from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from home.panels import in_three
from portal.accounts.admin_policy import RolePolicy
from seminars import drafts, permissions
from seminars.admin_forms import SeminarForm
from seminars.models import Seminar, SeminarIndexPage

FACTS = [
    in_three("title", _("Title")),
    in_three("kind", _("Kind"), classname="collapsed"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("sign_up_opens_at"), FieldPanel("sign_up_closes_at")]),
            FieldPanel("confirms_addresses"),
        ],
        heading=_("When"),
    ),
    in_three("venue", _("Venue")),
    FieldRowPanel([FieldPanel("languages_of_delivery"), FieldPanel("languages_of_interpretation")]),
    FieldPanel("topics"),
    MultiFieldPanel(
        [
            *(FieldPanel(f"enquiry_name_{suffix}") for suffix in ("en", "zh_hant", "zh_hans")),
            FieldRowPanel([FieldPanel("enquiry_telephone"), FieldPanel("enquiry_email")]),
        ],
        heading=_("Enquiries"),
    ),
    FieldPanel("personal_data_until", help_text=_("Empty: 12 months after the seminar.")),
]
PROGRAMME = [
    InlinePanel("rundown", heading=_("Rundown"), label=_("Line")),
    InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
    InlinePanel("organisations", heading=_("Organised by"), label=_("Organisation")),
]
OPTION = [
    FieldPanel("mode"),
    in_three("label", _("Name")),
    in_three("address", _("Address"), classname="collapsed"),
    FieldPanel("map_link"),
    MultiFieldPanel(
        [
            FieldPanel("weather_triggers"),
            FieldPanel("weather_decision_time"),
            FieldPanel("weather_if_in_force"),
            FieldPanel("weather_if_hoisted_later"),
            FieldPanel("weather_effect"),
        ],
        heading=_("Weather rule"),
        classname="collapsed",
    ),
]
OFFER = [FieldPanel("offer_hours")]
ASKING = [
    InlinePanel(
        "questions",
        panels=[
            FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required")]),
            in_three("label", _("Question")),
            FieldPanel("choices"),
        ],
        heading=_("Questions on the sign-up form"),
        label=_("Question"),
    ),
    FieldPanel("by_invitation"),
    InlinePanel(
        "invitation_codes",
        panels=[FieldRowPanel([FieldPanel("code"), FieldPanel("given_to"), FieldPanel("uses")])],
        heading=_("Invitation codes"),
        label=_("Code"),
    ),
]
WHERE_TOLD = HelpPanel(
    _(
        "Once the seminar is announced, its date, time, venue and places are changed in the office under "
        "Seminars: people are told there. Everything else is edited here."
    )
)
PLACES = [FieldPanel("capacity", help_text=_("Leave empty for no limit."))]
LATER = HelpPanel(
    _(
        "Places, and who has one, are changed in the office under Seminars, because the waiting list "
        "follows. The link to join and the mails before the start are set there too."
    )
)


def tabs(*, with_places):
    options = InlinePanel(
        "options",
        panels=[*OPTION, *OFFER, *(PLACES if with_places else [])],
        heading=_("Ways to attend"),
        label=_("Way to attend"),
        min_num=1,
    )
    cap = FieldPanel("company_cap", help_text=_("Leave empty for no limit."))
    attend = [cap, options] if with_places else [LATER, options]
    return TabbedInterface(
        [
            ObjectList(FACTS if with_places else [WHERE_TOLD, *FACTS], heading=_("Facts")),
            ObjectList(PROGRAMME, heading=_("Programme")),
            ObjectList(attend, heading=_("Ways to attend")),
            ObjectList(ASKING, heading=_("Sign-up form")),
        ],
        base_form_class=SeminarForm,
    ).bind_to_model(Seminar)


class CreateSeminarView(generic.CreateView):
    """One sitting: the row, and a draft page in each language."""

    def save_instance(self):
        seminar = super().save_instance()
        try:
            self.drafts = drafts.make_drafts(seminar, user=self.request.user)
        except drafts.NoSeminarIndex:
            self.drafts = []
        return seminar

    def get_success_message(self, instance):
        if not self.drafts:
            return gettext("The seminar is saved. No page was made: add a seminar index page first.")
        return gettext(
            "“%(title)s” is saved, with a draft page in each language. Write and publish them now:"
        ) % {"title": instance}

    def get_success_buttons(self):
        return [
            messages.button(
                reverse("wagtailadmin_pages:edit", args=[page.pk]), page.locale.get_display_name()
            )
            for page in self.drafts
        ]


class EditSeminarView(generic.EditView):
    """What is done next stands in other places: pages still to be published, and the people in the office."""

    def get_success_buttons(self):
        pages = self.object.pages.filter(live=False).select_related("locale")
        drafts_left = [
            messages.button(
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                gettext("Draft: %(language)s") % {"language": page.locale.get_display_name()},
            )
            for page in pages
        ]
        buttons = [*super().get_success_buttons(), *drafts_left]
        if permissions.can_run_seminars(self.request.user):
            office = reverse("office_seminars:detail", args=[self.object.uuid])
            buttons.append(messages.button(office, gettext("Its sign-ups and changes")))
        return buttons


class SeminarViewSet(ModelViewSet):
    model = Seminar
    name = "seminar_facts"
    menu_label = _("Seminars")
    icon = "date"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = CreateSeminarView
    edit_view_class = EditSeminarView
    list_display = [
        "title_en",
        "starts_at",
        Column("get_state_display", label=_("State"), sort_key="state"),
    ]
    list_filter = ["state"]
    search_fields = ["title_en", "title_zh_hant", "title_zh_hans"]
    ordering = ["-starts_at"]
    edit_handler = tabs(with_places=False)

    @property
    def permission_policy(self):
        return RolePolicy(self.model, *permissions.FACT_EDITORS)

    def get_add_view_kwargs(self, **kwargs):
        panel = tabs(with_places=True)
        return super().get_add_view_kwargs(**{"panel": panel, "form_class": panel.get_form_class(), **kwargs})


@hooks.register("after_create_page")
def let_organisers_work_below(request, page):
    if isinstance(page, SeminarIndexPage):
        drafts.let_organisers_work_below(page)


@hooks.register("register_admin_viewset")
def register_seminars():
    return SeminarViewSet()

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
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

from home import admin_releasing, releasing, simplified_boxes
from home.panels import in_three
from home.releasing import Ending
from portal.accounts.admin_policy import RolePolicy
from seminars import drafts, kept_pages, new_seminar, permissions
from seminars.admin_forms import SeminarForm
from seminars.models import Seminar, SeminarIndexPage

TITLE, KIND = in_three("title", _("Title")), in_three("kind", _("Kind"), classname="collapsed")
TIMES = FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])
VENUE = in_three("venue", _("Venue"))
SPOKEN = FieldRowPanel([FieldPanel("languages_of_delivery"), FieldPanel("languages_of_interpretation")])
ENQUIRIES = MultiFieldPanel(
    [
        *(FieldPanel(f"enquiry_name_{suffix}") for suffix in ("en", "zh_hant", "zh_hans")),
        FieldRowPanel([FieldPanel("enquiry_telephone"), FieldPanel("enquiry_email")]),
    ],
    heading=_("Enquiries"),
)
KEPT_UNTIL = FieldPanel("personal_data_until", help_text=_("Empty: 12 months after the seminar."))
FACTS = [
    TITLE,
    KIND,
    MultiFieldPanel(
        [
            TIMES,
            FieldRowPanel([FieldPanel("sign_up_opens_at"), FieldPanel("sign_up_closes_at")]),
            FieldPanel("confirms_addresses"),
        ],
        heading=_("When"),
    ),
    VENUE,
    SPOKEN,
    FieldPanel("topics"),
    ENQUIRIES,
    KEPT_UNTIL,
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
LESS_OFTEN = [FieldPanel("confirms_addresses"), KEPT_UNTIL]
NEEDED = _(
    "Write English and Traditional Chinese. What you leave empty in Simplified Chinese is drafted from the "
    "Traditional, for you to read before anything is saved."
)
PLACES = [FieldPanel("capacity", help_text=_("Leave empty for no limit."))]
LATER = HelpPanel(
    _(
        "Places, and who has one, are changed in the office under Seminars, because the waiting list "
        "follows. The link to join and the mails before the start are set there too."
    )
)


CAP = FieldPanel("company_cap", help_text=_("Leave empty for no limit."))
NEW_NAME = HelpPanel(_("Left empty, the name is the way to attend, in each language."))


def _options(*panels):
    heading, label = _("Ways to attend"), _("Way to attend")
    return InlinePanel("options", panels=list(panels), heading=heading, label=label, min_num=1)


def _bound(tabs, form):
    """`tabs` are pairs of a heading and its panels."""
    lists = [ObjectList(panels, heading=heading) for heading, panels in tabs]
    return TabbedInterface(lists, base_form_class=form).bind_to_model(Seminar)


def edit_tabs():
    return _bound(
        [
            (_("Facts"), [WHERE_TOLD, *FACTS]),
            (_("Programme"), PROGRAMME),
            (_("Ways to attend"), [LATER, _options(*OPTION, *OFFER)]),
            (_("Sign-up form"), ASKING),
        ],
        SeminarForm,
    )


def new_tabs():
    """First what every seminar needs, so that who needs no more never leaves the first tab."""
    opens = FieldPanel("sign_up_opens_at", help_text=_("Hong Kong time. Empty: at once."))
    closes = FieldPanel("sign_up_closes_at", help_text=_("Hong Kong time. Empty: when the seminar starts."))
    mode, *more = OPTION
    return _bound(
        [
            (
                _("What is needed"),
                [
                    HelpPanel(NEEDED),
                    TITLE,
                    MultiFieldPanel([TIMES, FieldRowPanel([opens, closes])], heading=_("When")),
                    _options(mode, *PLACES, NEW_NAME, *more, *OFFER),
                    in_three("venue", _("Venue"), help_text=_("Empty, where everybody attends online.")),
                    SPOKEN,
                    new_seminar.PAGE_WORDS,
                    new_seminar.READ,
                ],
            ),
            (_("Programme"), PROGRAMME),
            (_("More facts"), [KIND, FieldPanel("topics"), ENQUIRIES, CAP, *LESS_OFTEN]),
            (_("Sign-up form"), ASKING),
        ],
        new_seminar.NewSeminarForm,
    )


def kept_tabs():
    """Of a seminar whose pages are drafts still: what they say stands beside its facts."""
    return _bound(
        [
            (
                _("What is needed"),
                [HelpPanel(NEEDED), *FACTS[:-1], new_seminar.PAGE_WORDS, KEPT_UNTIL, new_seminar.READ],
            ),
            (_("Programme"), PROGRAMME),
            (_("Ways to attend"), [LATER, _options(*OPTION, *OFFER)]),
            (_("Sign-up form"), ASKING),
        ],
        new_seminar.KeptSeminarForm,
    )


class CreateSeminarView(generic.CreateView):
    """One sitting: the row, and a draft page in each language."""

    template_name = "seminars/admin/new_seminar.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        parents = drafts.indexes()
        self.endings = releasing.endings_for(request.user, parents) if parents else [Ending.KEEP]
        self.ending = admin_releasing.chosen(request.POST, self.endings)

    def get_initial_form_instance(self):
        return new_seminar.begin() if self.request.method != "POST" else None

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if "data" in kwargs:
            kwargs["data"] = simplified_boxes.fill_in(new_seminar.fill_in(kwargs["data"]))
        return kwargs

    def get_context_data(self, **kwargs):
        buttons = admin_releasing.buttons_for(self.endings)
        return super().get_context_data(**kwargs) | {"buttons": buttons}

    def is_valid(self, form):
        is_valid = super().is_valid(form)
        if not is_valid and admin_releasing.waits_for_a_reader_only(form):
            admin_releasing.tell_what_is_missing(self.request, form)
            self.produced_error_message = None
        return is_valid

    def save_instance(self):
        seminar, user = super().save_instance(), self.request.user
        try:
            self.drafts = drafts.make_drafts(seminar, user=user, words=self.form.page_words())
        except drafts.NoSeminarIndex:
            self.drafts = []
        releasing.end(self.drafts, self.ending, user=user)
        return seminar

    def save_action(self):
        if self.drafts:
            again = reverse("seminar_facts:edit", args=[self.object.pk]) if self.ending == Ending.KEEP else ""
            admin_releasing.tell(self.request, self.drafts, self.ending, again=again)
        else:
            messages.warning(
                self.request,
                gettext("The seminar is saved. No page was made: add a seminar index page first."),
            )
        return redirect(self.get_success_url())


class EditSeminarView(generic.EditView):
    """What is done next stands in other places: pages still to be published, and the people in the office.

    Pages that are drafts in all languages are written on here, and published or submitted by one press.
    """

    kept, endings = None, ()

    def setup(self, request, *args, **kwargs):
        seminar = Seminar.objects.filter(pk=kwargs["pk"]).first()
        self.kept = seminar and kept_pages.of(seminar, request.user)
        super().setup(request, *args, **kwargs)
        if self.kept:
            self.template_name = CreateSeminarView.template_name
            self.endings = releasing.endings_for(request.user, self.kept.parents)
            self.ending = admin_releasing.chosen(request.POST, self.endings)

    def get_panel(self):
        return kept_tabs() if self.kept else super().get_panel()

    def get_form_class(self):
        return self.panel.get_form_class()

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if not self.kept:
            return kwargs
        if "data" in kwargs:
            kwargs["data"] = simplified_boxes.fill_in(new_seminar.fill_in(kwargs["data"]))
        # The form knows what stands in its boxes.
        return {name: value for name, value in kwargs.items() if name != "initial"} | {"kept": self.kept}

    def get_context_data(self, **kwargs):
        buttons = admin_releasing.buttons_for(self.endings)
        return super().get_context_data(**kwargs) | {"buttons": buttons}

    def is_valid(self, form):
        is_valid = super().is_valid(form)
        if self.kept and not is_valid and admin_releasing.waits_for_a_reader_only(form):
            admin_releasing.tell_what_is_missing(self.request, form)
            self.produced_error_message = None
        return is_valid

    def save_instance(self):
        seminar, user = super().save_instance(), self.request.user
        if self.kept:
            pages = kept_pages.write(self.kept, seminar, self.form.page_words(), user=user)
            releasing.end(pages, self.ending, user=user)
        return seminar

    def save_action(self):
        if not self.kept:
            return super().save_action()
        again = self.get_edit_url() if self.ending == Ending.KEEP else ""
        admin_releasing.tell(self.request, self.kept.pages, self.ending, again=again)
        return redirect(self.get_success_url())

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


class SeminarFilters(WagtailFilterSet):
    # Named here: the column has no name of its own to translate.
    state = ChoiceFilter(label=_("State"), choices=Seminar.State.choices)

    class Meta:
        model = Seminar
        fields = ["state"]


class SeminarIndexView(generic.IndexView):
    filterset_class = SeminarFilters

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(live_pages=Count("pages", filter=Q(pages__live=True)))


def _where_pages_are(seminar):
    """What an editor looks for who kept drafts: a press on the title opens all of them."""
    return gettext("On the site") if seminar.live_pages else gettext("Drafts only")


class SeminarViewSet(ModelViewSet):
    model = Seminar
    name = "seminar_facts"
    menu_label = _("Seminars")
    icon = "date"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = SeminarIndexView
    add_view_class = CreateSeminarView
    edit_view_class = EditSeminarView
    list_display = [
        "title_en",
        "starts_at",
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("live_pages", label=_("Pages"), accessor=_where_pages_are, sort_key="live_pages"),
    ]
    search_fields = ["title_en", "title_zh_hant", "title_zh_hans"]
    ordering = ["-starts_at"]
    edit_handler = edit_tabs()

    @property
    def permission_policy(self):
        return RolePolicy(self.model, *permissions.FACT_EDITORS)

    def get_add_view_kwargs(self, **kwargs):
        panel = new_tabs()
        return super().get_add_view_kwargs(**{"panel": panel, "form_class": panel.get_form_class(), **kwargs})


@hooks.register("after_create_page")
def let_organisers_work_below(request, page):
    if isinstance(page, SeminarIndexPage):
        drafts.let_organisers_work_below(page)


@hooks.register("register_admin_viewset")
def register_seminars():
    return SeminarViewSet()

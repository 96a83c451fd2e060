"""The screens of a round in Wagtail's admin: one for the round with its sections, one for each section."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from applications.admin.forms import RetiringForm, RoundForm
from applications.admin.section_form import QuestionForm, QuestionFormSet, SectionForm
from applications.models import Question, Round, Section
from applications.round_setup.checking import Screen
from home.panels import in_three


def in_row(name):
    """The three languages side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_{suffix}") for suffix in ("en", "zh_hant", "zh_hans")])


class RowsPanel(InlinePanel):
    """An InlinePanel whose rows have a form class of their own."""

    def __init__(self, relation_name, *, row_form, formset=BaseChildFormSet, **options):
        super().__init__(relation_name, **options)
        self.row_form, self.formset = row_form, formset

    def clone_kwargs(self):
        return super().clone_kwargs() | {"row_form": self.row_form, "formset": self.formset}

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": self.row_form, "formset": self.formset}
        return options


class Tab(ObjectList):
    """A tab whose address does not depend on the language of its heading."""

    def __init__(self, *args, code, **options):
        super().__init__(*args, **options)
        self.code = code

    def clone_kwargs(self):
        return super().clone_kwargs() | {"code": self.code}

    @property
    def clean_name(self):
        return str(self.code)


class QuestionsLink(Panel):
    """In the row of a section: the way to its questions, once it is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "applications/admin/questions_link.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            if self.instance and self.instance.pk:
                context["count"] = self.instance.questions.count()
                context["url"] = reverse("round_sections:edit", args=[self.instance.pk])
            return context


class KeysPanel(Panel):
    """The keys that a condition may name, offered while one types."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "applications/admin/keys.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            kinds = ("yes_no", "one_of", "several_of")
            rows = Question.objects.filter(
                section__round=self.instance.round_id, kind__in=kinds, retired_at=None
            )
            order = ("section__sort_order", "sort_order")
            context["keys"] = rows.order_by(*order).values_list("key", "label_en")
            return context


FACTS = [
    FieldRowPanel([FieldPanel("year"), FieldPanel("batch"), FieldPanel("reference_prefix")]),
    in_three("name", pgettext_lazy("of a thing", "Name")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at"), FieldPanel("grace_minutes")]),
            FieldPanel("assessment_closes_at"),
        ],
        heading=_("When"),
        help_text=_("Hong Kong time. Once the round is open, closing is moved in the office, under Rounds."),
    ),
    FieldRowPanel([FieldPanel("expected_minutes"), FieldPanel("minimum_projects")]),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("label_valid_from"), FieldPanel("label_valid_until")]),
            FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")]),
        ],
        heading=_("Label and public notice"),
    ),
]
TEXTS = [
    in_three("introduction", _("Introduction")),
    in_three("declaration", _("Declaration")),
    in_three("signing_bodies", _("Signing bodies"), help_text=_("As they are named this year, a line each.")),
]
SECTIONS = [
    HelpPanel(_("New sections get their questions after saving. A section with questions is not removed.")),
    InlinePanel(
        "sections",
        panels=[
            in_row("title"),
            FieldPanel("group"),
            QuestionsLink(),
        ],
        heading=_("Sections"),
        label=_("Section"),
    ),
]
DOCUMENTS = [
    RowsPanel(
        "document_requirements",
        row_form=RetiringForm,
        panels=[
            in_three("name", pgettext_lazy("of a thing", "Name")),
            in_three("help", _("Help"), classname="collapsed"),
            FieldRowPanel([FieldPanel("types"), FieldPanel("max_files"), FieldPanel("max_megabytes")]),
            FieldRowPanel([FieldPanel("required"), FieldPanel("retired")]),
        ],
        heading=_("Documents"),
        label=_("Document"),
    )
]
ELIGIBILITY = [
    RowsPanel(
        "eligibility_items",
        row_form=RetiringForm,
        panels=[
            in_three("text", _("Question")),
            in_three("help", _("Help"), classname="collapsed"),
            FieldPanel("retired"),
        ],
        heading=_("Eligibility items"),
        label=_("Eligibility item"),
    )
]
CRITERIA = [
    InlinePanel(
        "criteria",
        panels=[
            in_three("name", pgettext_lazy("of a thing", "Name")),
            in_three("guidance", _("Guidance"), classname="collapsed"),
            FieldRowPanel([FieldPanel("weight"), FieldPanel("scale_max")]),
        ],
        heading=_("Criteria"),
        label=_("Criterion"),
    )
]
QUESTION = [
    FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("required")]),
    in_three("label", _("Question")),
    in_row("hint"),
    *(in_row(name) for name in ("guidance", "why", "good", "example")),
    MultiFieldPanel(
        [
            FieldPanel("limit"),
            in_row("unit"),
            FieldPanel("choices"),
            FieldPanel("columns"),
        ],
        heading=_("Limit, unit, choices and columns"),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("only_if_key"), FieldPanel("only_if_value")])],
        heading=_("Only if an earlier question was answered so"),
        classname="collapsed",
    ),
    FieldPanel("retired"),
]  # fmt: skip
SECTION = [
    in_three("title", _("Title")),
    FieldPanel("group"),
    in_three("guidance", _("Guidance"), classname="collapsed"),
    KeysPanel(),
    RowsPanel(
        "questions",
        row_form=QuestionForm,
        formset=QuestionFormSet,
        panels=QUESTION,
        heading=_("Questions"),
        label=_("Question"),
    ),
]
TABS = {
    Screen.FACTS: (FACTS, _("Facts and dates")),
    Screen.TEXTS: (TEXTS, _("Texts")),
    Screen.SECTIONS: (SECTIONS, _("Sections")),
    Screen.DOCUMENTS: (DOCUMENTS, _("Documents")),
    Screen.ELIGIBILITY: (ELIGIBILITY, _("Eligibility")),
    Screen.CRITERIA: (CRITERIA, _("Criteria")),
}


def round_screen():
    return TabbedInterface(
        [Tab(panels, heading=heading, code=code) for code, (panels, heading) in TABS.items()],
        base_form_class=RoundForm,
    ).bind_to_model(Round)


def section_screen():
    return ObjectList(SECTION, base_form_class=SectionForm).bind_to_model(Section)

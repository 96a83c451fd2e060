"""The screen of one section: its questions must make sense together, and with those of the whole round."""

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet

from applications.admin.forms import GuardedForm, RetiringForm
from applications.models import Question
from applications.round_setup import checking, conditions, keys, published
from applications.round_setup.lines import BadLine, parse_lines


class QuestionForm(RetiringForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].required = False
        self.fields["key"].help_text = _("Short name for exports. Left empty, it is made from the question.")
        self.fields["only_if_key"].widget.attrs["list"] = "round-keys"
        self.fields["only_if_key"].help_text = _("The key of an earlier choice question.")
        self.fields["only_if_value"].help_text = _("The code of its answer; yes or no for a yes/no question.")

    def clean(self):
        cleaned = super().clean()
        needs = {"one_of": "choices", "several_of": "choices", "table": "columns"}.get(cleaned.get("kind"))
        for name in ("choices", "columns"):
            try:
                lines = parse_lines(cleaned.get(name) or "")
            except BadLine as bad:
                self.add_error(name, str(bad))
            else:
                if name == needs and not lines:
                    self.add_error(name, _("This kind of question needs some: a line each."))
        if sentence := checking.limit_problem(cleaned.get("kind"), cleaned.get("limit")):
            self.add_error("limit", sentence)
        return cleaned


class QuestionFormSet(BaseChildFormSet):
    def validate_unique(self):
        """Nothing: QuestionRows judges keys in words, for the whole round, and makes the missing ones."""


class SectionForm(GuardedForm):
    obj_kind = "section"

    def clean(self):
        cleaned = super().clean()
        rows = self.formsets.get("questions")
        if rows is not None and rows.is_bound:
            QuestionRows(self, rows).check()
        return cleaned


class QuestionRows:
    """The rows of the form as they would be saved, beside the questions of the other sections."""

    def __init__(self, form, formset):
        self.form, self.section = form, form.instance
        self.deleted = formset.deleted_forms if formset.is_valid() else []
        live = [
            row for row in formset.forms if row not in self.deleted and (row.instance.pk or row.has_changed())
        ]
        readable = [row for row in live if row.is_valid()]
        self.rows = sorted(readable, key=lambda row: row.cleaned_data.get("ORDER") or 0)
        self.published = published.of(self.section.round).questions

    def check(self):
        self._keys()
        self._removals()
        self._conditions()

    def _keys(self):
        others = keys.in_round(self.section.round, other_than=self.section)
        typed = {
            row.cleaned_data["key"]: row.cleaned_data["kind"] for row in self.rows if row.cleaned_data["key"]
        }
        for row in self.rows:
            kind, was = row.cleaned_data["kind"], row.initial.get("key", "")
            key = row.cleaned_data["key"] or was
            key = key or keys.suggest(row.cleaned_data["label_en"], others | typed, kind)
            row.cleaned_data["key"] = row.instance.key = key
            if key != was and not keys.KEY.fullmatch(key):
                row.add_error("key", _("Use small letters, digits and _ only, and begin with a letter."))
            elif keys.taken(key, kind, others):
                row.add_error("key", _("This key is taken in the round, or too close to another one."))
            self._as_published(row, was, key, kind)
            others[key] = kind

    def _as_published(self, row, was, key, kind):
        if was not in self.published:
            return
        if key != was:
            row.add_error("key", _("The form is published with the key “%(key)s”: it stays.") % {"key": was})
        if kind != self.published[was]:
            row.add_error(
                "kind",
                _("The form is published, so the kind stays. Retire this question and add a new one."),
            )

    def _removals(self):
        gone = [row.instance for row in self.deleted if row.instance.pk]
        for question in gone:
            if question.key in self.published:
                self.form.add_error(None, published.removal_refused(question.label_en))
        missing = {question.key for question in gone} | {
            row.cleaned_data["key"] for row in self.rows if row.cleaned_data.get("retired")
        }
        for question in self._elsewhere().filter(only_if_key__in=missing):
            self.form.add_error(
                None,
                _("“%(question)s” in section “%(section)s” depends on “%(key)s”. Change its condition first.")
                % {
                    "question": question.label_en,
                    "section": question.section.title_en,
                    "key": question.only_if_key,
                },
            )

    def _elsewhere(self):
        rows = Question.objects.filter(section__round=self.section.round, retired_at=None)
        rows = rows.exclude(section=self.section).select_related("section")
        return rows.order_by("section__sort_order", "sort_order")

    def _conditions(self):
        asked_here = [row for row in self.rows if not row.cleaned_data.get("retired")]
        here = [_asked(row) for row in asked_here]
        order = self.section.sort_order or 0
        before, after = [], []
        for question in self._elsewhere():
            earlier = (question.section.sort_order or 0) < order
            (before if earlier else after).append(conditions.asked(question))
        questions = [*before, *here, *after]
        for row, asked in zip(asked_here, here, strict=True):
            if sentence := conditions.problem(asked, questions):
                row.add_error(conditions.wrong_field(asked, questions), forms.ValidationError(sentence))


def _asked(row):
    data = row.cleaned_data
    names = ("key", "kind", "choices", "only_if_key", "only_if_value")
    return conditions.Asked(*(data.get(name) or "" for name in names), label=data.get("label_en", ""))

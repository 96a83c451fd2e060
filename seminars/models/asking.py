"""What a seminar asks beyond the standing form: questions of its own, and a code from an invitation."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey

from portal.forms.text import fold_code
from seminars.models.seminar import Seminar

LINE_PARTS = 4


class SeminarQuestion(models.Model):
    """One question of the organiser on the sign-up form. Answers stand with the sign-up, by this uuid."""

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("kind of question", "Text")
        CHOICE = "choice", pgettext_lazy("kind of question", "One of several")
        YES_NO = "yes_no", pgettext_lazy("kind of question", "Yes or no")

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="questions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    label_en = models.CharField(_("question in English"), max_length=200)
    label_zh_hant = models.CharField(_("question in Traditional Chinese"), max_length=200)
    label_zh_hans = models.CharField(_("question in Simplified Chinese"), max_length=200)
    choices = models.TextField(
        _("choices, a line each"),
        max_length=2000,
        blank=True,
        help_text=_("For “one of several”: code | English | 繁體 | 简体. The code never changes."),
    )
    is_required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("question")

    def __str__(self):
        return self.label_en

    @property
    def choice_rows(self):
        """(code, texts by column) of each line, for portal.texts.localized."""
        rows = []
        for line in self.choices.splitlines():
            parts = [part.strip() for part in line.replace("｜", "|").split("|")]
            if len(parts) == LINE_PARTS and all(parts):
                code, english, hant, hans = parts
                rows.append((code, {"label_en": english, "label_zh_hant": hant, "label_zh_hans": hans}))
        return rows

    def clean(self):
        lines = [line for line in self.choices.splitlines() if line.strip()]
        codes = [code for code, _texts in self.choice_rows]
        if self.kind != self.Kind.CHOICE:
            return
        if len(lines) < 2 or len(codes) != len(lines):
            raise ValidationError(
                {"choices": _("Enter at least two lines, each as: code | English | 繁體 | 简体")}
            )
        if len(set(codes)) != len(codes):
            raise ValidationError({"choices": _("Each code may stand once.")})


class InvitationCode(models.Model):
    """Lets people sign up for a seminar by invitation. Its uses are counted from live sign-ups."""

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="invitation_codes")
    code = models.CharField(
        _("code"),
        max_length=40,
        help_text=_("At least 6 letters or digits; capitals and spaces do not count."),
    )
    given_to = models.CharField(
        _("given to"),
        max_length=120,
        blank=True,
        help_text=_("For the office only, for example an association."),
    )
    uses = models.PositiveSmallIntegerField(
        _("how many people may use it"), null=True, blank=True, help_text=_("Leave empty for no limit.")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("invitation code")
        constraints = [models.UniqueConstraint("seminar", Upper("code"), name="invitation_code_once")]

    def __str__(self):
        return self.code

    def clean(self):
        self.code = fold_code(self.code)
        if len(self.code) < 6:
            raise ValidationError({"code": _("Enter at least 6 letters or digits: nobody should guess it.")})

from django import forms
from django.db import models
from django.utils.text import capfirst


class CodeListField(models.JSONField):
    """A list of codes out of a fixed set, ticked in forms. `codes` is a TextChoices class."""

    def __init__(self, *args, codes=None, **kwargs):
        self.codes = codes
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.codes.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )

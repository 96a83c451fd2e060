from portal.forms.base import Form, FormMixin, ModelForm, Renderer
from portal.forms.fields import (
    ClockField,
    CodeField,
    DateField,
    DateParts,
    DecimalField,
    EmailField,
    IntegerField,
    PhoneField,
    no_web_address,
)
from portal.forms.text import count_characters, fold_code, fold_width, unify_line_ends

__all__ = [
    "ClockField",
    "CodeField",
    "DateField",
    "DateParts",
    "DecimalField",
    "EmailField",
    "Form",
    "FormMixin",
    "IntegerField",
    "ModelForm",
    "PhoneField",
    "Renderer",
    "count_characters",
    "fold_code",
    "fold_width",
    "no_web_address",
    "unify_line_ends",
]

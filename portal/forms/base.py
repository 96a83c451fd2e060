from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.translation import get_language

from portal.forms.fields import DateParts
from portal.forms.messages import name_of, object_of, set_plain_messages
from portal.forms.text import one_line, unify_line_ends

CSS = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (forms.widgets.Input, "govuk-input"),
)
ONE_LINE = (forms.TextInput, forms.EmailInput, forms.URLInput)
ERROR_CSS = ("govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload")


class BoundField(DjangoBoundField):
    """A field as templates/forms/ shows it."""

    @property
    def data(self):
        value = super().data
        if not isinstance(value, str):
            return value
        # A browser sends no line end from such a field; one in a name would write paragraphs into our mails.
        is_one_line = isinstance(self.field, forms.CharField) and isinstance(self.field.widget, ONE_LINE)
        return one_line(value) if is_one_line else unify_line_ends(value)

    @property
    def is_optional(self):
        """Says "(optional)". A field that only submitting will ask for sets `required_on_submit`."""
        field = self.field
        return not (
            field.required
            or getattr(field, "required_on_submit", False)
            or not self.form.mark_optional
            or isinstance(field, forms.BooleanField)
        )

    @property
    def kind(self):
        """Which body templates/forms/field.html gives it."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if self.use_fieldset:
            return "fieldset"
        return "plain"

    @property
    def limit(self):
        """The number of characters to count down from: long answers, and what a field says is `counted`."""
        if getattr(self.field, "counted", isinstance(self.field.widget, forms.Textarea)):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def anchor(self):
        """The id of the control that a link in the error summary leads to."""
        if isinstance(self.field.widget, DateParts):
            return f"{self.auto_id}_{0 if get_language() == 'en' else 2}"
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label or self.auto_id

    @property
    def aria_describedby(self):
        ids = super().aria_describedby
        if self.limit and ids is not None:
            ids = f"{ids} {self.auto_id}_count".strip()
        return ids

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            css = next((css for kind, css in CSS if isinstance(widget, kind)), "")
            if self.errors and css.startswith(ERROR_CSS):
                css += f" {css.split()[0]}--error"
            css = f"{css} {widget.attrs.get('class', '')}".strip()
            if css:
                attrs["class"] = css
        if self.kind != "plain":
            attrs.pop("aria-invalid", None)  # belongs to a group, not to a box or a circle
        return attrs


class Renderer(TemplatesSetting):
    """Our forms are drawn by templates/forms/, and Wagtail's keep Django's own set."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField

    def get_template(self, template_name):
        try:
            return super().get_template(template_name.replace("django/forms/", "forms/", 1))
        except TemplateDoesNotExist:
            return super().get_template(template_name)


class FormMixin:
    """GOV.UK markup, plain messages and no obstacles in the browser. Mix it in before any Django form."""

    default_renderer = Renderer
    use_required_attribute = False
    # A filter form is optional as a whole and says so nowhere.
    mark_optional = True
    # How a sentence names a field, where its label does not fit: {"email": _("your email address")}.
    names = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.prepare(name)

    def prepare(self, name):
        """Dress one field; call it for a field that is added after construction."""
        field = self.fields[name]
        label = field.label if field.label is not None else name.replace("_", " ").capitalize()
        own = str(self.names.get(name, ""))
        set_plain_messages(field, own or object_of(label), own or name_of(label))
        _free_widget(field)

    @property
    def error_items(self):
        """(anchor, message) pairs in the order of the page, for the error summary."""
        items = [("", message) for message in self.errors.get(NON_FIELD_ERRORS, ())]
        for name in self.fields:
            anchor = "" if self[name].is_hidden else self[name].anchor
            items += [(anchor, message) for message in self.errors.get(name, ())]
        return items


def _free_widget(field):
    """No attribute may block typing or pasting: limits are told by the message instead."""
    widget = field.widget
    for attribute in ("maxlength", "minlength", "min", "max", "step", "cols"):
        widget.attrs.pop(attribute, None)
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        kind = "decimal" if isinstance(field, forms.DecimalField | forms.FloatField) else "numeric"
        widget.attrs.setdefault("inputmode", kind)
        widget.attrs.setdefault("class", "govuk-input--width-10")
    elif isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = 6 if widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"]
    elif isinstance(widget, forms.EmailInput):
        widget.attrs.setdefault("autocomplete", "email")
        widget.attrs.setdefault("spellcheck", "false")
    elif isinstance(widget, forms.PasswordInput):
        widget.attrs.setdefault("spellcheck", "false")
        widget.attrs.setdefault("autocapitalize", "none")


class Form(FormMixin, forms.Form):
    pass


class ModelForm(FormMixin, forms.ModelForm):
    pass

"""Messages say what to do and name the thing: "Enter your email address"."""

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

# First words of labels that keep their capital inside a sentence.
PROPER = {"Hong", "Mainland", "Guangdong", "Macao", "Chinese", "English", "Traditional", "Simplified"}
# First words of labels that take no article inside a sentence.
NO_ARTICLE = {
    *("a", "an", "the", "this", "that", "these", "those", "your", "our", "their", "his", "her", "its", "my"),
    *("what", "which", "who", "whom", "whose", "where", "when", "why", "how", "whether", "if"),
    *(
        "all",
        "any",
        "both",
        "each",
        "every",
        "no",
        "one",
        "some",
        "at",
        "by",
        "for",
        "from",
        "in",
        "on",
        "to",
    ),
}
CHOICES = (forms.ChoiceField, forms.ModelChoiceField)
# Translated for the fields that are there: a long form has a hundred.
KINDS = (
    (forms.EmailField, gettext_lazy("Enter %(name)s in the form name@example.com")),
    (forms.DateField, gettext_lazy("Enter %(name)s as a real date with day, month and year")),
    (forms.DecimalField, gettext_lazy("Enter %(name)s as a number, like 12.5")),
    (forms.FloatField, gettext_lazy("Enter %(name)s as a number, like 12.5")),
    (forms.IntegerField, gettext_lazy("Enter %(name)s as a whole number, like 12")),
    (forms.URLField, gettext_lazy("Enter %(name)s as a full web address, like https://www.example.com")),
)


def name_of(label):
    """The label inside a sentence: `Email address` becomes `email address`; `VOC` and `I agree` stay."""
    label = str(label).strip().rstrip("?：:")
    if get_language() != "en" or not label[1:2].islower() or label.split()[0] in PROPER:
        return label
    return label[:1].lower() + label[1:]


def object_of(label):
    """The label as what a sentence asks for: `the email address`, `your answer to “Is there a lift?”`."""
    label = str(label).strip()
    if label.endswith(("?", "？")):
        return _("your answer to “%(question)s”") % {"question": label}
    name = name_of(label)
    first = name.split(" ")[0].lower()
    if get_language() != "en" or not name or first in NO_ARTICLE or first[:1].isdigit():
        return name
    return f"the {name}"


def plain_messages(field, name, title=""):
    """The messages of one field by Django's codes.

    `name` is how a sentence calls what it asks for, `title` how it calls the field behind a colon.
    """
    found = {**_required(field), **_invalid(field), **_limits(field)}
    texts = {"%(name)s": name, "%(title)s": title or name}
    for code, message in found.items():
        is_filled_in_later = "%(limit" in message or "%(max" in message  # by Django, and only then
        for place, text in texts.items():
            message = message.replace(place, text.replace("%", "%%") if is_filled_in_later else text)
        found[code] = message
    return found


def _required(field):
    if isinstance(field, forms.BooleanField):
        return {"required": _("Tick the box to go on: %(title)s")}
    if isinstance(field, CHOICES):
        return {"required": pgettext("error", "Choose %(name)s")}
    if isinstance(field, forms.FileField):
        return {"required": _("Choose a file: %(title)s")}
    return {"required": pgettext("error", "Enter %(name)s")}


def _invalid(field):
    if isinstance(field, CHOICES):
        message = _("Choose %(name)s from the list")
        return {"invalid_choice": message, "invalid_list": message, "invalid_pk_value": message}
    if isinstance(field, forms.FileField):
        message = _("The file did not arrive. Choose it again: %(title)s")
        return {
            "invalid": message,
            "missing": message,
            "empty": _("The file is empty. Choose another: %(title)s"),
            "max_length": _("Shorten the name of the file and choose it again: %(title)s"),
        }
    message = next((str(text) for kind, text in KINDS if isinstance(field, kind)), None)
    return {"invalid": message or _("Check %(name)s: it is not in the right form")}


def _limits(field):
    found = {}
    if isinstance(field, forms.CharField):
        found["max_length"] = _("Shorten %(name)s to %(limit_value)d characters; it has %(show_value)d")
        found["min_length"] = _("Enter at least %(limit_value)d characters for %(name)s")
    if isinstance(field, forms.IntegerField):  # also Decimal and Float
        found["min_value"] = _("Enter %(limit_value)s or more for %(name)s")
        found["max_value"] = _("Enter %(limit_value)s or less for %(name)s")
        found["max_digits"] = _("Enter %(name)s with at most %(max)s digits")
        found["max_decimal_places"] = _("Enter %(name)s with at most %(max)s digits after the point")
        found["max_whole_digits"] = _("Enter %(name)s with at most %(max)s digits before the point")
    return found


def set_plain_messages(field, name, title=""):
    """Replace Django's wording; a message that the form gave its field itself stays."""
    stock = {}
    for ancestor in reversed(type(field).__mro__):
        stock.update(getattr(ancestor, "default_error_messages", {}))
    for code, message in plain_messages(field, name, title).items():
        current = field.error_messages.get(code)
        if current is None or current is stock.get(code):
            field.error_messages[code] = message

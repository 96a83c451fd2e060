"""Every column of ours that can hold a text, and what kind of text that is.

A column that is neither MADE nor SECRET nor PUBLISHED holds what somebody wrote for some and not for all: the
crawl (test_leaks.py) plants a word in it and looks who is shown it.
"""

from django.apps import apps
from django.db import models
from wagtail.fields import StreamField

from seminars.models.fields import CodeListField

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in {"portal", "home", "applications", "seminars"}
]


def _named(table):
    """{"app.Model": "column column"} as names of columns."""
    return {f"{model}.{name}" for model, names in table.items() for name in names.split()}


# Codes, numbers, hashes and names of fields that the portal makes: nobody's words may ever stand there.
MADE = _named(
    {
        "portal.ClockRun": "name error",
        "applications.Round": "reference_prefix",
        "applications.Question": "key only_if_key only_if_value",
        "applications.DocumentRequirement": "types",
        "applications.FormVersion": "sha256",
        "applications.Submission": "sha256",
        "applications.SectionAnswers": "section_uid",
        "applications.AnswerRevision": "section_uid",
        "applications.DocumentSlot": "requirement_uid",
        "applications.ClarificationTarget": "uid",
        "applications.CheckItem": "target_uid",
        "applications.Thread": "place question_key",
        "applications.ProjectRecord": "match_key",
        "applications.StatusTarget": "status",
        "seminars.SignUp": "statement_version",
        "seminars.AttendanceCertificate": "code",
        "seminars.WeatherWatch": "codes",
        "home.ContentChange": "digest",
        "files.StoredFile": "owner_kind slot sha256 detected_type flags reason",
        "mail.Message": "kind key message_id from_email headers html places",
        "accounts.User": "first_name last_name",
        "accounts.Invitation": "staff_roles",
        "accounts.UnsentForm": "path page",
        "accounts.RegistrationCheck": "identity_sha256",
        "audit.Event": ("verb object_kind actor_role from_state to_state changed hashes request_id"),
    }
)

# What opens something: no page, file, mail or header ever shows it, whoever asks.
SECRET = _named(
    {
        "files.StoredFile": "key",
        "files.Preview": "key",
        "accounts.User": "password",
        "accounts.Invitation": "token_hash",
        "seminars.SignUp": "link_salt",
        "seminars.DoorLink": "salt",
    }
)

# For everybody once it is published, and an editor's draft before: Wagtail decides.
PUBLISHED = _named(
    {
        "applications.FormVersion": "definition",
        "home.CaseIndexPage": "lead",
        "home.CasePage": "summary company place source results body",
        "home.CaseTerm": "code label_en label_zh_hant label_zh_hans",
        "home.ContactPage": "lead body",
        "home.ContentPage": "lead notice body",
        "home.FAQPage": "lead categories",
        "home.NewsIndexPage": "lead",
        "home.NewsPage": "body",
        "home.CeremonyIndexPage": "lead",
        "home.CeremonyPage": "place summary photos body",
        "home.Figure": "label_en label_zh_hant label_zh_hans note_en note_zh_hant note_zh_hans",
        "home.FigureSet": (
            "code title_en title_zh_hant title_zh_hans note_en note_zh_hant note_zh_hans"
            " label_head_en label_head_zh_hant label_head_zh_hans"
            " number_head_en number_head_zh_hant number_head_zh_hans"
            " source_en source_zh_hant source_zh_hans"
        ),
        "home.FiguresPage": "lead",
        "home.Resource": ("title_en title_zh_hant title_zh_hans note_en note_zh_hant note_zh_hans version"),
        "home.ResourcesPage": "lead",
        "home.HomePage": "hero_title hero_lead actions entries_title entries figures",
        "home.ContactSettings": (
            "telephone email address_en address_zh_hant address_zh_hans hours_en hours_zh_hant hours_zh_hans"
        ),
        # Written from published pages only.
        "search.SearchEntry": "source part family kind title text url when folded_title folded",
        # What stood on the seminar's page before.
        "seminars.SeminarChange": "before",
        "seminars.SeminarIndexPage": "introduction",
        "seminars.SeminarPage": "lead introduction notes",
    }
)


def text_fields(model):
    """Fields of the model that hold texts: a choice among codes is none."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField, StreamField)
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, kinds) and not field.choices and not isinstance(field, CodeListField)
    ]


def text_columns():
    return {
        f"{model._meta.label}.{field.name}": (model, field) for model in OURS for field in text_fields(model)
    }


def values_of(model, field):
    """All that stands in the column, as text."""
    return [str(value) for value in model._default_manager.values_list(field.name, flat=True) if value]

"""Why a file is not taken, in words for the person who chose it: what happened, and what to do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NONE_CHOSEN = "none_chosen"
WRONG_TYPE = "wrong_type"
MISMATCH = "mismatch"
TOO_BIG = "too_big"
EMPTY = "empty"
INFECTED = "infected"
PASSWORD = "password"  # noqa: S105
UPLOAD_FAILED = "upload_failed"
TOO_MANY = "too_many"
MACRO = "macro"
DAMAGED = "damaged"
UNSAFE = "unsafe"
IMAGE_TOO_LARGE = "image_too_large"
TOO_MANY_PAGES = "too_many_pages"
NAME_UNUSABLE = "name_unusable"
LINKED = "linked"
NO_TABLE = "no_table"
TABLE_TOO_LARGE = "table_too_large"
TEXT_UNREADABLE = "text_unreadable"

MESSAGES = {
    NONE_CHOSEN: _("Choose a file to upload."),
    WRONG_TYPE: _("“%(name)s” is not a type we can take. Choose a file of type %(types)s."),
    MISMATCH: _(
        "The content of “%(name)s” does not match the ending of its name. "
        "Open it in the program it was made with, save it as %(types)s, and upload it again."
    ),
    TOO_BIG: _("“%(name)s” is too big. The file must be no larger than %(size)s."),
    EMPTY: _("“%(name)s” is empty. Choose a file that has content."),
    INFECTED: _(
        "“%(name)s” contains a virus and was not kept. Check your computer, then upload a clean copy."
    ),
    PASSWORD: _("“%(name)s” is protected by a password. Remove the password and upload it again."),
    UPLOAD_FAILED: _(
        "“%(name)s” could not be uploaded. Your other answers are kept. Try again in a few minutes."
    ),
    TOO_MANY: _(
        "“%(name)s” was not added: at most %(count)s files can be uploaded here. "
        "Remove a file first, then upload this one."
    ),
    MACRO: _("“%(name)s” contains macros. Save a copy without macros and upload that."),
    DAMAGED: _(
        "“%(name)s” cannot be opened: it is damaged or incomplete. Save it again and upload the new copy."
    ),
    UNSAFE: _(
        "“%(name)s” is built in a way that is not safe to open. "
        "Open it in the program it was made with, save it again and upload the new copy."
    ),
    IMAGE_TOO_LARGE: _(
        "The picture “%(name)s” has too many pixels. "
        "Make it smaller (up to 50 million pixels) and upload it again."
    ),
    TOO_MANY_PAGES: _("“%(name)s” has too many pages. Divide it into files of up to 2,000 pages each."),
    LINKED: _(
        "“%(name)s” takes values from other files. "
        "Copy the table, paste it as values into a new workbook, and upload that."
    ),
    NO_TABLE: _(
        "No row of headings was found in “%(name)s”. "
        "Copy your rows into the template, below its headings, and upload that."
    ),
    TABLE_TOO_LARGE: _(
        "“%(name)s” holds more than can be read at once. Keep only the rows and columns that are needed."
    ),
    TEXT_UNREADABLE: _(
        "The characters of “%(name)s” cannot be read. "
        "Save it as an Excel workbook (XLSX) or as “CSV UTF-8”, and upload it again."
    ),
    NAME_UNUSABLE: _("The name of the file cannot be used. Give the file a plain name and upload it again."),
}


class Refused(Exception):
    """A file was not taken. `str(refused)` is the sentence for the user, in the language active then."""

    def __init__(self, code, *, name="", policy=None):
        super().__init__(code)
        self.code = code
        self.name = name
        self.policy = policy

    def __str__(self):
        return message_for(self.code, name=self.name, policy=self.policy)

    @property
    def message(self):
        return str(self)


def message_for(code, *, name="", policy=None):
    """The sentence for a refusal, or for a stored file's `reason`; without a policy limits stay out."""
    values = {
        "name": name,
        "types": policy.type_names if policy else "PDF",
        "size": policy.size_text if policy else "20 MB",
        "count": policy.max_count if policy else 1,
    }
    return gettext(MESSAGES[code]) % values

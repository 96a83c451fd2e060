"""Which files may be uploaded. The texts a person reads come from the same constants the server enforces."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
# The scanner's own limits must lie above this one: above them it says "clean" without looking.
MAX_FILE_SIZE = 20 * MEGABYTE
MAX_IMAGE_PIXELS = 50_000_000
MAX_PDF_PAGES = 2_000


@dataclass(frozen=True)
class FileType:
    code: str
    extensions: tuple[str, ...]  # lower case, without the dot; the first one is used for downloads
    mime: str
    plain_name: str  # the same in all languages


TYPES: dict[str, FileType] = {
    each.code: each
    for each in (
        FileType("pdf", ("pdf",), "application/pdf", "PDF"),
        FileType(
            "docx",
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Word (DOCX)",
        ),
        FileType(
            "xlsx",
            ("xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel (XLSX)",
        ),
        FileType(
            "pptx",
            ("pptx",),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "PowerPoint (PPTX)",
        ),
        FileType("jpg", ("jpg", "jpeg"), "image/jpeg", "JPG"),
        FileType("png", ("png",), "image/png", "PNG"),
    )
}
ALL_TYPES = tuple(TYPES)
# Taken where a table is read (portal.files.tables), never as a document.
READ_TYPES = TYPES | {"csv": FileType("csv", ("csv", "txt"), "text/csv", "CSV")}
# Of the portal's own making, never uploaded.
MADE_TYPES = TYPES | {"zip": FileType("zip", ("zip",), "application/zip", "ZIP")}
EXTENSIONS = {extension: each.code for each in READ_TYPES.values() for extension in each.extensions}


@dataclass(frozen=True)
class SlotPolicy:
    """What one slot takes. `types` are keys of READ_TYPES; `max_size` is in bytes, at most MAX_FILE_SIZE."""

    types: tuple[str, ...] = ALL_TYPES
    max_size: int = MAX_FILE_SIZE
    max_count: int = 1

    def __post_init__(self):
        unknown = set(self.types) - set(READ_TYPES)
        if unknown or not self.types:
            raise ValueError(f"Unknown file types: {sorted(unknown)}")
        if not 0 < self.max_size <= MAX_FILE_SIZE or self.max_count < 1:
            raise ValueError("A slot takes at least one file, of up to 20 MB.")

    @property
    def accept(self) -> str:
        """The value of the file input's `accept` attribute."""
        return ",".join(f".{extension}" for code in self.types for extension in READ_TYPES[code].extensions)

    @property
    def type_names(self) -> str:
        names = [READ_TYPES[code].plain_name for code in self.types]
        if len(names) == 1:
            return names[0]
        comma = ", " if (translation.get_language() or "en").startswith("en") else "、"
        return _("%(list)s or %(last)s") % {"list": comma.join(names[:-1]), "last": names[-1]}

    @property
    def size_text(self) -> str:
        return size_text(self.max_size)

    @property
    def limits(self) -> str:
        """One or two sentences to stand beside the file input, in the active language."""
        values = {"types": self.type_names, "size": self.size_text, "count": self.max_count}
        if self.max_count == 1:
            return _("One file: %(types)s, up to %(size)s.") % values
        return _("Up to %(count)s files: %(types)s, each up to %(size)s.") % values


def size_text(size: int) -> str:
    """`850 KB`, `2.4 MB`: rounded up, so that a file over a limit never shows the limit itself."""
    if size < MEGABYTE:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths / 10:.1f} MB"

import zipfile

import pikepdf

from portal.files.inspection.findings import Found

MAX_PAGES = 2_000
MAX_OBJECTS = 300_000


def inspect(path, type_code):
    """Flags for staff: what the file could do when opened in a full reader."""
    if zipfile.is_zipfile(path):
        raise Found("mismatch")
    try:
        with pikepdf.open(path) as document:
            if len(document.pages) > MAX_PAGES:
                raise Found("too_many_pages")
            if not len(document.pages):
                raise Found("damaged")
            return _flags(document)
    except pikepdf.PasswordError:
        raise Found("password") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        raise Found("damaged") from None


def _flags(document):
    flags = set()
    if len(document.objects) > MAX_OBJECTS:
        raise Found("unsafe")
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            flags |= _flags_of(item)
    root = document.Root
    if "/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary):
        flags |= _flags_of(root.OpenAction)
    return flags


def _flags_of(item):
    flags = set()
    action = item.get("/S")
    if action == "/JavaScript" or "/JS" in item:
        flags.add("javascript")
    if action == "/Launch":
        flags.add("launch")
    if item.get("/Type") == "/EmbeddedFile" or "/EF" in item:
        flags.add("embedded")
    for name in ("/A", "/OpenAction"):
        inner = item.get(name)
        if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
            flags |= _flags_of(inner)
    extra = item.get("/AA")
    if isinstance(extra, pikepdf.Dictionary):
        for inner in extra.values():
            if isinstance(inner, pikepdf.Dictionary):
                flags |= _flags_of(inner)
    return flags

"""Word, Excel and PowerPoint files, looked at as archives without unpacking anything to disk."""

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from portal.files.inspection.findings import Found

MAIN_PART = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MAX_ENTRIES = 5_000
MAX_DIRECTORY = 1024 * 1024
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 1024 * 1024  # small parts of white space may shrink as much as they like
MAX_DEPTH = 2
XML_ENDINGS = (".xml", ".rels", ".vml")
ARCHIVE_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
END_RECORD = struct.Struct("<4s4H2LH")


def inspect(path, type_code):
    with open(path, "rb") as file:
        return _inspect(file, type_code, depth=1)


def _inspect(file, type_code, depth):
    if depth > MAX_DEPTH:
        raise Found("unsafe")
    _check_directory_size(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return _look(archive, type_code, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, struct.error):
        raise Found("damaged") from None


def _check_directory_size(file):
    """Refuse an endless list of entries before zipfile builds it in memory."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - 65_536 - END_RECORD.size))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END_RECORD.size:
        raise Found("damaged")
    _, _, _, _, entries, size, _, _ = END_RECORD.unpack_from(tail, place)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Found("unsafe")


def _look(archive, type_code, depth):
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Found("unsafe")
    if len(set(names)) != len(names):
        raise Found("unsafe")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Found("password")
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Found("unsafe")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Found("macro")
    if type_code:
        _check_main_part(archive, names, type_code)
    flags = set()
    for entry in entries:
        flags |= _look_at_part(archive, entry, depth)
    return flags


def _check_main_part(archive, names, type_code):
    if "[Content_Types].xml" not in names:
        raise Found("mismatch")
    kinds = set()
    _parse(
        archive,
        archive.getinfo("[Content_Types].xml"),
        lambda _, attributes: kinds.add(attributes.get("ContentType")),
    )
    if any("macroEnabled" in (kind or "") for kind in kinds):
        raise Found("macro")
    if MAIN_PART[type_code] not in kinds:
        raise Found("mismatch")


def _look_at_part(archive, entry, depth):
    name = entry.filename.lower()
    if name.endswith(XML_ENDINGS):
        flags = set()
        _parse(archive, entry, lambda tag, attributes: _note(flags, tag, attributes))
        return flags
    with archive.open(entry) as part:
        start = part.read(8)
    if start.startswith(OLE_MAGIC):
        return {"embedded"}
    if start.startswith(ARCHIVE_MAGIC):
        if start[:4] != b"PK\x03\x04":
            raise Found("unsafe")
        return {"embedded"} | _inspect(io.BytesIO(archive.read(entry)), None, depth + 1)
    return set()


def _note(flags, tag, attributes):
    local = tag.rpartition(":")[2]
    if local == "Relationship" and attributes.get("TargetMode") == "External":
        # An ordinary hyperlink waits for a press; everything else is fetched when the file is opened.
        kind = attributes.get("Type", "").rpartition("/")[2]
        flags.add("links" if kind == "hyperlink" else "external_content")
    if local == "ddeLink" or "DDEAUTO" in attributes.get("instr", "").upper():
        flags.add("dde")


def _parse(archive, entry, on_element):
    """Run the part through a parser that refuses document types: no entities, so none that grow or fetch."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = on_element
    try:
        with archive.open(entry) as part:
            while chunk := part.read(256 * 1024):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Found("damaged") from None


def _refuse(*doctype):
    raise Found("unsafe")

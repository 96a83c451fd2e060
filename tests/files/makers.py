"""Files made in memory: good ones, and the parts hostile ones are made of."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/{type}.main+xml"/></Types>'
)
MAIN = {
    "docx": ("word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    "docm": ("word/document.xml", "vnd.ms-word.document.macroEnabled"),
}
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def pdf(pages=1, *, change=None, **save):
    document = pikepdf.new()
    document.add_blank_page()
    for _ in range(pages - 1):
        document.pages.append(document.pages[0])
    if change:
        change(document)
    return _saved(document, **save)


def _saved(document, **save):
    target = io.BytesIO()
    # An id without the time in it: the same document is the same bytes.
    document.save(target, **{"deterministic_id": "encryption" not in save, **save})
    return target.getvalue()


def pdf_with_javascript():
    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    return pdf(change=change)


def pdf_with_launch():
    def change(document):
        document.pages[0].Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=[0, 0, 9, 9],
                        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
                    )
                )
            ]
        )

    return pdf(change=change)


def pdf_with_attachment():
    def change(document):
        document.attachments["inside.txt"] = b"inside"

    return pdf(change=change)


def pdf_with_password():
    return pdf(encryption=pikepdf.Encryption(user="secret", owner="owner"))


def pdf_with_owner_password_only():
    return pdf(encryption=pikepdf.Encryption(user="", owner="owner"))


def pdf_with_growing_stream():
    """Small in the file, 300 MB where a reader unpacks it."""

    def change(document):
        packed = zlib.compress(b"\0" * (300 * 1024 * 1024), 9)
        stream = pikepdf.Stream(document, packed)
        stream.Filter = pikepdf.Name.FlateDecode
        document.Root.Extra = document.make_indirect(stream)

    return pdf(change=change)


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return target.getvalue()


def office(kind="docx", extra=None, body="<x/>", **options):
    part, content_type = MAIN[kind]
    parts = {"[Content_Types].xml": CONTENT_TYPES.format(part=part, type=content_type), part: body}
    return archive({**parts, **(extra or {})}, **options)


def office_with_relation(kind, target):
    relation = f'<Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
    return office(extra={"word/_rels/document.xml.rels": RELS.format(relation)})


def spreadsheet():
    target, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(target)
    return target.getvalue()


def encrypted_zip_docx():
    """A DOCX whose entries say that they are encrypted."""
    plain = bytearray(office())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = plain.find(magic)
        while place >= 0:
            plain[place + offset] |= 1
            place = plain.find(magic, place + 1)
    return bytes(plain)


def encrypted_ole_docx():
    """What Word writes for a document with a password: an OLE file with a part of this name."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1024
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 512
    )


def old_word_file():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048


def nested_archives(depth):
    inner = b"bottom"
    for level in range(depth):
        inner = archive({f"{level}.zip": inner})
    return office(extra={"word/embeddings/inner.zip": inner})


def endless_directory(entries=70_000):
    """A DOCX with a real main part and very many empty entries."""
    return office(extra={f"word/{n}.txt": "" for n in range(entries)}, compression=zipfile.ZIP_STORED)


def png(width=4, height=4):
    target = io.BytesIO()
    Image.new("RGB", (width, height), "#fff").save(target, "PNG")
    return target.getvalue()


def jpg(width=64, height=64):
    target = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def png_claiming(width, height):
    """A PNG whose header promises far more pixels than its bytes hold."""
    header = struct.pack("!2L5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!L", len(data)) + name + data + struct.pack("!L", zlib.crc32(name + data))
        for name, data in chunks
    )


HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BILLION_LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
EXE = b"MZ" + b"\0" * 500

"""Write one checked file as a PDF of bare pages: `python -m portal.files.inspection.plain TYPE PATH TARGET`.

Prints {"code", "pages"}; what acts (scripts, launches, attachments, forms that send) is left behind.
"""

import json
import resource
import sys

import pikepdf
from PIL import Image, ImageOps

MEMORY = 2 * 1024 * 1024 * 1024
CPU_SECONDS = 30
MAX_PAGES = 2_000
LONGEST_SIDE = 2_400
PAGE_INCHES = (7.6, 11.0)  # A4 less its margins
HARMLESS_ACTIONS = {"/URI", "/GoTo"}
BROKEN = (pikepdf.PdfError, OSError, SyntaxError, ValueError, TypeError, KeyError, RuntimeError)


def main(type_code, path, target):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages, code = 0, ""
    try:
        pages = _document(path, target) if type_code == "pdf" else _picture(path, target)
    except pikepdf.PasswordError:
        code = "password"
    except MemoryError:
        code = "unsafe"
    except BROKEN:
        code = "damaged"
    json.dump({"code": code, "pages": pages}, sys.stdout)


def _document(path, target):
    with pikepdf.open(path) as source, pikepdf.new() as plain:
        if len(source.pages) > MAX_PAGES:
            raise ValueError("too many pages")
        # Only pages travel: what the document as a whole would do on opening stays behind.
        plain.pages.extend(source.pages)
        for page in plain.pages:
            _calm(page.obj)
        plain.save(target)
        return len(plain.pages)


def _calm(page):
    if "/AA" in page:
        del page["/AA"]
    if "/Annots" not in page:
        return
    kept = [each for each in page.Annots if _is_quiet(each)]
    page.Annots = pikepdf.Array(kept)


def _is_quiet(annotation):
    if not isinstance(annotation, pikepdf.Dictionary) or annotation.get("/Subtype") in {
        "/FileAttachment",
        "/Movie",
        "/RichMedia",
        "/Screen",
        "/Sound",
        "/3D",
    }:
        return False
    action = annotation.get("/A")
    if "/AA" in annotation:
        del annotation["/AA"]
    if action is not None and (
        not isinstance(action, pikepdf.Dictionary) or str(action.get("/S")) not in HARMLESS_ACTIONS
    ):
        del annotation["/A"]
    return True


def _picture(path, target):
    Image.MAX_IMAGE_PIXELS = None  # the inspection has compared the size already
    with Image.open(path, formats=["JPEG", "PNG"]) as original:
        original.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(original)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        # Transparent means white on paper.
        sheet = Image.new("RGB", picture.size, "white")
        alpha = picture.convert("RGBA")
        sheet.paste(alpha, mask=alpha.getchannel("A"))
        dots = max(picture.width / PAGE_INCHES[0], picture.height / PAGE_INCHES[1], 72)
        sheet.save(target, format="PDF", resolution=dots)
    return 1


if __name__ == "__main__":
    main(*sys.argv[1:])

import struct
import warnings
import zipfile

from PIL import Image

from portal.files.inspection.findings import Found

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MAX_PIXELS = 50_000_000
# What Pillow raises for content that is not what it should be.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)
PNG_END = b"IEND\xaeB`\x82"


def inspect(path, type_code):
    if zipfile.is_zipfile(path):
        raise Found("mismatch")
    # The size is compared before anything is decoded; Pillow's own guard would only warn.
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    try:
        picture = Image.open(path, formats=[FORMATS[type_code]])
    except BROKEN:
        raise Found("mismatch") from None
    with picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Found("image_too_large")
        try:
            # A JPEG is read whole, but drawn at an eighth of its size.
            picture.draft("L", (picture.width // 8, picture.height // 8))
            picture.load()
        except BROKEN:
            raise Found("damaged") from None
    return {"trailing_data"} if type_code == "png" and _has_tail(path) else set()


def _has_tail(path):
    with open(path, "rb") as file:
        content = file.read()
    return not content.endswith(PNG_END)

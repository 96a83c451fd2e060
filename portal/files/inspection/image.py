import warnings
import zipfile

from PIL import Image, UnidentifiedImageError

from portal.files.inspection.findings import Found

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MAX_PIXELS = 50_000_000
PNG_END = b"IEND\xaeB`\x82"


def inspect(path, type_code):
    if zipfile.is_zipfile(path):
        raise Found("mismatch")
    # The size is compared before anything is decoded; Pillow's own guard would only warn.
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    try:
        with Image.open(path, formats=[FORMATS[type_code]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Found("image_too_large")
            picture.draft("L", (picture.width // 8, picture.height // 8))
            picture.load()
    except UnidentifiedImageError:
        raise Found("mismatch") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Found("damaged") from None
    return {"trailing_data"} if type_code == "png" and _has_tail(path) else set()


def _has_tail(path):
    with open(path, "rb") as file:
        content = file.read()
    return not content.endswith(PNG_END)

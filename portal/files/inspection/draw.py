"""Draw pages as PNG: `python -m portal.files.inspection.draw TYPE PATH FOLDER` prints a JSON list."""

import json
import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

MEMORY = 2 * 1024 * 1024 * 1024
CPU_SECONDS = 100
MAX_PAGES = 30
WIDTH, HEIGHT = 1200, 1700
MAX_SCALE = 2


def main(type_code, path, folder):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pictures = _pdf_pages(path) if type_code == "pdf" else _picture(path)
    done = []
    for number, picture in enumerate(pictures, start=1):
        name = f"{number}.png"
        # A new picture of the pixels alone: nothing else of the original travels along.
        picture.save(Path(folder) / name, format="PNG", optimize=False)
        done.append({"name": name, "width": picture.width, "height": picture.height})
    json.dump(done, sys.stdout)


def _pdf_pages(path):
    document = pypdfium2.PdfDocument(path)
    for index in range(min(len(document), MAX_PAGES)):
        page = document[index]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1), MAX_SCALE)
        yield page.render(scale=scale).to_pil().convert("RGB")


def _picture(path):
    Image.MAX_IMAGE_PIXELS = None  # the inspection has compared the size already
    with Image.open(path, formats=["JPEG", "PNG"]) as original:
        original.draft("RGB", (WIDTH, HEIGHT))
        picture = ImageOps.exif_transpose(original)
        picture.thumbnail((WIDTH, HEIGHT))
        yield picture.convert("RGB")


if __name__ == "__main__":
    main(*sys.argv[1:])

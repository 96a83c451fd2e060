"""Drawings for the demonstration's ceremonies: made of plain shapes, and called drawings on the pages."""

import io
import math

from django.core.files.base import ContentFile
from PIL import Image as Raster
from PIL import ImageDraw
from wagtail.images.models import Image

from home import pictures

SIZE = (960, 640)
PAPER, SAND, DEEP, TEAL = "#faf7f1", "#f1ebe0", "#06343a", "#0b565d"
AQUA, LEAF, SUN, WATER, WHITE = "#8fd3d1", "#2f6b34", "#f4bd4f", "#17618a", "#ffffff"


def load() -> dict[str, Image]:
    """The drawings by their keys; one that stands already is left alone. No visitor waits for their sizes."""
    drawings = {key: _image(f"Drawing: {key}", draw) for key, draw in DRAWINGS.items()}
    for image in drawings.values():
        image.get_renditions(*pictures.renditions_shown())
    return drawings


def _image(title, draw):
    standing = Image.objects.filter(title=title).first()
    if standing:
        return standing
    raster = Raster.new("RGB", SIZE, PAPER)
    draw(ImageDraw.Draw(raster))
    target = io.BytesIO()
    raster.save(target, "PNG", optimize=True)
    name = f"{title.removeprefix('Drawing: ')}.png"
    return Image.objects.create(title=title, file=ContentFile(target.getvalue(), name=name))


def _delta(pen):
    """Two banks, and currents that part between them."""
    width, height = SIZE
    pen.rectangle((0, 0, width, height), fill=DEEP)
    for number in range(14):
        colour = (AQUA, TEAL, WATER)[number % 3]
        points = [
            (x, height / 2 + (number - 6.5) * (8 + x / 26) + 14 * math.sin(x / 90 + number))
            for x in range(0, width + 1, 8)
        ]
        pen.line(points, fill=colour, width=5, joint="curve")
    for x, y, size in ((560, 250, 46), (720, 400, 60), (820, 200, 40), (420, 370, 30)):
        pen.ellipse((x - size, y - size / 2, x + size, y + size / 2), fill=LEAF)


def _stage(pen):
    """A stage with a row of people, each with a plaque."""
    width, height = SIZE
    pen.rectangle((0, 0, width, 470), fill=TEAL)
    pen.rectangle((0, 470, width, height), fill=SAND)
    pen.rectangle((120, 60, width - 120, 170), fill=PAPER)
    for number, colour in enumerate((AQUA, SUN, LEAF)):
        pen.rectangle((160 + number * 220, 100, 340 + number * 220, 130), fill=colour)
    for number in range(7):
        x, coat = 150 + number * 110, (DEEP, WATER, LEAF)[number % 3]
        pen.ellipse((x - 30, 235, x + 30, 295), fill=SUN)
        pen.rounded_rectangle((x - 44, 302, x + 44, 500), radius=26, fill=coat)
        pen.rounded_rectangle((x - 34, 360, x + 34, 410), radius=6, fill=WHITE)


def _certificate(pen):
    """A certificate with a seal and a line for each of two signatures."""
    width, height = SIZE
    pen.rectangle((0, 0, width, height), fill=SAND)
    pen.rectangle((150, 70, width - 150, height - 70), fill=WHITE, outline=TEAL, width=8)
    pen.rectangle((330, 140, width - 330, 166), fill=TEAL)
    for number in range(4):
        pen.rectangle((260, 220 + number * 40, width - 260, 230 + number * 40), fill=AQUA)
    pen.ellipse((430, 390, 530, 490), fill=SUN, outline=DEEP, width=6)
    pen.line((230, 510, 390, 510), fill=DEEP, width=4)
    pen.line((570, 510, 730, 510), fill=DEEP, width=4)


DRAWINGS = {"delta": _delta, "stage": _stage, "certificate": _certificate}

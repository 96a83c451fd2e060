"""Pictures in lists: all their renditions in one query, not one for each picture and size."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter

# What home/components/photo.html asks for.
SPECS = ["width-{400,800}", "format-{avif,webp}"]


def renditions_shown() -> list[str]:
    return Filter.expand_spec(SPECS)


def prepared(wanted) -> dict:
    """These images by their ids, with what has been made of them already."""
    images = get_image_model().objects.prefetch_renditions(*renditions_shown())
    return images.in_bulk(set(wanted))

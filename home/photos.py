"""What editors may upload as a picture. Wagtail's own field unpacks a picture before it counts its pixels."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

MILLION = 1_000_000


class PhotoField(WagtailImageField):
    default_error_messages = {
        "too_many_megapixels": _(
            "This picture has %(found)s megapixels, and at most %(most)s are taken. "
            "Make it smaller first: 4,000 pixels on its longer side are enough for every screen."
        ),
        "damaged": _(
            "This file cannot be read as a picture: it is damaged, or it is something else under the name "
            "of a picture. Open it, save it as JPG or PNG and upload it again."
        ),
    }

    def to_python(self, data):
        if data:
            self._look_at(data)
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:
            # It begins like a picture and goes on as something else.
            raise self._refusal("damaged") from error
        except ValidationError as error:
            raise self._refusal("damaged") if error.code == "invalid_image" else error from None

    def _look_at(self, file):
        """Reads the head of the file only: what says how large it is need not be unpacked to be refused."""
        try:
            with Image.open(file) as picture:
                pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise self._refusal("too_many_megapixels", found="> 89", most=self._most) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            return
        finally:
            file.seek(0)
        if pixels > self.max_image_pixels:
            raise self._refusal("too_many_megapixels", found=-(-pixels // MILLION), most=self._most)

    @property
    def _most(self):
        return settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // MILLION

    def _refusal(self, code, **words):
        return ValidationError(self.error_messages[code], code=code, params=words)


class PhotoForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PhotoField(label=field.label, required=field.required, widget=field.widget)

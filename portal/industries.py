"""The programme's eight target industries; others are considered case by case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Industry(models.TextChoices):
    CHEMICAL = "chemical", _("Chemical products")
    FOOD = "food", _("Food and beverage")
    FURNITURE = "furniture", _("Furniture")
    METAL = "metal", _("Metal and metal products")
    MINERAL = "mineral", _("Non-metallic mineral products")
    PAPER = "paper", _("Paper and paper products")
    PRINTING = "printing", _("Printing and publishing")
    TEXTILES = "textiles", _("Textiles")
    OTHER = "other", _("Another industry")

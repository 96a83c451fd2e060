from django.db import models
from wagtail.models import Page


class ContentChange(models.Model):
    """When the published words of a page last changed. Written only by home.translations."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="content_change")
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.page_id} {self.changed_at:%Y-%m-%d %H:%M}"

from django.conf import settings
from django.db import models


class SearchEntry(models.Model):
    """One place of the site in one language, as the search finds it. Written only by portal.search.index.

    Only what everybody may read has a row: nobody is asked who may see what is found.
    """

    # Whose rows these are ("page:12"), and which place in it ("" or the short name of a question).
    source = models.CharField(max_length=80)
    part = models.CharField(max_length=120, blank=True)
    # The same place in all languages.
    family = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    title = models.TextField()
    text = models.TextField(blank=True)
    url = models.TextField()
    date = models.DateField(null=True, blank=True)
    when = models.CharField(max_length=120, blank=True)
    folded_title = models.TextField()
    folded = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "part"], name="search_entry_once")]

    def __str__(self):
        return f"{self.source} {self.title}"

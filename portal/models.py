from django.db import models


class ClockRun(models.Model):
    """When a periodic job last ran. Written only by portal.clock."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The last run's error, by class only: its text may hold personal data.
    error = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.name

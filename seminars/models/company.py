from django.db import models


class CompanyAlias(models.Model):
    """What the organiser has said about companies, for all seminars. Written only by seminars.seats.

    A key that counts as itself was separated by hand and is not joined to others by its name again.
    """

    key = models.CharField(max_length=255, unique=True)
    counts_as = models.CharField(max_length=255, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.key} = {self.counts_as}"

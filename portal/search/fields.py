from django.db import models

from portal.search.folding import fold


class FoldedField(models.TextField):
    """Other columns of the same row as the search compares them.

    Written with every whole save. Whoever saves named fields, or updates rows, names this one too.
    """

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = tuple(sources)
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, instance, add):
        folded = self.folded(instance)
        setattr(instance, self.attname, folded)
        return folded

    def folded(self, instance) -> str:
        return fold("\n".join(getattr(instance, name) for name in self.sources))

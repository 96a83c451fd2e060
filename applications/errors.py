"""What can go wrong with an application. `str()` of each is a sentence for the person at the screen."""


class ApplicationError(Exception):
    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self):
        return str(self.sentence)


class InvalidTransition(ApplicationError):
    """The application is not in a state from which this can be done."""


class RoundClosed(ApplicationError):
    """The round takes nothing at this moment."""


class StaleVersion(ApplicationError):
    """Somebody else changed the same thing in the meantime. `current` is the row as it stands now."""

    def __init__(self, sentence, current=None):
        super().__init__(sentence)
        self.current = current


class Incomplete(ApplicationError):
    """Required answers or documents are missing. `missing` lists them."""

    def __init__(self, sentence, missing):
        super().__init__(sentence)
        self.missing = missing


class TooManyRecords(ApplicationError):
    """The application would hold more project records than it can."""


class UnreadableTable(ApplicationError):
    """The table has no rows, or names a column twice."""


class ImportGone(ApplicationError):
    """The preview of an import was kept long enough; the file must be uploaded again."""


class KeyReused(ApplicationError):
    """A submit key came back with a different declaration; what was received first stands."""


class Unsettled(ApplicationError):
    """The checklist has lines that are not in order, and nobody gave a reason to go on all the same."""

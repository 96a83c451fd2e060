"""PDFs of seminars in the private store, made by the worker."""

import io

from portal.files import intake
from portal.files.models import StoredFile


def keep(content: bytes, *, name: str, owner_kind: str, owner_uuid) -> StoredFile:
    """Talks to the store: not to be called inside a transaction."""
    return intake.keep_made(
        io.BytesIO(content),
        name=name,
        type_code="pdf",
        owner_kind=owner_kind,
        owner_uuid=owner_uuid,
        slot="pdf",
    )


def settle(waiting, stored: StoredFile | None, **fields) -> bool:
    """Give the row its file. Where it was withdrawn, or another worker was faster, the file goes again.

    `waiting` finds the row as long as it waits for its file.
    """
    if waiting.update(file=stored, **fields):
        return True
    if stored:
        intake.remove(stored, user=None)
    return False

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

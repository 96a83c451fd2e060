"""The files that were handed in with a submission; later uploads of a company are not the office's to see."""

from django.db.models import Count

from applications.models import Submission
from applications.submissions.contents import OWNER_KIND
from portal.files.models import StoredFile


def files_of(submission: Submission) -> list[StoredFile]:
    """The rows that still stand, in the submission's order, each with `pages`, its number of pictures."""
    order = {each["uuid"]: position for position, each in enumerate(submission.content["files"])}
    rows = (
        StoredFile.objects.filter(
            uuid__in=order, owner_kind=OWNER_KIND, owner_uuid=submission.application.uuid
        )
        .select_related("uploaded_by")
        .annotate(pages=Count("previews"))
    )
    return sorted(rows, key=lambda row: order[str(row.uuid)])

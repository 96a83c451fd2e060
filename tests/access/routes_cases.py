"""Cases of the office: three roles read, officers act, and nobody else learns that a case is there."""

from uuid import uuid4

from applications.desk import case_copies
from portal.files import previews
from portal.files.models import StoredFile
from tests.access.engine import DENIED, MOVED, NOBODY, Route, expect, office
from tests.applications.desk.handing_in import hand_in, open_round

READERS = ("officer", "releaser", "auditor")


def build(world):
    world.company.address, world.company.telephone = "1 Demo Street, Hong Kong", "+85220000001"
    world.company.save()
    world.case = hand_in(open_round(f"MATRIX-{world.mark}"), world.user("owner"))
    world.case_file = StoredFile.objects.get(owner_uuid=world.case.uuid)
    previews.make.call(str(world.case_file.uuid))
    world.case_copy = case_copies.order(
        world.case, reader=world.user("officer"), language="en", with_notes=True
    )


def case(world):
    return {"uuid": world.case.uuid}


def asked(world):
    """A case of the applicants' rows, with a clarification answered and another open."""
    return {"uuid": world.asked.uuid}


def no_case(world):
    return {"uuid": uuid4()}


def file(world):
    return {"uuid": world.case.uuid, "file_uuid": world.case_file.uuid}


def no_file(world):
    return {"uuid": world.case.uuid, "file_uuid": uuid4()}


def page(world):
    return file(world) | {"number": 1}


def copy(world):
    return {"uuid": world.case.uuid, "copy_uuid": world.case_copy.uuid}


reading = office(*READERS)
acting = office("officer", outcome=MOVED)
ordering = office(*READERS, outcome=MOVED)
# Seen by the one person who ordered it; it is not made yet, so the way leads back to the page.
own_copy = expect(
    DENIED,
    moved="officer",
    hidden="releaser auditor root",
    sign_in=NOBODY,
    enrol="unenrolled",
    confirm="unconfirmed",
)
# A role that may not read is refused before anybody looks whether there is such a case.
missing = office(*READERS, outcome="hidden")
ROUTES = [
    Route("cases:queue", get=reading),
    *(Route(f"cases:{name}", case, get=reading) for name in ("overview", "answers", "projects", "documents")),
    Route("cases:threads", case, get=reading),
    Route("cases:clarifications", case, get=reading),
    Route("cases:clarification_choose", case, get=acting),
    Route(
        "cases:clarification_ask",
        case,
        get=acting,
        post=office("officer"),
        data=lambda world: {"place": "projects"},
    ),
    Route("cases:clarification_extend", asked, get=office("officer"), post=office("officer")),
    Route("cases:clarification_cancel", asked, get=office("officer"), post=office("officer")),
    Route("cases:changes", lambda world: {**asked(world), "number": 2}, get=reading),
    Route("cases:history", case, get=reading),
    Route("cases:overview", no_case, get=missing),
    Route("cases:file", file, get=reading),
    Route("cases:file", no_file, get=missing),
    Route("cases:copies", case, get=reading),
    Route("cases:archive", case, get=reading),
    Route("cases:archive", no_case, get=missing),
    Route("cases:copy_order", case, post=ordering),
    Route("cases:copy", copy, get=own_copy),
    Route("cases:page", page, get=reading),
    Route("cases:picture", page, get=reading),
    Route("cases:officer", case, get=office("officer")),
    Route("cases:start", case, get=office("officer")),
    Route("cases:take", case, post=acting),
    Route("cases:hand_over", case, post=acting),
    Route("cases:start_verification", case, post=acting),
]

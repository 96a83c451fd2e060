"""An officer's work on a case in verification: readers of the office look on, officers act."""

import io
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from applications import workflow
from applications.desk import notes, visits
from portal.accounts import companies
from portal.accounts.models import RegistrationClaim
from portal.files import previews, scanning
from tests.access.engine import MOVED, Route, office
from tests.applications.desk.handing_in import hand_in, open_round

READERS = ("officer", "releaser", "auditor")


def picture():
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return SimpleUploadedFile("photo.png", content.getvalue())


def profile_of(company):
    return {name: getattr(company, name) for name in companies.PROFILE_FIELDS}


def build(world):
    world.checked = hand_in(open_round(f"CHECKED-{world.mark}"), world.user("owner"))
    workflow.start_verification(world.checked, officer=world.user("officer"))
    later = timezone.now() + timedelta(days=7)
    world.visit = visits.plan(
        world.checked, visits.Plan(later, "1 Demo Street", ""), officer=world.user("officer")
    )
    world.photo = visits.add_photo(world.visit, picture(), officer=world.user("officer"))
    scanning.scan.call(str(world.photo.uuid))
    previews.make.call(str(world.photo.uuid))
    assert companies.register_company(world.user("newcomer"), profile_of(world.company)) is None
    world.claim = RegistrationClaim.objects.get(claimant=world.user("newcomer"))
    world.note = notes.write(world.checked, author=world.user("officer"), text="Seen.")


def case(world):
    return {"uuid": world.checked.uuid}


def no_case(world):
    return {"uuid": uuid4()}


def note(world):
    return {"uuid": world.checked.uuid, "note_uuid": world.note.uuid}


def foreign_note(world):
    return {"uuid": world.case.uuid, "note_uuid": world.note.uuid}


def visit(world):
    return {"uuid": world.checked.uuid, "visit_uuid": world.visit.uuid}


def foreign_visit(world):
    return {"uuid": world.case.uuid, "visit_uuid": world.visit.uuid}


def photo(world):
    return visit(world) | {"file_uuid": world.photo.uuid}


def foreign_photo(world):
    return foreign_visit(world) | {"file_uuid": world.photo.uuid}


def company(world):
    return {"uuid": world.company.uuid}


def claim(world):
    return {"uuid": world.claim.uuid}


reading = office(*READERS)
acting = office("officer")
# Only who wrote a note may change it; a superuser is an officer, yet not its author.
author = {**office("officer"), "root": "denied"}
ROUTES = [
    # Nothing ticked leads back to the list, and an empty form is an answer: nobody, and no case.
    Route("cases:assign_ask", post=office("officer", outcome=MOVED)),
    Route("cases:assign", post=acting),
    Route("cases:filter_save", post=office(*READERS)),
    Route("cases:filter_remove", no_case, post=office(*READERS, outcome=MOVED)),
    Route("cases:checklist", case, get=reading, post=office("officer", outcome=MOVED)),
    Route("cases:checklist", no_case, get=office(*READERS, outcome="hidden")),
    Route("cases:notes", case, get=reading, post=acting),
    Route("cases:note", note, get=author, post=author),
    Route("cases:note", foreign_note, get=office("officer", outcome="hidden")),
    Route("cases:assessment", case, get=acting, post=acting),
    Route("cases:ineligible", case, get=acting, post=acting),
    Route("cases:visits", case, get=reading),
    Route("cases:visit_plan", case, get=acting, post=acting),
    *(Route(f"cases:visit_{act}", visit, get=acting, post=acting) for act in ("change", "report", "cancel")),
    Route("cases:visit_report", foreign_visit, get=office("officer", outcome="hidden")),
    Route("cases:photo_upload", visit, post=acting),
    Route("cases:photo", photo, get=reading),
    Route("cases:photo_picture", photo, get=reading),
    Route("cases:photo", foreign_photo, get=office(*READERS, outcome="hidden")),
    Route("cases:photo_picture", foreign_photo, get=office(*READERS, outcome="hidden")),
    Route("cases:photo_remove", photo, get=acting, post=office("officer", outcome=MOVED)),
    Route("cases:back_to_verification", case, get=office("officer", outcome=MOVED), post=acting),
    Route("companies:index", get=acting),
    Route("companies:detail", company, get=acting, post=acting),
    Route("companies:detail", no_case, get=office("officer", outcome="hidden")),
    Route("companies:claim", claim, get=acting, post=acting),
    Route("companies:claim", no_case, get=office("officer", outcome="hidden")),
    Route("figures:index", get=reading),
    Route("figures:csv", lambda world: {"code": "week"}, get=reading),
    Route("figures:csv", lambda world: {"code": "x"}, get=office(*READERS, outcome="hidden")),
    Route("figures:targets", get=acting, post=acting),
]

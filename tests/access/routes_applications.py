"""The applicant's pages: the company's own applications and nothing of anybody else."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import workflow
from applications.drafts import project_imports
from applications.submissions.contents import files_of
from applications.support import threads
from portal.accounts.permissions import membership_of
from tests.access.engine import COMPANY, DENIED, MOVED, NOBODY, Route, company, expect, members, public
from tests.applications.clarifications.clarification import ask, hand_in, reply
from tests.applications.conftest import fill_in, make_round, own_section, submit

EDITORS = "owner submitter colleague"
SUBMITTERS = "owner submitter"


def build(world):
    owner = membership_of(world.user("owner"))
    owner.provider.address, owner.provider.telephone = "1 Demo Street", "+85220000001"
    owner.provider.save()
    world.round = make_round(f"MATRIX-{world.mark}A-")
    world.draft = workflow.start(world.round, member=owner)
    fill_in(world.draft, owner)
    world.submitted = workflow.start(make_round(f"MATRIX-{world.mark}B-"), member=owner)
    fill_in(world.submitted, owner)
    submit(world.submitted, owner)
    world.asked = workflow.start(make_round(f"MATRIX-{world.mark}C-"), member=owner)
    fill_in(world.asked, owner)
    submit(world.asked, owner)
    ask(world.asked, world.user("officer"), ("question", "summary"))
    reply(world.asked, "Yes.", owner)
    hand_in(world.asked, owner)
    ask(world.asked, world.user("officer"), ("question", "summary"))
    world.thread = threads.ask(
        world.draft, member=owner, place="", text="May we?", key=uuid4(), language="en"
    )
    world.project = world.draft.projects.get()
    world.slot = world.draft.form_version.definition["documents"][0]["uid"]
    world.file = files_of(world.draft).get()
    world.project_import = project_imports.receive(
        world.draft, SimpleUploadedFile("a.csv", b"factory,city\nDemo Works,4419\n"), member=owner
    )


def draft(world):
    return {"uuid": world.draft.uuid}


def submitted(world):
    return {"uuid": world.submitted.uuid}


def asked(world):
    return {"uuid": world.asked.uuid}


def thread(world):
    return {**draft(world), "thread_uuid": world.thread.uuid}


def receipt(world):
    return {"uuid": world.submitted.uuid, "number": 1}


def section(world):
    return {"uuid": world.draft.uuid, "section_uid": own_section(world.draft)["uid"]}


def project(world):
    return {"uuid": world.draft.uuid, "project_uuid": world.project.uuid}


def table(world):
    return {"uuid": world.draft.uuid, "kind": "csv"}


def project_import(world):
    return {"uuid": world.draft.uuid, "import_uuid": world.project_import.uuid}


def file(world):
    return {"uuid": world.draft.uuid, "file_uuid": world.file.uuid}


def answers(world):
    return {"uuid": world.draft.uuid, "pk": world.draft.answer_revisions.first().pk}


def project_history(world):
    return {"uuid": world.draft.uuid, "pk": world.draft.project_revisions.first().pk}


def version(world):
    return {"version": "1"}


readers = company(COMPANY)
editors = company(EDITORS, denied="viewer")
editors_do = company(EDITORS, denied="viewer", outcome=MOVED)
uploader = company("owner", denied="viewer")
uploader_does = company("owner", denied="viewer", outcome=MOVED)
submitters = company(SUBMITTERS, denied="colleague viewer")
submitters_do = company(SUBMITTERS, denied="colleague viewer", outcome=MOVED)
owner = company("owner", denied="submitter colleague viewer")
owner_does = company("owner", denied="submitter colleague viewer", outcome=MOVED)
ROUTES = [
    Route("applications:dashboard", get=members()),
    Route("applications:questions", lambda world: {"round_uuid": world.round.uuid}, get=public()),
    Route(
        "applications:start",
        lambda world: {"round_uuid": world.round.uuid},
        post=expect(DENIED, moved=f"{EDITORS} outsider", sign_in=NOBODY),
    ),
    Route("applications:application", draft, get=readers),
    Route("applications:application", submitted, get=readers),
    Route("applications:company", draft, get=readers),
    Route("applications:section", section, get=editors, post=editors_do, data=version),
    Route("applications:projects", draft, get=editors),
    Route("applications:project_add", draft, get=editors, post=editors_do),
    Route("applications:project_change", project, get=editors, post=editors_do, data=version),
    Route("applications:project_remove", project, get=editors, post=editors_do, data=version),
    Route("applications:project_template", table, get=editors),
    Route("applications:project_export", table, get=readers),
    Route("applications:project_import", draft, get=editors, post=editors),
    # Its rows are seen by the one person who uploaded them.
    Route("applications:project_preview", project_import, get=uploader, post=uploader_does),
    Route("applications:project_import_cancel", project_import, post=uploader_does),
    Route("applications:documents", draft, get=editors),
    Route("applications:upload", lambda world: {**draft(world), "requirement_uid": world.slot}, post=editors),
    Route("applications:copy", draft, get=editors, post=editors_do),
    Route("applications:reuse", lambda world: {**draft(world), "requirement_uid": world.slot}, post=editors),
    Route("applications:download", file, get=readers),
    Route("applications:file_replace", file, get=editors, post=editors),
    Route("applications:file_remove", file, get=editors, post=editors_do),
    Route("applications:history", draft, get=readers),
    Route("applications:history_answers", answers, get=readers),
    Route("applications:history_project", project_history, get=readers),
    Route("applications:check", draft, get=readers),
    Route("applications:submit", draft, get=submitters, post=submitters),
    Route("applications:receipt", receipt, get=readers),
    Route("applications:receipt_pdf", receipt, get=company(COMPANY, outcome=MOVED)),
    Route("applications:changes", lambda world: {**asked(world), "number": 2}, get=readers),
    Route("applications:clarification", asked, get=readers, post=editors_do),
    Route("applications:clarification_check", asked, get=submitters, post=submitters),
    Route("applications:threads", draft, get=readers),
    Route("applications:thread_ask", draft, get=editors, post=editors),
    Route("applications:thread", thread, get=readers, post=editors),
    Route("applications:take_back", submitted, get=submitters, post=submitters_do),
    Route("applications:withdraw", submitted, get=submitters, post=submitters_do),
    Route("applications:delete", draft, get=owner, post=owner_does),
]

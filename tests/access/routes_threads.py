"""Threads in the office: three roles read, officers answer, and nobody else learns that there is one."""

from uuid import uuid4

from applications.support import reply_templates
from tests.access.engine import MOVED, Route, office

READERS = ("officer", "releaser", "auditor")


def build(world):
    texts = {"text_en": "Yes", "text_zh_hant": "", "text_zh_hans": "", "is_retired": False}
    world.reply_template = reply_templates.add(
        {"name": f"Matrix template {world.mark}"} | texts, officer=world.user("officer")
    )


def thread(world):
    """The applicants' rows have asked it."""
    return {"uuid": world.thread.uuid}


def no_thread(world):
    return {"uuid": uuid4()}


def template(world):
    return {"uuid": world.reply_template.uuid}


reading = office(*READERS)
working = office("officer")
moving = office("officer", outcome=MOVED)
ROUTES = [
    Route("threads:index", get=reading),
    Route("threads:thread", thread, get=reading),
    Route("threads:thread", no_thread, get=office(*READERS, outcome="hidden")),
    Route("threads:answer", thread, post=working),
    Route("threads:close", thread, post=moving),
    Route("threads:reopen", thread, post=moving),
    Route("threads:faq", thread, get=working, post=working),
    Route("threads:templates", get=reading),
    Route("threads:template_add", get=working, post=working),
    Route("threads:template", template, get=working, post=working),
]

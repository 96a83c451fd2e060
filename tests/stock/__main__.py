"""`python -m tests.stock 8123`: make the project with one of everything in it, and serve it at that port."""

import json
import sys
from io import BytesIO

import django
from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management import call_command
from PIL import Image as Picture

PERSON = {"username": "stock", "password": "stock"}


def main():
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill()
    call_command("runserver", f"127.0.0.1:{sys.argv[1]}", use_reloader=False)


def fill():
    from django.contrib.auth import get_user_model
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.images import get_image_model
    from wagtail.models import Collection, GroupApprovalTask, Locale, Page, Site, Workflow, WorkflowTask

    from tests.stock.models import Note, Speaker, StockPage

    user = get_user_model().objects.create_superuser(email="stock@stock.example", **PERSON)
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    Collection.add_root(name="Root")
    table = {"data": [["A", "B"], ["1", "2"]], "first_row_is_table_header": True}
    file = BytesIO()
    Picture.new("RGB", (800, 600), "teal").save(file, "PNG")
    picture = get_image_model().objects.create(title="A picture", file=ImageFile(file, "picture.png"))
    home = Page.add_root(title="Root", slug="root").add_child(title="Home", slug="home")
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    workflow = Workflow.objects.create(name="Read by a second person")
    task = GroupApprovalTask.objects.create(name="Second person")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = StockPage(
        title="A page", slug="a-page", intro="A sentence.", text="<p>Words</p>", image=picture,
        speakers=[Speaker(name="Somebody")],
        body=json.dumps(
            [
                {"type": "text", "value": "<h2>A heading</h2><p>Words <b>and more</b>.</p>"},
                {"type": "picture", "value": {"image": picture.pk, "caption": "What it shows"}},
                {"type": "links", "value": [{"page": home.pk, "kind": "one"}]},
                {"type": "table", "value": table},
            ]
        ),
    )  # fmt: skip
    home.add_child(instance=page)
    page.save_revision(user=user).publish()
    page.intro = "Another sentence."
    page.save_revision(user=user)
    Note.objects.create(title="A note", dated="2026-01-01")
    Redirect.add_redirect("/old", redirect_to=page)


main()

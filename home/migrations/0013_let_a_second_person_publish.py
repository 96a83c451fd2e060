"""A workflow for all pages: one editor submits, another publishes. Wagtail's own has a group that is no more."""

from django.db import migrations

STOCK = "Moderators approval"
# Stands on the button of the editor, after "Submit to".
NAME = "second editor · 第二位編輯"


def make(apps, schema_editor):
    task_model = apps.get_model("home", "SecondPersonTask")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="secondpersontask"
    )
    task = task_model.objects.create(name=NAME, active=True, content_type=content_type)
    task.groups.add(apps.get_model("auth", "Group").objects.get_or_create(name="editor")[0])
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    workflow = workflow_model.objects.create(name=NAME, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=root, defaults={"workflow": workflow}
    )
    workflow_model.objects.filter(name=STOCK).update(active=False)
    apps.get_model("wagtailcore", "Task").objects.filter(name=STOCK).update(active=False)


def unmake(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=NAME).delete()
    apps.get_model("home", "SecondPersonTask").objects.filter(name=NAME).delete()
    stock = apps.get_model("wagtailcore", "Workflow").objects.filter(name=STOCK)
    stock.update(active=True)
    apps.get_model("wagtailcore", "Task").objects.filter(name=STOCK).update(active=True)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for workflow in stock:
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(page=root, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [("home", "0012_second_person_task")]
    operations = [migrations.RunPython(make, unmake)]

"""Editors add and name the processes and technologies that success cases are found by; none is deleted."""

from django.db import migrations


def give(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="editor")
    group.permissions.add(*_permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="caseterm"
    )
    # Django makes permissions after all migrations; one that stands already is left alone by it.
    for verb in ("add", "change", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{verb}_caseterm", defaults={"name": f"Can {verb} caseterm"}
        )
        yield permission


class Migration(migrations.Migration):
    dependencies = [("home", "0005_cases")]
    operations = [migrations.RunPython(give, take)]

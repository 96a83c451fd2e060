"""Editors keep the sets of figures. Rights of a set's figures come with the set."""

from django.db import migrations


def give(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="editor")
    group.permissions.add(*_permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="figureset"
    )
    # Django makes permissions after all migrations; one that stands already is left alone by it.
    for verb in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{verb}_figureset", defaults={"name": f"Can {verb} set of figures"}
        )
        yield permission


class Migration(migrations.Migration):
    dependencies = [("home", "0010_figures")]
    operations = [migrations.RunPython(give, take)]

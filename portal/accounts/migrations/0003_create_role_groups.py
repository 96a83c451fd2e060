from django.db import migrations

ROLES = ["editor", "organiser", "officer", "releaser", "assessor", "record_checker", "auditor"]
ADMIN_ROLES = ["editor", "organiser", "officer"]


def create_groups(apps, schema_editor):
    """One group per staff role. Three of them may open Wagtail's admin; what they may edit there is granted elsewhere."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in ROLES:
        group, _ = Group.objects.get_or_create(name=name)
        if name in ADMIN_ROLES:
            group.permissions.add(access)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_add_session_epoch"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]

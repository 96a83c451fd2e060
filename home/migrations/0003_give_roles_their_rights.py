"""What the staff roles may do in Wagtail's admin. Groups are named by role code; people get them by their roles."""

from django.db import migrations

# Group -> permissions as (app label, model, codename).
OVERALL = {
    "editor": [
        ("wagtailadmin", "admin", "access_admin"),
        ("wagtail_localize", "translation", "submit_translation"),
        ("home", "contactsettings", "change_contactsettings"),
        ("wagtailredirects", "redirect", "add_redirect"),
        ("wagtailredirects", "redirect", "change_redirect"),
        ("wagtailredirects", "redirect", "delete_redirect"),
    ],
    # Pages of seminars are given with their index pages, by the seminars app.
    "organiser": [("wagtailadmin", "admin", "access_admin")],
}
ON_ALL_PAGES = {"editor": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]}
COLLECTION = [("wagtailimages", "image"), ("wagtaildocs", "document")]
STOCK_GROUPS = ["Moderators", "Editors"]


def give(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    group_model.objects.filter(name__in=STOCK_GROUPS).delete()
    root_page = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    root_collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    on_pages = apps.get_model("wagtailcore", "GroupPagePermission")
    on_collections = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for role, permissions in OVERALL.items():
        group, _ = group_model.objects.get_or_create(name=role)
        group.permissions.add(*[_permission(apps, *each) for each in permissions])
        for codename in ON_ALL_PAGES.get(role, []):
            permission = _permission(apps, "wagtailcore", "page", codename)
            on_pages.objects.get_or_create(group=group, page=root_page, permission=permission)
        for app_label, model in COLLECTION:
            for verb in ("add", "change", "choose"):
                permission = _permission(apps, app_label, model, f"{verb}_{model}")
                on_collections.objects.get_or_create(
                    group=group, collection=root_collection, permission=permission
                )


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=OVERALL):
        group.permissions.remove(*[_permission(apps, *each) for each in OVERALL[group.name]])
        apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group).delete()
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()


def _permission(apps, app_label, model, codename):
    # Django makes permissions after all migrations; one that stands already is left alone by it.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_create_home_pages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(give, take)]

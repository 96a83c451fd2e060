"""The three locales and an empty, published front page in each; the English one is the site's root."""

import uuid

from django.conf import settings
from django.db import migrations

TITLES = [("en", "home", "Home"), ("zh-hant", "home-zh-hant", "首頁"), ("zh-hans", "home-zh-hans", "首页")]


def create_home_pages(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    home_model = apps.get_model("home", "HomePage")
    content_type_model = apps.get_model("contenttypes", "ContentType")
    _remove_welcome_page(page_model, content_type_model)
    content_type, _ = content_type_model.objects.get_or_create(app_label="home", model="homepage")
    root = page_model.objects.get(depth=1)
    translation_key = uuid.uuid4()
    homes = []
    for language, slug, title in TITLES:
        locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=language)
        homes.append(
            home_model.objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                content_type=content_type,
                locale=locale,
                translation_key=translation_key,
                path=_next_path(page_model, root),
                depth=2,
                url_path=f"/{slug}/",
            )
        )
    root.numchild = page_model.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    apps.get_model("wagtailcore", "Site").objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "port": 80,
            "root_page_id": homes[0].pk,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def _remove_welcome_page(page_model, content_type_model):
    plain = content_type_model.objects.filter(app_label="wagtailcore", model="page")
    page_model.objects.filter(content_type__in=plain, depth=2, numchild=0, slug="home").delete()


def _next_path(page_model, root):
    # Four characters of base 36 per level, as treebeard counts; there are never more than nine front pages.
    return f"{root.path}{page_model.objects.filter(depth=2).count() + 1:04}"


def remove_home_pages(apps, schema_editor):
    # Sites, revisions' pages and everything below go along.
    page_model = apps.get_model("wagtailcore", "Page")
    apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).delete()
    page_model.objects.filter(depth__gt=1).delete()
    page_model.objects.filter(depth=1).update(numchild=0)
    apps.get_model("wagtailcore", "Locale").objects.exclude(language_code=settings.LANGUAGE_CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0001_create_page_types")]
    operations = [migrations.RunPython(create_home_pages, remove_home_pages)]

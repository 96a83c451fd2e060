"""The pages of a new seminar: one draft in each language, translations of each other."""

import uuid

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission

from home import releasing
from portal.accounts.models import Role
from portal.texts import localized
from seminars.models import Seminar, SeminarIndexPage, SeminarPage


class NoSeminarIndex(Exception):
    """There is no seminar index page to put the drafts under."""


def indexes() -> list[SeminarIndexPage]:
    return list(SeminarIndexPage.objects.select_related("locale").order_by("locale__language_code", "path"))


@transaction.atomic
def make_drafts(seminar: Seminar, *, user=None, slug: str = "", words=None) -> list[SeminarPage]:
    """Add an unpublished page for every language that has a seminar index page, English first.

    `words` are columns of the pages by language. A language that has its page already is left alone. Raises
    NoSeminarIndex where no language has an index.
    """
    parents = indexes()
    if not parents:
        raise NoSeminarIndex
    standing = {page.locale_id: page for page in seminar.pages.all()}
    key = next((page.translation_key for page in standing.values()), uuid.uuid4())
    slug = slug or releasing.free_slug(seminar.title_en, parents, otherwise="seminar")
    made = []
    for parent in parents:
        if parent.locale_id in standing:
            continue
        page = SeminarPage(
            seminar=seminar,
            title=localized(seminar, "title", parent.locale.language_code).text,
            slug=slug,
            locale=parent.locale,
            translation_key=key,
            owner=user,
            **(words or {}).get(parent.locale.language_code, {}),
            live=False,
            has_unpublished_changes=True,
        )
        parent.add_child(instance=page)
        page.save_revision(user=user)
        standing[parent.locale_id] = page
        made.append(page)
    return made


def let_organisers_work_below(index: SeminarIndexPage) -> None:
    """Organisers write and publish the pages of seminars, and no others."""
    group = Group.objects.get(name=Role.ORGANISER)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=permission)

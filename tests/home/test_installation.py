"""What every installation begins with, demonstration or not. No test here loads the demonstration pages."""

from django.contrib.auth.models import Group
from django.utils.translation import override
from wagtail.models import GroupPagePermission, Page, Site

from home import contact
from home.models import ContactSettings


def test_installation_begins_with_an_empty_front_page_in_each_language(client, homes):
    assert list(homes) == ["en", "zh-hant", "zh-hans"]
    assert len({home.translation_key for home in homes.values()}) == 1
    assert Page.objects.count() == 4  # the tree's root and these
    site = Site.objects.get()
    assert (site.root_page_id, site.is_default_site) == (homes["en"].pk, True)
    assert Page.find_problems() == ([], [], [], [], [])
    for prefix, tag in (("en", "en"), ("tc", "zh-Hant-HK"), ("sc", "zh-Hans")):
        response = client.get(f"/{prefix}/")
        assert response.status_code == 200
        assert f'<html lang="{tag}"'.encode() in response.content


def test_contact_without_a_text_in_the_language_says_which_one_it_took(db):
    ContactSettings.objects.create(email="a@portal.example", hours_en="9 to 6")

    with override("zh-hans"):
        hours = contact.current().hours

    assert (hours.text, hours.language) == ("9 to 6", "en")


def test_roles_have_their_rights_in_the_admin_and_the_stock_groups_are_gone(db):
    rights = {
        (each.group.name, each.page.depth, each.permission.codename)
        for each in GroupPagePermission.objects.select_related("group", "page", "permission")
    }

    assert rights == {
        ("editor", 1, f"{verb}_page") for verb in ("add", "change", "publish", "lock", "unlock")
    }
    editor = Group.objects.get(name="editor").permissions.values_list("codename", flat=True)
    assert {"access_admin", "submit_translation", "change_contactsettings"} <= set(editor)
    assert not any("user" in codename or "group" in codename for codename in editor)
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()

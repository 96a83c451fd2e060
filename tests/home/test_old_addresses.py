"""Addresses that other sites, letters and search engines still name."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home import redirect_list


@pytest.fixture
def shipped(site):
    redirect_list.load_shipped()


def led(client, address):
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


def table(tmp_path, *lines):
    path = tmp_path / "old.csv"
    path.write_text("\n".join(["old,new", *lines]), encoding="utf-8-sig")
    return str(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/en/index", "/en/"),
        ("/tc/index", "/tc/"),
        ("/en/program?id=4", "/en/programme/"),
        ("/sc/program?id=4", "/sc/programme/"),
        ("/en/program?id=12", "/en/programme/"),
        ("/en/awards", "/en/ceremonies/"),
        ("/en/awards?post=7", "/en/ceremonies/ceremony-2015/"),
        ("/sc/awards?post=7", "/sc/ceremonies/ceremony-2015/"),
        ("/tc/awards?post=3", "/tc/ceremonies/"),
        ("/sc/GDHK_intro", "/sc/recognition-scheme/"),
        ("/en/gdhk_intro", "/en/recognition-scheme/"),
        ("/en/FAQ", "/en/faq/"),
        ("/sc/FAQ/", "/sc/faq/"),
        ("/en_index.asp", "/en/"),
        ("/tc_index.asp", "/tc/"),
        ("/EN_Resources7.ASP", "/en/programme/"),
    ],
)
def test_address_of_the_site_before_leads_to_its_page_in_one_step(client, shipped, old, new):
    assert led(client, old) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    "address", ["/en/nothing", "/en_other.asp", "/en/index%00", "/en/%F0%A8%8B%A2?a=%00", "/xx_index.asp"]
)
def test_what_nobody_knows_is_still_not_found(client, shipped, address):
    assert client.get(address, follow=True).status_code == 404


def test_redirect_hides_no_page_and_answers_reading_only(client, shipped):
    page = Page.objects.get(slug="faq", locale__language_code="en")
    Redirect.objects.create(old_path="/en/programme", redirect_page=page)

    assert client.get("/en/programme/").status_code == 200
    assert client.post("/en/index/").status_code == 404


def test_redirect_follows_its_page_and_ends_with_it(client, shipped, page_of):
    page = page_of("faq")
    page.slug = "questions"
    page.save_revision().publish()
    assert led(client, "/en/FAQ") == (301, "/en/questions/")

    page.unpublish()
    # Another language is no answer to who asked for English.
    assert client.get("/en/FAQ", follow=True).status_code == 404
    assert led(client, "/tc/FAQ") == (301, "/tc/faq/")


def test_editors_redirect_for_one_language_stands_before_the_translation(client, shipped):
    Redirect.objects.create(
        old_path="/tc/index", redirect_link="https://elsewhere.example/", is_permanent=False
    )

    assert led(client, "/tc/index") == (302, "https://elsewhere.example/")
    assert led(client, "/sc/index") == (301, "/sc/")


def test_redirect_of_this_site_goes_before_one_of_all_sites(client, shipped, page_of):
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(old_path="/en/index", site=site, redirect_page=page_of("faq").page_ptr)

    assert led(client, "/en/index") == (301, "/en/faq/")


def test_old_address_costs_few_queries(client, shipped, django_assert_max_num_queries):
    client.get("/en/")
    with django_assert_max_num_queries(8):
        client.get("/tc/program?id=4")


def test_table_may_be_loaded_again_and_leaves_what_an_editor_changed(site, page_of, capsys):
    call_command("load_redirects")
    count = Redirect.objects.count()
    contact = page_of("contact")
    Redirect.objects.filter(old_path="/en/FAQ").update(redirect_page=contact)

    call_command("load_redirects")
    assert Redirect.objects.count() == count > 5
    assert Redirect.objects.get(old_path="/en/FAQ").redirect_page_id == contact.pk
    assert f"0 written, {count} stood already." in capsys.readouterr().out

    call_command("load_redirects", "--overwrite")
    assert Redirect.objects.count() == count
    assert Redirect.objects.get(old_path="/en/FAQ").redirect_page.slug == "faq"
    assert f"1 written, {count - 1} stood already." in capsys.readouterr().out


def test_lines_that_cannot_be_used_are_named_and_the_others_loaded(site, tmp_path):
    path = table(
        tmp_path,
        "/en/a,/en/faq/",
        "",
        "/en/b,/en/no-such-page/",
        "c,/en/",
        "/en/d,https://other.example/d",
        "/en/e",
    )

    with pytest.raises(CommandError) as raised:
        call_command("load_redirects", path, stdout=StringIO())

    assert str(raised.value).splitlines() == [
        "3 lines were left out.",
        "Line 4: No page stands at “/en/no-such-page/”.",
        "Line 5: “c” does not begin with /.",
        "Line 7: No page stands at “”.",
    ]
    assert set(Redirect.objects.values_list("old_path", "redirect_link")) == {
        ("/en/a", ""),
        ("/en/d", "https://other.example/d"),
    }


def test_missing_table_is_said_in_a_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_redirects", str(tmp_path / "none.csv"))

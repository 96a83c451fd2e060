"""The frame of every page: languages, navigation, notices, error pages, the bare address."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from wagtail.models import Locale, Page, Site

from portal import context, navigation, views

LANGUAGES = [("en", "en", "en"), ("tc", "zh-hant", "zh-Hant-HK"), ("sc", "zh-hans", "zh-Hans")]


def request_for(path="/en/x/", code="en", user=None, method="get", **headers):
    request = getattr(RequestFactory(headers=headers), method)(path)
    request.LANGUAGE_CODE = code
    request.user = user or AnonymousUser()
    request.resolver_match = None
    return request


def draw(source, request, **values):
    with translation.override(request.LANGUAGE_CODE):
        return engines["django"].from_string(source).render(values, request)


PAGE = """{% extends "base.html" %}{% block title %}A & B "quoted"{% endblock %}
{% block main %}<h1>A</h1>{% endblock %}"""
KEPT = {"en": "your text is most likely still in the form", "tc": "請先複製", "sc": "请先复制"}


@pytest.fixture(autouse=True)
def bare_shell(monkeypatch):
    """No pages to link to: what the home package registers is tested there."""
    monkeypatch.setattr(navigation, "_provider", None)


@pytest.mark.parametrize(
    ("cookie", "accepted", "target"),
    [
        ("", "zh-HK,zh;q=0.9,en;q=0.8", "/tc/"),
        ("", "zh-TW", "/tc/"),
        ("", "zh-MO", "/tc/"),
        ("", "zh-Hant", "/tc/"),
        ("", "zh-Hant-HK", "/tc/"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "/sc/"),
        ("", "zh-SG", "/sc/"),
        ("", "zh-Hans-CN", "/sc/"),
        ("", "zh", "/sc/"),
        ("", "fr,zh-CN;q=0.5", "/sc/"),
        ("", "en-GB,zh-HK;q=0.9", "/en/"),
        ("", "fr", "/en/"),
        ("", "", "/en/"),
        ("", "\x00;;;q=,", "/en/"),
        ("zh-hans", "zh-HK", "/sc/"),
        ("zh-hant", "en", "/tc/"),
        ("nonsense", "zh-HK", "/tc/"),
    ],
)
def test_the_bare_address_follows_the_cookie_then_the_browser(cookie, accepted, target):
    client = Client(headers={"Accept-Language": accepted})
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, target)
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}


def test_the_bare_address_takes_no_post():
    assert Client().post("/").status_code == 405


def test_the_context_of_the_shell_asks_the_database_nothing():
    """Without access to the database here, a query would fail."""
    assert context.portal(request_for(code="zh-hant"))["html_lang"] == "zh-Hant-HK"


@pytest.mark.parametrize(("prefix", "code", "tag"), LANGUAGES)
def test_a_page_says_its_language_and_links_to_itself_in_the_others(prefix, code, tag):
    html = draw(PAGE, request_for(f"/{prefix}/company/?tab=2", code))
    assert f'<html lang="{tag}"' in html
    links = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)" lang="([^"]+)"', html)
    assert links == [
        (f"/{other}/company/?tab=2", other_tag, other_tag)
        for other, _, other_tag in LANGUAGES
        if other != prefix
    ]
    alternates = dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert alternates.keys() == {"en", "zh-Hant-HK", "zh-Hans", "x-default"}
    assert alternates["x-default"] == alternates["en"] == "http://testserver/en/company/?tab=2"
    assert f'rel="canonical" href="http://testserver/{prefix}/company/"' in html


def test_the_title_is_escaped_once_in_title_and_attributes():
    html = draw(PAGE, request_for())
    assert "<title>A & B &quot;quoted&quot; – Cleaner" in html
    assert 'property="og:title" content="A & B &quot;quoted&quot;"' in html


def test_values_in_the_title_cannot_leave_their_place():
    source = PAGE.replace('A & B "quoted"', "{{ name }}")
    html = draw(source, request_for(), name='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert 'content="&quot;&gt;' in html


@pytest.fixture
def trio(db):
    """A page that is live in English and Traditional Chinese, and a draft in Simplified Chinese."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for _, code, _ in LANGUAGES}
    root = Page.get_first_root_node()
    home = root.add_child(instance=Page(title="Home", slug="ui-home", locale=locales["en"]))
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="testserver", is_default_site=True
    )
    site.root_page = home
    site.save()
    page = home.add_child(instance=Page(title="Scheme", slug="scheme", locale=locales["en"]))
    tc = page.copy_for_translation(locales["zh-hant"], copy_parents=True)
    page.copy_for_translation(locales["zh-hans"], copy_parents=True)
    for each in (tc.get_parent(), tc):
        Page.objects.filter(pk=each.pk).update(live=True)
    return page


def test_an_editors_page_links_to_live_translations_and_else_to_the_home_page(trio):
    request = request_for(trio.url)
    html = draw(PAGE, request, page=trio)
    links = dict(re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"', html))
    by_tag = {tag: url for url, tag in links.items()}
    tc = trio.get_translation(Locale.objects.get(language_code="zh-hant"))
    assert by_tag == {"zh-Hant-HK": tc.url, "zh-Hans": "/sc/"}
    assert 'rel="alternate" hreflang="zh-Hans"' not in html


def test_public_pages_hold_no_token(trio):
    assert "csrf" not in draw(PAGE, request_for(), page=trio).lower()


@pytest.fixture
def menu(bare_shell, monkeypatch):
    shell = navigation.Shell(
        main=(navigation.Link("Seminars", "/en/events/", current=True), navigation.Link("News", "/en/news/")),
        about=(navigation.Link("Privacy", "/en/privacy/"),),
        contact=navigation.Contact("Secretariat", "+852 2788 5588", "event@demo.example"),
    )
    monkeypatch.setattr(navigation, "_provider", lambda request: shell)


@pytest.mark.parametrize("base", ["base.html", "base_portal.html"])
def test_the_menu_can_be_reached_without_script(menu, base):
    html = draw(PAGE.replace("base.html", base), request_for("/en/events/"))
    assert 'href="#site-menu"' in html
    footer = html[html.index("<footer") :]
    assert 'id="site-menu"' in footer
    assert footer.count("/en/events/") == 1
    assert 'href="/en/events/" aria-current="page"' in html
    assert "tel:+85227885588" in footer and "mailto:event@demo.example" in footer


def test_help_stands_at_the_same_place_on_public_and_portal_pages(menu):
    """3.2.6: the contact comes after the content and before the list of pages."""
    for base in ("base.html", "base_portal.html"):
        html = draw(PAGE.replace("base.html", base), request_for())
        assert html.index("</main>") < html.index("mailto:") < html.index('id="site-menu"')


@pytest.mark.parametrize(
    ("level", "kind"),
    [(constants.SUCCESS, "success"), (constants.WARNING, "warning"), (constants.ERROR, "error")],
)
def test_notices_are_announced(level, kind):
    html = draw(PAGE, request_for(), messages=[Message(level, "Saved <b>")])
    assert f'class="cp-notice cp-notice--{kind}" role="alert"' in html
    assert "Saved &lt;b&gt;" in html


@pytest.mark.parametrize("demo", [True, False])
def test_the_demonstration_says_so(demo):
    with override_settings(DEMO=demo):
        assert ("Demonstration: not the programme" in draw(PAGE, request_for())) is demo


def test_the_title_tells_of_errors():
    html = draw(PAGE, request_for(), error_title=True)
    assert "<title>Error: A" in html
    assert "<title>Error" not in draw(PAGE, request_for())


@pytest.mark.parametrize(("prefix", "code", "tag"), LANGUAGES)
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: views.bad_request(request, ValueError()), 400),
        (lambda request: views.permission_denied(request, PermissionError()), 403),
        (views.csrf_failure, 403),
        (lambda request: views.page_not_found(request, Http404()), 404),
        (views.server_error, 500),
        (lambda request: views.plain_error(request, views.HTTPStatus.SERVICE_UNAVAILABLE), 503),
    ],
)
def test_error_pages_speak_the_language_of_the_address_without_a_query(view, status, prefix, code, tag):
    """There is no database here; the language comes from the address, though nothing has activated it."""
    for method in ("get", "post"):
        request = request_for(f"/{prefix}/x/", method=method)
        response = view(request)
        html = response.content.decode()
        assert response.status_code == status
        assert f'<html lang="{tag}"' in html
        assert response["Cache-Control"] == "no-store"
        assert html.count("<h1") == 1 and "mailto:" in html
        kept = {"en": "your text is most likely still in the form", "tc": "請先複製", "sc": "请先复制"}[
            prefix
        ]
        assert (kept in html) is (method == "post")


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "code", "tag"), LANGUAGES)
def test_a_wrong_address_gets_our_page(client, prefix, code, tag):
    response = client.get(f"/{prefix}/no/such/page/")
    assert response.status_code == 404
    assert f'<html lang="{tag}"' in response.content.decode()


def test_a_failing_menu_does_not_take_the_last_error_pages_with_it(monkeypatch):
    def broken(request):
        raise RuntimeError("no database")

    monkeypatch.setattr(navigation, "_provider", broken)
    assert views.server_error(request_for()).status_code == 500
    assert views.plain_error(request_for(), views.HTTPStatus.SERVICE_UNAVAILABLE).status_code == 503


def test_the_error_pages_ask_for_another_try_later_when_the_service_is_down():
    response = views.plain_error(request_for(), views.HTTPStatus.SERVICE_UNAVAILABLE)
    assert response["Retry-After"] == "60"


def test_icons_are_hidden_from_assistive_technology():
    html = Template('{% load ui %}{% icon "calendar" "s" %}').render(Context())
    assert html.startswith('<svg class="cp-icon cp-icon--s" aria-hidden="true" focusable="false"')
    assert "xmlns" not in html and html.endswith("</svg>")


def test_date_tile_reads_in_the_order_of_the_language():
    with translation.override("zh-hant"):
        html = render_to_string("components/date_tile.html", {"date": date(2025, 6, 25)})
    assert "<span>2025年6月</span><strong>25</strong><span>星期三</span>" in html
    assert 'aria-hidden="true"' in html

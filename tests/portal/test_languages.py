import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from portal.languages import ShortLocaleMiddleware, lang_tag, prefix_for, split_prefix


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("en", "en"),
        ("en-gb", "en"),
        ("zh-hant", "tc"),
        ("zh-hans", "sc"),
        ("de", "en"),
        (None, "en"),
        ("", "en"),
        ("<script>", "en"),
    ],
)
def test_every_language_code_has_a_prefix(code, prefix):
    assert prefix_for(code) == prefix


@pytest.mark.parametrize(
    ("code", "tag"), [("en", "en"), ("zh-hant", "zh-Hant-HK"), ("zh-hans", "zh-Hans"), ("de", "en")]
)
def test_lang_attributes_name_script_and_region(code, tag):
    assert lang_tag(code) == tag


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/tc/events/", ("tc", "/events/")),
        ("/tc/", ("tc", "/")),
        ("/tc", ("tc", "/")),
        ("/", (None, "/")),
        ("//tc/", (None, "//tc/")),
    ],
)
def test_the_first_segment_is_told_from_the_rest(path, parts):
    assert split_prefix(path) == parts


@pytest.mark.parametrize(("code", "prefix"), [("en", "en"), ("zh-hant", "tc"), ("zh-hans", "sc")])
def test_addresses_carry_the_prefix_of_the_active_language(code, prefix):
    with translation.override(code):
        assert reverse("account_login") == f"/{prefix}/account/login/"


@pytest.mark.parametrize("prefix", ["en", "tc", "sc"])
def test_an_address_of_another_language_than_the_active_one_resolves(prefix):
    with translation.override("en"):
        assert resolve(f"/{prefix}/account/login/").url_name == "account_login"


@pytest.mark.parametrize("path", ["/zh-hant/account/login/", "/fr/account/login/", "/account/login/"])
def test_an_address_without_one_of_our_prefixes_does_not_resolve(path):
    with pytest.raises(Resolver404):
        resolve(path)


@pytest.mark.parametrize(
    ("path", "header", "active"),
    [
        ("/tc/x/", "en", "zh-hant"),
        ("/sc/x/", "zh-HK", "zh-hans"),
        ("/en/x/", "zh-CN", "en"),
        ("/admin/", "zh-HK", "zh-hant"),
        ("/admin/", "fr", "en"),
    ],
)
def test_the_address_decides_the_language_and_then_the_browser(path, header, active):
    request = RequestFactory().get(path, headers={"accept-language": header})

    with translation.override("en"):
        ShortLocaleMiddleware(lambda request: None).process_request(request)

    language = request.LANGUAGE_CODE
    assert language == active


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/zh-hant/account/login/?next=/a", 301, "/tc/account/login/?next=/a"),
        ("/zh-hans/account/login/", 301, "/sc/account/login/"),
        ("/account/login/", 302, "/en/account/login/"),
    ],
)
def test_other_spellings_lead_to_the_short_prefix(client, path, status, target):
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (status, target)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "prefix"),
    [
        ("zh-HK", "tc"),
        ("zh-TW,zh;q=0.9", "tc"),
        ("zh-Hant", "tc"),
        ("zh-CN", "sc"),
        ("zh-Hans-CN", "sc"),
        ("zh", "sc"),
        ("zh;q=0.8, en;q=0.9", "en"),
        ("fr, zh-HK;q=0.5", "tc"),
        ("fr", "en"),
        ("", "en"),
        ("\x00;;q=,,", "en"),
    ],
)
def test_the_bare_address_leads_to_the_browsers_language(client, header, prefix):
    answer = client.get("/", headers={"accept-language": header})

    assert (answer.status_code, answer["Location"]) == (302, f"/{prefix}/")


@pytest.mark.django_db
def test_a_choice_made_before_wins_over_the_browser(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"

    assert client.get("/", headers={"accept-language": "zh-HK"})["Location"] == "/sc/"

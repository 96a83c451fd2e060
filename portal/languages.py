"""Short language prefixes in addresses: /en/, /tc/ and /sc/ over Django's own language codes."""

import re

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import URLResolver, get_script_prefix, is_valid_path
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant

PREFIX_OF = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}
LANGUAGE_OF = {prefix: code for code, prefix in PREFIX_OF.items()}
# What `lang` attributes say: the script and region choose the face and the punctuation.
LANG_TAG_OF = {"en": "en", "zh-hant": "zh-Hant-HK", "zh-hans": "zh-Hans"}
# What a language calls itself in the switch, the same on every page.
LANGUAGE_NAMES = {"en": "English", "zh-hant": "繁體", "zh-hans": "简体"}
# Each in its own language, like the name it explains.
NOT_THIS_PAGE = {
    "en": "This page is not available in English: the link leads to the home page",
    "zh-hant": "本頁沒有繁體中文版本，連結前往首頁",
    "zh-hans": "本页没有简体中文版本，链接前往首页",
}
FIRST_SEGMENT = re.compile(r"^/([\w-]+)(?=/|$)")


def prefix_for(code):
    """The address prefix for any language code, also ones we do not carry (`de`, `zh-hk`, None)."""
    try:
        return PREFIX_OF[get_supported_language_variant(code)]
    except LookupError:
        return PREFIX_OF[settings.LANGUAGE_CODE]


def lang_tag(code):
    return LANG_TAG_OF[LANGUAGE_OF[prefix_for(code)]]


def split_prefix(path_info):
    """`/tc/events/` -> (`tc`, `/events/`)."""
    found = FIRST_SEGMENT.match(path_info)
    return (found[1], path_info[found.end() :] or "/") if found else (None, path_info)


class ShortPrefix(LocalePrefixPattern):
    @property
    def language_prefix(self):
        return prefix_for(translation.get_language()) + "/"

    def match(self, path):
        # Any of the three prefixes matches, whatever language is active: links between languages resolve.
        word, slash, rest = path.partition("/")
        return (rest, (), {}) if slash and word in LANGUAGE_OF else None


def short_i18n_patterns(*urls):
    return [URLResolver(ShortPrefix(), list(urls))]


class ShortLocaleMiddleware(LocaleMiddleware):
    def process_request(self, request):
        word, _ = split_prefix(request.path_info)
        translation.activate(LANGUAGE_OF.get(word) or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        word, rest = split_prefix(request.path_info)
        if response.status_code == 404 and word not in LANGUAGE_OF:
            redirect = self._prefixed(request, word, rest)
            if redirect:
                return redirect
        if word not in LANGUAGE_OF:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", lang_tag(request.LANGUAGE_CODE))
        return response

    def _prefixed(self, request, word, rest):
        """A redirect to the prefixed address, if that one exists; /zh-hant/x goes to /tc/x for good."""
        spelled_out = (word or "").lower() in PREFIX_OF
        target = "/" + prefix_for(word.lower() if spelled_out else request.LANGUAGE_CODE)
        target += rest if spelled_out else request.path_info
        target += "" if is_valid_path(target) else "/"
        if not is_valid_path(target):
            return None
        query = request.META.get("QUERY_STRING", "")
        url = get_script_prefix().rstrip("/") + target + ("?" + query if query else "")
        redirect = (HttpResponsePermanentRedirect if spelled_out else HttpResponseRedirect)(url)
        patch_vary_headers(redirect, ("Accept-Language", "Cookie"))
        return redirect

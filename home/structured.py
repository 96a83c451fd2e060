"""What search engines read of the pages, as schema.org: site, news, questions, and where a page stands."""

from functools import singledispatch

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext, pgettext

from home import contact
from home.models import FAQPage, HomePage, NewsPage
from portal import dates
from portal.languages import lang_tag


def data_of(page, request, trail=()) -> list[dict]:
    """Everything for one page, in the active language; `trail`: the pages between the front page and it."""
    found = list(facts_of(page, request))
    return found if isinstance(page, HomePage) else [*found, _breadcrumbs(page, request, trail)]


@singledispatch
def facts_of(page, request):
    return ()


@facts_of.register
def of_home(page: HomePage, request):
    search = request.build_absolute_uri(reverse("search:results"))
    yield {
        "@type": "WebSite",
        "name": _programme(),
        "url": _address(page, request),
        "inLanguage": lang_tag(get_language()),
        "publisher": _secretariat(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


@facts_of.register
def of_news(page: NewsPage, request):
    yield {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        # A news item of a month has no day to name.
        "datePublished": f"{page.date:%Y-%m}" if page.month_only else f"{page.date:%Y-%m-%d}",
        **({"dateModified": dates.iso(page.last_published_at)} if page.last_published_at else {}),
        "inLanguage": lang_tag(get_language()),
        "mainEntityOfPage": _address(page, request),
        "publisher": _secretariat(),
    }


@facts_of.register
def of_questions(page: FAQPage, request):
    questions = [item for category in page.categories for item in category.value["questions"]]
    if questions:
        yield {
            "@type": "FAQPage",
            "inLanguage": lang_tag(get_language()),
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": item["question"],
                    "url": f"{_address(page, request)}#{item['anchor']}",
                    "acceptedAnswer": {"@type": "Answer", "text": _plain(item["answer"].source)},
                }
                for item in questions
            ],
        }


def _breadcrumbs(page, request, trail):
    home = request.build_absolute_uri(f"/{request.path.split('/')[1]}/")
    steps = [(pgettext("breadcrumb", "Home"), home)]
    steps += [(each.title, _address(each, request)) for each in (*trail, page)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def _address(page, request):
    return request.build_absolute_uri(page.get_url(request))


def _programme():
    return gettext("Cleaner Production Partnership Programme")


def _secretariat():
    found = contact.current()
    data = {
        "@type": "Organization",
        "name": gettext("Secretariat of the Cleaner Production Partnership Programme"),
    }
    return data | {name: value for name in ("telephone", "email") if (value := getattr(found, name))}


def _plain(html):
    """Paragraphs and list items stay apart."""
    return " ".join(strip_tags(html.replace("</", " </")).split())

"""In Wagtail's admin: a piece of news, written on one screen, published by one press in all languages."""

import json
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from home import admin_releasing, kept_news, releasing, simplified_boxes
from home.models import NewsIndexPage, NewsPage
from home.news_form import NewsForm
from home.releasing import Ending


@require_http_methods(["GET", "HEAD", "POST"])
def new_news(request):
    parents = releasing.parents_for(request.user, NewsIndexPage)
    endings = releasing.endings_for(request.user, parents)
    options = {"user": request.user, "languages": [page.locale.language_code for page in parents]}
    if request.method != "POST":
        return _show(request, NewsForm(**options), endings, begun=kept_news.of_user(request.user))
    form = NewsForm(simplified_boxes.fill_in(request.POST), request.FILES, **options)
    if not form.is_valid():
        admin_releasing.tell_what_is_missing(request, form)
        return _show(request, form, endings)
    return _end(request, lambda: _make(form, parents, user=request.user), endings)


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request, page_id):
    """The same screen, opened on drafts that were kept."""
    found = kept_news.find(request.user, page_id)
    if not found:
        raise Http404
    if reason := kept_news.why_not(found, request.user):
        messages.warning(request, reason, buttons=_buttons_of(found.pages))
        return redirect("wagtailadmin_explore", found.parents[0].pk)
    endings = releasing.endings_for(request.user, found.parents)
    options = {"user": request.user, "languages": [page.locale.language_code for page in found.pages]}
    if request.method != "POST":
        return _show(request, NewsForm(kept=found, **options), endings, title=found.title)
    form = NewsForm(simplified_boxes.fill_in(request.POST), request.FILES, kept=found, **options)
    if not form.is_valid():
        admin_releasing.tell_what_is_missing(request, form)
        return _show(request, form, endings, title=found.title)
    return _end(request, lambda: _change(form, found, user=request.user), endings)


def may_add(user) -> bool:
    try:
        return bool(releasing.parents_for(user, NewsIndexPage))
    except (Http404, PermissionDenied):
        return False


def _show(request, form, endings, *, title="", begun=()):
    context = {
        "form": form,
        "buttons": admin_releasing.buttons_for(endings),
        "media": form.media,
        "title": title,
        "begun": begun,
    }
    return render(request, "home/admin/new_news.html", context)


def _end(request, write, endings):
    ending = admin_releasing.chosen(request.POST, endings)
    with transaction.atomic():
        pages = write()
        releasing.end(pages, ending, user=request.user)
    again = reverse("home_kept_news", args=[pages[0].pk]) if ending == Ending.KEEP else ""
    admin_releasing.tell(request, pages, ending, again=again)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _buttons_of(pages):
    return [
        messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.locale.get_display_name())
        for page in pages
    ]


def _make(form, parents, *, user):
    """A draft below each parent, translations of each other."""
    key = uuid.uuid4()
    slug = releasing.free_slug(form.words("en")["title"], parents, otherwise="news")
    ids = [str(uuid.uuid4()), str(uuid.uuid4())]
    made = []
    for parent in parents:
        page = NewsPage(
            slug=slug,
            locale=parent.locale,
            translation_key=key,
            owner=user,
            live=False,
            has_unpublished_changes=True,
        )
        _write(form, page, ids)
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        made.append(page)
    return made


def _change(form, kept, *, user):
    """A newer version of each draft; those before it stay under History."""
    ids = [each or str(uuid.uuid4()) for each in kept.block_ids]
    for page in kept.pages:
        _write(form, page, ids)
        page.save_revision(user=user, log_action=True)
    return list(kept.pages)


def _write(form, page, ids):
    words = form.words(page.locale.language_code)
    page.title, page.summary = words["title"], words["summary"]
    page.date, page.category = form.cleaned_data["date"], form.cleaned_data["category"]
    page.body = _body(words, form.cleaned_data["picture"], ids)


def _body(words, picture, ids):
    """The same blocks have the same ids in all languages, as wagtail-localize has it."""
    blocks = []
    if words["text"]:
        blocks.append({"type": "text", "value": words["text"], "id": ids[0]})
    if picture:
        image = {"image": picture.pk, "alt_text": words["alt"], "decorative": False}
        value = {"image": image, "caption": words["caption"]}
        blocks.append({"type": "image", "value": value, "id": ids[1]})
    return json.dumps(blocks)

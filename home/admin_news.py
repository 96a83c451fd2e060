"""In Wagtail's admin: a new piece of news, written on one screen, published by one press in all languages."""

import json
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from home import admin_releasing, releasing, simplified_boxes
from home.models import NewsIndexPage, NewsPage
from home.news_form import NewsForm


@require_http_methods(["GET", "HEAD", "POST"])
def new_news(request):
    parents = releasing.parents_for(request.user, NewsIndexPage)
    endings = releasing.endings_for(request.user, parents)
    options = {"user": request.user, "languages": [page.locale.language_code for page in parents]}
    if request.method != "POST":
        return _show(request, NewsForm(**options), endings)
    form = NewsForm(simplified_boxes.fill_in(request.POST), request.FILES, **options)
    ending = admin_releasing.chosen(request.POST, endings)
    if not form.is_valid():
        admin_releasing.tell_what_is_missing(request, form)
        return _show(request, form, endings)
    with transaction.atomic():
        pages = _make(form, parents, user=request.user)
        releasing.end(pages, ending, user=request.user)
    admin_releasing.tell(request, pages, ending)
    return redirect("wagtailadmin_explore", parents[0].pk)


def may_add(user) -> bool:
    try:
        return bool(releasing.parents_for(user, NewsIndexPage))
    except (Http404, PermissionDenied):
        return False


def _show(request, form, endings):
    context = {"form": form, "buttons": admin_releasing.buttons_for(endings), "media": form.media}
    return render(request, "home/admin/new_news.html", context)


def _make(form, parents, *, user):
    """A draft below each parent, translations of each other."""
    key, picture = uuid.uuid4(), form.cleaned_data["picture"]
    slug = releasing.free_slug(form.words("en")["title"], parents, otherwise="news")
    blocks = [str(uuid.uuid4()), str(uuid.uuid4())]
    made = []
    for parent in parents:
        words = form.words(parent.locale.language_code)
        page = NewsPage(
            title=words["title"],
            summary=words["summary"],
            date=form.cleaned_data["date"],
            body=_body(words, picture, blocks),
            slug=slug,
            locale=parent.locale,
            translation_key=key,
            owner=user,
            live=False,
            has_unpublished_changes=True,
        )
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        made.append(page)
    return made


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

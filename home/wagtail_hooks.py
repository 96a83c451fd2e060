from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, BooleanColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home import (
    admin_addresses,
    admin_checking,
    admin_deleting,
    admin_drafts,
    admin_moderating,
    admin_news,
    admin_telling,
    admin_translating,
    admin_unpublishing,
    reports,
    translations,
    waiting_questions,
)
from home.admin_words import InReadersWords
from home.models import CaseTerm, FigureSet, Resource
from home.page_links import ReadablePageLinkHandler
from portal import page_cache

LISTED = BooleanColumn("listed", label=_("Shown"), sort_key="listed")
MADE_UP = BooleanColumn("illustrative", label=_("Made-up example"), sort_key="illustrative")


class CaseTermViewSet(InReadersWords, SnippetViewSet):
    model = CaseTerm
    icon = "tag"
    list_display = ("label_en", "label_zh_hant", "label_zh_hans", "kind")
    list_filter = ("kind",)
    search_fields = ("label_en", "label_zh_hant", "label_zh_hans")


class ResourceViewSet(InReadersWords, SnippetViewSet):
    model = Resource
    icon = "doc-full"
    list_display = ("title_en", "group", "version", "dated", LISTED)
    list_filter = ("group", "listed")
    search_fields = ("title_en", "title_zh_hant", "title_zh_hans")


class FigureSetViewSet(InReadersWords, SnippetViewSet):
    model = FigureSet
    icon = "order"
    list_display = ("title_en", "code", "position", "as_of", LISTED, MADE_UP)
    list_filter = ("listed", "illustrative")
    search_fields = ("title_en", "title_zh_hant", "title_zh_hans", "code")


register_snippet(CaseTermViewSet)
register_snippet(FigureSetViewSet)
register_snippet(ResourceViewSet)


# Before wagtail-localize, two of whose addresses are answered by views of ours.
@hooks.register("register_admin_urls", order=-10)
def add_addresses():
    return [
        path("news/new/", admin_news.new_news, name="home_new_news"),
        path("news/kept/<int:page_id>/", admin_news.kept, name="home_kept_news"),
        path("pages/<int:page_id>/decided/", admin_moderating.tell_decision, name="home_tell_decision"),
        path("reports/translations/", reports.translation_report, name="home_translation_report"),
        path("reports/links/", reports.dead_link_report, name="home_dead_link_report"),
        path(
            "pages/<int:page_id>/second-editor/",
            admin_translating.ask_second_person,
            name="home_ask_second_person",
        ),
        path("reports/translations/<int:page_id>/drafts/", admin_drafts.read_drafts, name="home_read_drafts"),
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            admin_drafts.make_drafts,
            name="home_make_drafts",
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            admin_drafts.UpdateView.as_view(),
            name="home_update_translations",
        ),
    ]


class _NewsItem(MenuItem):
    def is_shown(self, request):
        return admin_news.may_add(request.user)


@hooks.register("register_admin_menu_item")
def add_news_item():
    return _NewsItem(
        _("New piece of news"),
        reverse("home_new_news"),
        name="new-news",
        icon_name="doc-full-inverse",
        order=140,
    )


class _ReportItem(MenuItem):
    def is_shown(self, request):
        return reports.page_permission_policy.user_has_any_permission(
            request.user, {"add", "change", "publish"}
        )


@hooks.register("register_reports_menu_item")
def add_report_item():
    return _ReportItem(
        _("Translations"),
        reverse("home_translation_report"),
        name="home-translations",
        icon_name="globe",
        order=50,
    )


class _LinksItem(MenuItem):
    def is_shown(self, request):
        return reports.page_permission_policy.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def add_links_item():
    return _LinksItem(
        _("Links that lead nowhere"),
        reverse("home_dead_link_report"),
        name="home-dead-links",
        icon_name="link",
        order=60,
    )


# After Wagtail's own, in whose place it stands.
@hooks.register("register_rich_text_features", order=10)
def link_to_what_readers_can_open(features):
    features.register_link_type(ReadablePageLinkHandler)


@hooks.register("construct_reports_menu")
def leave_out_second_translation_report(request, items):
    # wagtail-localize lists its own jobs only; ours shows hand-made translations too, under the same name.
    theirs = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != theirs]


@hooks.register("construct_explorer_page_queryset")
def mark_pages_behind(parent_page, pages, request):
    return translations.annotate_behind(pages)


class TranslationColumn(BaseColumn):
    cell_template_name = "home/admin/translation_cell.html"


# Wagtail has no hook for columns of its page explorer; the list of columns is its documented class attribute.
ExplorableIndexView.base_columns.insert(
    -1, TranslationColumn("translation", label=_("Translation"), width="10%")
)


@hooks.register("on_serve_page", order=-10)
def say_who_may_keep_it(serve):
    """Strangers' pages may be kept; what a signed-in person gets is nobody else's."""

    def serve_with_headers(page, request, args, kwargs):
        response = serve(page, request, args, kwargs)
        if response.has_header("Cache-Control") or getattr(request, "is_preview", False):
            return response
        page_cache.say_who_may_keep(response, request)
        return response

    return serve_with_headers


@hooks.register("insert_global_admin_css")
def add_style():
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


hooks.register("construct_homepage_panels", waiting_questions.show)
hooks.register("construct_wagtail_userbar", admin_checking.choose_checks)
hooks.register("before_delete_page", admin_deleting.confirm)
hooks.register("after_delete_page", admin_deleting.lead_on)
hooks.register("before_bulk_action", admin_deleting.refuse_many_with_links)
hooks.register("before_unpublish_page", admin_unpublishing.keep_front_page)
hooks.register("before_bulk_action", admin_unpublishing.keep_front_pages)
hooks.register("after_unpublish_page", admin_unpublishing.tell_of_links)
hooks.register("before_move_page", admin_addresses.refuse_to_move)
hooks.register("before_bulk_action", admin_addresses.refuse_to_move_many)
hooks.register("before_edit_page", admin_drafts.hold_back_drafts, order=-10)
hooks.register("before_edit_page", admin_translating.stand_in, order=-5)
hooks.register("before_bulk_action", admin_drafts.hold_back_many)
hooks.register("before_publish_page", admin_moderating.leave_it_to_the_second_person)
hooks.register("after_publish_page", admin_telling.tell_of_drafts_beside)
hooks.register("before_edit_page", admin_telling.note_what_is_saved_over)
hooks.register("after_edit_page", admin_moderating.tell_decision_in_editor)
hooks.register("after_edit_page", admin_telling.tell_what_was_saved_over)

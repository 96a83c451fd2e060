from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from home import navigation, searching, translations
from home.models import Resource, ResourceFile
from portal import page_cache


def on_published(sender, instance, revision=None, **kwargs):
    written_at = revision.created_at if revision else None
    translations.note_publication(instance, at=instance.last_published_at, written_at=written_at)
    navigation.forget()
    page_cache.forget()
    searching.refresh(Page.objects.filter(pk=instance.pk))


def on_unpublished(sender, instance, **kwargs):
    navigation.forget()
    page_cache.forget()
    searching.forget(instance)


def on_moved(sender, instance, **kwargs):
    """Also when the page has another address: what lies below has one too."""
    navigation.forget()
    page_cache.forget()
    searching.refresh_below(instance)


def on_restricted(sender, instance, **kwargs):
    """Closed to the public or opened again, with all that lies below."""
    navigation.forget()
    page_cache.forget()
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        searching.refresh_below(page)


def rows_on_pages():
    """What pages show of rows that are no pages: all of this app's own, pictures, documents, the site."""
    own = [model for model in apps.get_app_config("home").get_models() if not issubclass(model, Page)]
    return [*own, get_image_model(), get_document_model(), Site]


def forget_pages_with(*models):
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(page_cache.forget, sender=model)


def on_term_changed(sender, instance, **kwargs):
    searching.refresh_cases_with(instance)


def rows_of_the_library():
    return [Resource, ResourceFile, get_document_model(), Collection, CollectionViewRestriction]


def on_library_changed(sender, **kwargs):
    """A row of the library, a file of it, or who may read a collection of files."""
    page_cache.forget()
    searching.refresh_library()


def on_figures_changed(sender, **kwargs):
    searching.refresh_figures()

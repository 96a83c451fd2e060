from wagtail.models import Page

from home import navigation, searching, translations


def on_published(sender, instance, **kwargs):
    translations.note_publication(instance, at=instance.last_published_at)
    navigation.forget()
    searching.refresh(Page.objects.filter(pk=instance.pk))


def on_unpublished(sender, instance, **kwargs):
    navigation.forget()
    searching.forget(instance)


def on_moved(sender, instance, **kwargs):
    """Also when the page has another address: what lies below has one too."""
    navigation.forget()
    searching.refresh_below(instance)


def on_restricted(sender, instance, **kwargs):
    """Closed to the public or opened again, with all that lies below."""
    navigation.forget()
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        searching.refresh_below(page)

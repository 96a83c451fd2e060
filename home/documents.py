"""Editors' files as they leave the portal. Files of applicants and of seminars never come this way."""

from django.utils.cache import patch_cache_control
from wagtail.documents.models import Document
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Collection, CollectionViewRestriction

PUBLIC_MAX_AGE = 60


def serve(request, document_id, document_filename):
    """Wagtail asks who may read; what only some may read is kept by nobody on the way."""
    response = serve_document(request, document_id, document_filename)
    if _is_open(document_id):
        patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _is_open(document_id):
    """Closed as well where a collection above is closed."""
    path = Document.objects.values_list("collection__path", flat=True).get(pk=document_id)
    above = [path[:end] for end in range(Collection.steplen, len(path) + 1, Collection.steplen)]
    return not CollectionViewRestriction.objects.filter(collection__path__in=above).exists()

"""Addresses of the site that are not pages and carry no language."""

from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_folder

from home import documents, sitemap

urlpatterns = [
    path("sitemap.xml", sitemap.page_sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path(
        "documents/<int:document_id>/<str:document_filename>",
        require_safe(documents.serve),
        name="wagtaildocs_serve",
    ),
]
if settings.DEBUG:
    # Pictures as pages show them; originals and documents are not reached this way. In production a server in
    # front or the object store hands out this one folder.
    urlpatterns += [
        re_path(r"^media/(?P<path>images/.+)$", serve_folder, {"document_root": settings.MEDIA_ROOT}),
    ]

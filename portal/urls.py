from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.languages import short_i18n_patterns

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *short_i18n_patterns(
        path("account/", include("allauth.urls")),
        path("", include(wagtail_urls)),
    ),
]

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.accounts import shadows
from portal.languages import short_i18n_patterns

urlpatterns = [
    *shadows.admin_patterns,
    path("admin/", include(wagtailadmin_urls)),
    *short_i18n_patterns(
        path("account/", include("allauth.urls")),
        path("company/", include("portal.accounts.urls")),
        *shadows.frontend_patterns,
        path("", include(wagtail_urls)),
    ),
]

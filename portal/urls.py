from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal import health, manifest, views
from portal.accounts import shadows
from portal.languages import short_i18n_patterns

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

development_patterns = [path("dev/", include("portal.mail.dev_urls"))] if settings.DEBUG else []

urlpatterns = [
    *development_patterns,
    path("", views.root, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *shadows.admin_patterns,
    path("admin/", include(wagtailadmin_urls)),
    path("", include("home.urls")),
    *short_i18n_patterns(
        path("manifest.webmanifest", manifest.manifest, name="manifest"),
        path("account/", include("allauth.urls")),
        path("office/", include("portal.office.urls")),
        path("company/", include("portal.accounts.urls")),
        path("search/", include("portal.search.urls")),
        path("", include("home.language_urls")),
        path("apply/", include("applications.urls")),
        path("office/cases/", include("applications.urls_office")),
        path("office/rounds/", include("applications.urls_rounds")),
        path("office/questions/", include("applications.urls_threads")),
        path("office/companies/", include("applications.urls_companies")),
        path("office/figures/", include("applications.urls_figures")),
        path("seminars/", include("seminars.urls")),
        path("office/seminars/", include("seminars.office_urls")),
        *shadows.frontend_patterns,
        path("", include(wagtail_urls)),
    ),
]

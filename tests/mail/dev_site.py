"""The portal's addresses as they are in development."""

from django.urls import include, path

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_urlpatterns

urlpatterns = [path("dev/", include("portal.mail.dev_urls")), *portal_urlpatterns]

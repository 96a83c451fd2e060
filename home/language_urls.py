"""Addresses of the site that are not pages and stand under a language."""

from django.urls import path

from home import views

urlpatterns = [
    path("site-map/", views.site_map_page, name="site_map"),
    path("figures/<slug:code>.csv", views.figures_as_csv, name="figures_csv"),
    path("write-to-us/", views.enquiry, name="enquiry"),
    path("write-to-us/sent/", views.enquiry_sent, name="enquiry_sent"),
]

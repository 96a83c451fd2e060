from django.urls import path

from applications.views.desk import companies

app_name = "companies"
urlpatterns = [
    path("", companies.index, name="index"),
    path("<uuid:uuid>/", companies.detail, name="detail"),
    path("claims/<uuid:uuid>/", companies.claim, name="claim"),
]

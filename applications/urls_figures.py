from django.urls import path

from applications.views.desk import figures

app_name = "figures"
urlpatterns = [
    path("", figures.index, name="index"),
    path("csv/<slug:code>/", figures.as_csv, name="csv"),
    path("targets/", figures.change_targets, name="targets"),
]

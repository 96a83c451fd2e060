from django.urls import path

from applications.views.round_setup import acts, desk, extending, preview

app_name = "rounds"

urlpatterns = [
    path("", desk.index, name="index"),
    path("<uuid:uuid>/", desk.desk, name="desk"),
    path("<uuid:uuid>/preview/", preview.whole, name="preview"),
    path("<uuid:uuid>/preview/<slug:section_uid>/", preview.section, name="preview_section"),
    path("<uuid:uuid>/copy/", acts.copy, name="copy"),
    path("<uuid:uuid>/open/", acts.release, name="open"),
    path("<uuid:uuid>/open/take-back/", acts.take_back, name="take_back"),
    path("<uuid:uuid>/corrections/", acts.corrections, name="corrections"),
    path("<uuid:uuid>/extend/", extending.extend_round, name="extend"),
    path("<uuid:uuid>/drafts/", extending.drafts, name="drafts"),
    path("<uuid:uuid>/drafts/<uuid:application_uuid>/extend/", extending.extend_draft, name="extend_draft"),
]

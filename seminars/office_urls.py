from django.urls import path

from seminars.views import export, mails, office

app_name = "office_seminars"
urlpatterns = [
    path("", office.index, name="index"),
    path("<uuid:uuid>/", office.detail, name="detail"),
    path("<uuid:uuid>/sign-ups/", office.sign_ups, name="sign_ups"),
    path("<uuid:uuid>/sign-ups/add/", office.add, name="add"),
    path("<uuid:uuid>/sign-ups/export.<str:kind>", export.export, name="export"),
    path("<uuid:uuid>/sign-ups/<uuid:sign_up_uuid>/cancel/", office.cancel, name="cancel"),
    path("<uuid:uuid>/places/", office.places, name="places"),
    path("<uuid:uuid>/mails/", mails.mails, name="mails"),
    path("<uuid:uuid>/mails/before/", mails.before, name="mails_before"),
]

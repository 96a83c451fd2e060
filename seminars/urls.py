from django.urls import path

from seminars.views import calendar, own, sign_up

app_name = "seminars"
OWN = "mine/<uuid:uuid>/<str:token>/"
urlpatterns = [
    path("personal-information/", sign_up.collection_statement, name="collection_statement"),
    path("<uuid:uuid>/sign-up/", sign_up.sign_up, name="sign_up"),
    path("<uuid:uuid>/sign-up/sent/", sign_up.sent, name="sign_up_sent"),
    path("<uuid:uuid>/seminar.ics", calendar.public, name="calendar"),
    path(OWN, own.status, name="status"),
    path(OWN + "accept/", own.accept, name="accept"),
    path(OWN + "confirm/", own.confirm, name="confirm"),
    path(OWN + "correct/", own.correct, name="correct"),
    path(OWN + "cancel/", own.cancel, name="cancel"),
    path(OWN + "seminar.ics", calendar.own, name="own_calendar"),
]

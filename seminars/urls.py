from django.urls import path

from seminars.views import calendar, certificates, door, materials, own, reaching, sign_up

app_name = "seminars"
DOOR = "door/<uuid:uuid>/<str:token>/"
OWN = "mine/<uuid:uuid>/<str:token>/"
urlpatterns = [
    path("personal-information/", sign_up.collection_statement, name="collection_statement"),
    path("seminars.ics", calendar.feed, name="feed"),
    path("<uuid:uuid>/sign-up/", sign_up.sign_up, name="sign_up"),
    path("<uuid:uuid>/sign-up/sent/", sign_up.sent, name="sign_up_sent"),
    path("<uuid:uuid>/my-link/", reaching.send_link, name="send_link"),
    path("<uuid:uuid>/my-link/sent/", reaching.link_sent, name="link_sent"),
    path("mine/<uuid:uuid>/new-address/<str:token>/", reaching.new_address, name="new_address"),
    path(OWN + "address/", reaching.change_address, name="change_address"),
    path(OWN + "colleague/", reaching.colleague, name="colleague"),
    path("<uuid:uuid>/seminar.ics", calendar.public, name="calendar"),
    path("<uuid:uuid>/materials/<uuid:material_uuid>/", materials.public, name="material"),
    path("certificates/", certificates.verify, name="verify"),
    path(OWN + "certificate/", certificates.own, name="certificate"),
    path(OWN + "certificate.pdf", certificates.own_pdf, name="certificate_pdf"),
    path(OWN + "materials/<uuid:material_uuid>/", materials.own, name="own_material"),
    path(DOOR, door.door, name="door"),
    path(DOOR + "people/<uuid:sign_up_uuid>/", door.tick, name="tick"),
    path("arrive/<uuid:uuid>/<str:token>/", door.arrive, name="arrive"),
    path(OWN, own.status, name="status"),
    path(OWN + "accept/", own.accept, name="accept"),
    path(OWN + "confirm/", own.confirm, name="confirm"),
    path(OWN + "correct/", own.correct, name="correct"),
    path(OWN + "cancel/", own.cancel, name="cancel"),
    path(OWN + "seminar.ics", calendar.own, name="own_calendar"),
]

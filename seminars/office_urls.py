from django.urls import path

from seminars.views import bulk, changes, companies, copying, export, mails, office, person, weather

app_name = "office_seminars"
urlpatterns = [
    path("", office.index, name="index"),
    path("<uuid:uuid>/", office.detail, name="detail"),
    path("<uuid:uuid>/sign-ups/", office.sign_ups, name="sign_ups"),
    path("<uuid:uuid>/sign-ups/add/", office.add, name="add"),
    path("<uuid:uuid>/sign-ups/add-many/", bulk.add_many, name="add_many"),
    path("<uuid:uuid>/sign-ups/export.<str:kind>", export.export, name="export"),
    path("<uuid:uuid>/sign-ups/<uuid:sign_up_uuid>/", person.person, name="person"),
    path("<uuid:uuid>/sign-ups/<uuid:sign_up_uuid>/first/", person.put_first, name="put_first"),
    path("<uuid:uuid>/sign-ups/<uuid:sign_up_uuid>/move/", person.move, name="move"),
    path("<uuid:uuid>/companies/", companies.companies, name="companies"),
    path("<uuid:uuid>/companies/merge/", companies.merge, name="merge_companies"),
    path("<uuid:uuid>/companies/separate/", companies.separate, name="separate_company"),
    path("<uuid:uuid>/sign-ups/<uuid:sign_up_uuid>/cancel/", office.cancel, name="cancel"),
    path("<uuid:uuid>/copy/", copying.copy, name="copy"),
    path("<uuid:uuid>/places/", office.places, name="places"),
    path("<uuid:uuid>/mails/", mails.mails, name="mails"),
    path("<uuid:uuid>/mails/before/", mails.before, name="mails_before"),
    path("<uuid:uuid>/change/", changes.change, name="change"),
    path("<uuid:uuid>/postpone/", changes.postpone, name="postpone"),
    path("<uuid:uuid>/reschedule/", changes.reschedule, name="reschedule"),
    path("<uuid:uuid>/cancel/", changes.cancel_seminar, name="cancel_seminar"),
    path("<uuid:uuid>/options/<uuid:option_uuid>/move-online/", changes.move_online, name="move_online"),
    path("<uuid:uuid>/options/<uuid:option_uuid>/cancel/", changes.cancel_option, name="cancel_option"),
    path("<uuid:uuid>/options/<uuid:option_uuid>/weather/", weather.decide, name="weather"),
    path("<uuid:uuid>/changes/<uuid:change_uuid>/undo/", changes.undo, name="undo_change"),
]

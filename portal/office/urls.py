from django.urls import path

from portal.office import components, mail, people, views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", components.components, name="components"),
    path("people/", people.people, name="people"),
    path("people/<uuid:uuid>/erase/", people.erase, name="person_erase"),
    path("mail/", mail.mail, name="mail"),
    path("mail/<uuid:uuid>/", mail.mail_detail, name="mail_detail"),
    path("mail/<uuid:uuid>/again/", mail.mail_again, name="mail_again"),
]

from django.urls import path

from portal.office import mail, views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("mail/", mail.mail, name="mail"),
    path("mail/<uuid:uuid>/", mail.mail_detail, name="mail_detail"),
    path("mail/<uuid:uuid>/again/", mail.mail_again, name="mail_again"),
]

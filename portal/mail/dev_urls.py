from django.urls import path

from portal.mail import dev

app_name = "dev"
urlpatterns = [
    path("mail", dev.mailbox, name="mail"),
    path("mail/<slug:name>", dev.letter, name="letter"),
    path("mail/<slug:name>/<int:number>", dev.attachment, name="attachment"),
]

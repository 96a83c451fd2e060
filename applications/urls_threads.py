from django.urls import path

from applications.views.desk import reply_templates
from applications.views.desk import threads as office_threads

app_name = "threads"

urlpatterns = [
    path("", office_threads.index, name="index"),
    path("templates/", reply_templates.index, name="templates"),
    path("templates/add/", reply_templates.add, name="template_add"),
    path("templates/<uuid:uuid>/", reply_templates.change, name="template"),
    path("<uuid:uuid>/", office_threads.thread, name="thread"),
    path("<uuid:uuid>/answer/", office_threads.answer, name="answer"),
    path("<uuid:uuid>/close/", office_threads.close, name="close"),
    path("<uuid:uuid>/reopen/", office_threads.reopen, name="reopen"),
    path("<uuid:uuid>/faq/", office_threads.make_faq, name="faq"),
]

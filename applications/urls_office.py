from django.urls import path

from applications.views import case_acts, case_documents, cases, queue

app_name = "cases"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<uuid:uuid>/", cases.overview, name="overview"),
    path("<uuid:uuid>/answers/", cases.answers, name="answers"),
    path("<uuid:uuid>/projects/", cases.projects, name="projects"),
    path("<uuid:uuid>/documents/", case_documents.documents, name="documents"),
    path("<uuid:uuid>/history/", cases.history, name="history"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/", case_documents.file, name="file"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/pages/<int:number>/", case_documents.page, name="page"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/pages/<int:number>.png", case_documents.picture, name="picture"),
    path("<uuid:uuid>/take/", case_acts.take, name="take"),
    path("<uuid:uuid>/officer/", case_acts.officer, name="officer"),
    path("<uuid:uuid>/officer/change/", case_acts.hand_over, name="hand_over"),
    path("<uuid:uuid>/start/", case_acts.start, name="start"),
    path("<uuid:uuid>/start/confirm/", case_acts.start_verification, name="start_verification"),
]

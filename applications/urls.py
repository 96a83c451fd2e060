from django.urls import path

from applications.views import (
    copying,
    dashboard,
    documents,
    endings,
    history,
    projects,
    sections,
    submitting,
    tasks,
)

app_name = "applications"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("rounds/<uuid:round_uuid>/questions/", dashboard.questions, name="questions"),
    path("rounds/<uuid:round_uuid>/start/", dashboard.start, name="start"),
    path("<uuid:uuid>/", tasks.application, name="application"),
    path("<uuid:uuid>/copy/", copying.copy, name="copy"),
    path("<uuid:uuid>/company/", tasks.company, name="company"),
    path("<uuid:uuid>/sections/<slug:section_uid>/", sections.section, name="section"),
    path("<uuid:uuid>/projects/", projects.index, name="projects"),
    path("<uuid:uuid>/projects/add/", projects.add, name="project_add"),
    path("<uuid:uuid>/projects/<uuid:project_uuid>/", projects.change, name="project_change"),
    path("<uuid:uuid>/projects/<uuid:project_uuid>/remove/", projects.remove, name="project_remove"),
    path("<uuid:uuid>/documents/", documents.index, name="documents"),
    path("<uuid:uuid>/documents/<slug:requirement_uid>/upload/", documents.upload, name="upload"),
    path("<uuid:uuid>/documents/<slug:requirement_uid>/reuse/", documents.reuse, name="reuse"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/", documents.download, name="download"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/replace/", documents.replace, name="file_replace"),
    path("<uuid:uuid>/files/<uuid:file_uuid>/remove/", documents.remove, name="file_remove"),
    path("<uuid:uuid>/history/", history.index, name="history"),
    path("<uuid:uuid>/history/answers/<int:pk>/", history.answers, name="history_answers"),
    path("<uuid:uuid>/history/projects/<int:pk>/", history.project, name="history_project"),
    path("<uuid:uuid>/check/", submitting.check, name="check"),
    path("<uuid:uuid>/submit/", submitting.submit, name="submit"),
    path("<uuid:uuid>/receipts/<int:number>/", submitting.receipt, name="receipt"),
    path("<uuid:uuid>/receipts/<int:number>/pdf/", submitting.receipt_pdf, name="receipt_pdf"),
    path("<uuid:uuid>/take-back/", endings.take_back, name="take_back"),
    path("<uuid:uuid>/withdraw/", endings.withdraw, name="withdraw"),
    path("<uuid:uuid>/delete/", endings.delete, name="delete"),
]

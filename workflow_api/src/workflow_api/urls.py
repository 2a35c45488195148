"""The routes of the Workflow API."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("servicekit.urls")),
    path("", include("workflow_api.roles.urls")),
    path("", include("workflow_api.workflows.urls")),
    path("", include("workflow_api.sla.urls")),
    path("", include("workflow_api.audit.urls")),
    path("", include("workflow_api.tasks.urls")),
    path("", include("workflow_api.intake.urls")),
    path("", include("workflow_api.upgrades.urls")),
]

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"

"""The routes of the Ticket Service."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("servicekit.urls")),
    path("", include("ticket_service.tickets.urls")),
    path("", include("ticket_service.simulators.urls")),
]

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"

"""Every path of Messaging."""

from django.contrib import admin
from django.urls import include, path

from servicekit.live.api import SocketTicketView

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"
urlpatterns = [
    path("", include("servicekit.urls")),
    path("api/", include("messaging_service.comments.urls")),
    path("api/", include("messaging_service.attachments.urls")),
    path("ws-ticket/", SocketTicketView.as_view()),
    path("admin/", admin.site.urls),
]

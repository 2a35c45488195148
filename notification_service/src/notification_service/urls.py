"""The routes of Notification."""

from django.contrib import admin
from django.urls import include, path

from servicekit.live.api import SocketTicketView
from servicekit.urls import description

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("servicekit.urls")),
    *description("api/"),
    path("api/v1/notifications/", include("notification_service.email.urls")),
    path("api/v1/templates/", include("notification_service.templates.urls")),
    path("api/v2/notifications/inapp/", include("notification_service.inbox.urls")),
    path("api/v2/preferences/", include("notification_service.preferences.urls")),
    path("ws-ticket/", SocketTicketView.as_view()),
]

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"

"""The routes of Notification."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from servicekit.auth.permissions import Anyone
from servicekit.live.api import SocketTicketView

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("servicekit.urls")),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[Anyone])),
    path(
        "api/docs/",
        SpectacularSwaggerView.as_view(url_name="schema", permission_classes=[Anyone]),
    ),
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

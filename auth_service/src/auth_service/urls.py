"""The routes of the Auth Service."""

from django.contrib import admin
from django.urls import include, path

from auth_service.accounts.password_page import OwnPasswordPage
from servicekit.urls import description

urlpatterns = [
    path("admin/password_change/", admin.site.admin_view(OwnPasswordPage.as_view())),
    path("admin/", admin.site.urls),
    path("", include("servicekit.urls")),
    *description("api/"),
    path("", include("auth_service.tokens.urls")),
    path("", include("auth_service.credentials.urls")),
    path("api/v1/", include("auth_service.second_factor.urls")),
    path("", include("auth_service.invitations.urls")),
    path("api/v1/", include("auth_service.accounts.urls")),
    path("api/v1/", include("auth_service.access.urls")),
]

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"

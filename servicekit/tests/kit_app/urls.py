from django.contrib import admin
from django.urls import include, path

from kit_app import api

handler400 = "servicekit.api.errors.bad_request"
handler403 = "servicekit.api.errors.permission_denied"
handler404 = "servicekit.api.errors.page_not_found"
handler500 = "servicekit.api.errors.server_error"
urlpatterns = [
    path("", include("servicekit.urls")),
    path("admin/", admin.site.urls),
    path("effects/", api.EffectsView.as_view()),
    path("scoped/", api.ScopedView.as_view()),
    path("boom/", api.BoomView.as_view()),
]

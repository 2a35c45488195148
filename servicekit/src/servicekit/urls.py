"""What every service answers beside its own: health, metrics, API description."""

from django.urls import URLPattern, path
from django_prometheus.exports import ExportToDjangoView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from servicekit.auth.permissions import Anyone

from . import health

urlpatterns: list[URLPattern] = [
    path("health/", health.health),
    path("livez/", health.livez),
    path("readyz/", health.readyz),
    path("metrics", ExportToDjangoView),
    path("schema/", SpectacularAPIView.as_view(permission_classes=[Anyone]), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerView.as_view(url_name="schema", permission_classes=[Anyone]),
        name="docs",
    ),
]

"""What every service answers beside its own: health, metrics, API description."""

from django.urls import URLPattern, path
from django_prometheus.exports import ExportToDjangoView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from servicekit.auth.permissions import Anyone

from . import health


def description(prefix: str = "") -> list[URLPattern]:
    """Return the OpenAPI document and its page below `prefix`; nobody's token is looked at."""
    anyone = {"authentication_classes": [], "permission_classes": [Anyone]}
    name = f"{prefix.replace('/', '-')}schema"
    return [
        path(f"{prefix}schema/", SpectacularAPIView.as_view(**anyone), name=name),
        path(f"{prefix}docs/", SpectacularSwaggerView.as_view(url_name=name, **anyone)),
    ]


urlpatterns: list[URLPattern] = [
    path("health/", health.health),
    path("livez/", health.livez),
    path("readyz/", health.readyz),
    path("metrics", ExportToDjangoView),
    *description(),
]

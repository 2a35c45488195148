from django.apps import AppConfig, apps


class ApiConfig(AppConfig):
    name = "servicekit.api"
    label = "idempotency"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach drf-spectacular, where it is, our authentication classes."""
        if apps.is_installed("drf_spectacular"):
            from servicekit.auth import openapi  # noqa: F401, PLC0415

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "servicekit.api"
    label = "idempotency"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach drf-spectacular our authentication class."""
        from servicekit.auth import openapi  # noqa: F401, PLC0415

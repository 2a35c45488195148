from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class IntakeConfig(AppConfig):
    name = "workflow_api.intake"
    label = "intake"

    def ready(self) -> None:
        """Refuse to start with a setting that would park every ticket."""
        from .content import DEFAULT_PRIORITIES  # noqa: PLC0415  # the contracts load late
        from .signature import Mode  # noqa: PLC0415

        if settings.HDTS_SIGNATURE_MODE not in set(Mode):
            raise ImproperlyConfigured(f"HDTS_SIGNATURE_MODE must be one of {', '.join(Mode)}.")
        known, own = set(DEFAULT_PRIORITIES.values()), settings.HDTS_PRIORITY_MAP
        if not set(own) <= set(DEFAULT_PRIORITIES) or not set(own.values()) <= known:
            raise ImproperlyConfigured("HDTS_PRIORITY_MAP must map priorities to priorities.")

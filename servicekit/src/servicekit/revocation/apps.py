from django.apps import AppConfig


class RevocationConfig(AppConfig):
    name = "servicekit.revocation"
    default_auto_field = "django.db.models.BigAutoField"

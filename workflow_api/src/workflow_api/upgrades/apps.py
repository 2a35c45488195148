from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "workflow_api.upgrades"
    label = "upgrades"
    default_auto_field = "django.db.models.BigAutoField"

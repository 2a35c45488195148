from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    name = "notification_service.preferences"
    label = "preferences"
    verbose_name = "Preferences"

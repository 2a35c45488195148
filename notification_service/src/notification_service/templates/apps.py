from django.apps import AppConfig


class TemplatesConfig(AppConfig):
    name = "notification_service.templates"
    label = "templates"
    verbose_name = "Templates"

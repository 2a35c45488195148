from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "notification_service.email"
    label = "email"
    verbose_name = "E-mail"

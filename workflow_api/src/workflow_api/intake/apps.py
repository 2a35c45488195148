from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "workflow_api.intake"
    label = "intake"

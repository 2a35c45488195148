from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "workflow_api.sla"
    verbose_name = "Service levels"

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "workflow_api.audit"
    verbose_name = "Audit"

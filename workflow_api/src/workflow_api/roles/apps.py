from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "workflow_api.roles"
    verbose_name = "Roles"

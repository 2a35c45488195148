from django.apps import AppConfig


class SimulatorsConfig(AppConfig):
    name = "ticket_service.simulators"
    label = "simulators"

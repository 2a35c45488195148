from django.apps import AppConfig


class InboxConfig(AppConfig):
    """In-app alerts; the label `inbox` belongs to the message ledger of servicekit."""

    name = "notification_service.inbox"
    label = "alerts"
    verbose_name = "In-app notifications"

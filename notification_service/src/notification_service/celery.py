"""The Celery app: what consumes the queues of this service."""

from servicekit.messaging import make_app

app = make_app(
    "notification_service",
    queues=[
        "notification-queue-default",
        "inapp-notification-queue",
        "tts.tokens_revoked.notification",
    ],
)

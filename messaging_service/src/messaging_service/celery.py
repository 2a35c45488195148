"""celery -A messaging_service.celery worker …"""

from servicekit.messaging import make_app

app = make_app(
    "messaging_service", queues=["messaging-ticket-sync", "tts.tokens_revoked.messaging"]
)

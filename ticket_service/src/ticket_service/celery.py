"""celery -A ticket_service.celery worker …"""

from servicekit.contracts import TicketStatus
from servicekit.messaging import make_app

app = make_app("ticket_service", queues=[TicketStatus.QUEUE, "tts.tokens_revoked.ticket"])

"""celery -A ticket_service.celery worker -Q ticket_status-default"""

from servicekit.contracts import TicketStatus
from servicekit.messaging import make_app

app = make_app("ticket_service", queues=[TicketStatus.QUEUE])

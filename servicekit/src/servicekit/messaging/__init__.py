"""RabbitMQ in and out: the Celery app of a service, the guarded consumer, the publisher."""

from .app import make_app, service_app
from .handling import Delivery, Outcome, Park, consumes

__all__ = ["Delivery", "Outcome", "Park", "consumes", "make_app", "service_app"]

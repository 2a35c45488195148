"""manage.py relay: publish the outbox until SIGTERM."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from servicekit.messaging import service_app
from servicekit.outbox.relay import Relay


class Command(BaseCommand):
    help = "Publish the outbox to RabbitMQ until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        relay = Relay(service_app())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, relay.stop)
        relay.run()

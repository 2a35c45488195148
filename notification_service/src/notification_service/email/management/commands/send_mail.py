"""manage.py send_mail: send queued mail until SIGTERM."""

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from notification_service.email.clients.smtp import SmtpServer
from notification_service.email.mailer import Mailer


class Command(BaseCommand):
    help = "Send queued mail until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        mailer = Mailer(SmtpServer(settings.SMTP))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, mailer.stop)
        mailer.run()
